/** Times as people say them. */
export const times = {
  now: 'just now',
  minutes: (n: number) => `${n} min ago`,
  hours: (n: number) => `${n} h ago`,
  today: 'today',
  never: 'never',
} as const
