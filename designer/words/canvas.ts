/** Words of the part `canvas`. */
export const canvas = {} as const
