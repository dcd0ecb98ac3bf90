/** Words of the part `problems`. */
export const problems = {} as const
