/** Words of the part `versions`. */
export const versions = {} as const
