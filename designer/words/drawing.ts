/** Words in the picture on the page without flows. */
export const drawing = {
  starts: 'Conversation starts',
  help: 'How can we help?',
  order: 'order',
  other: 'else',
  lookUp: 'Look up order',
  team: 'Support team',
} as const
