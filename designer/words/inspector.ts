/** Words of the part `inspector`. */
export const inspector = {} as const
