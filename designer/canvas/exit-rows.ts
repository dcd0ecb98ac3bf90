import type { ShownExit } from '../commands/index.ts'

/** A label longer than a cell can show. */
const CELL_CHARACTERS = 18
const MOST_CELLS = 5
const WIDEST = 320

/** Whether exits stand below each other, with their dots at the right: from six exits, or when a label would be cut. */
export function areInRows(exits: readonly ShownExit[]): boolean {
  return exits.length > MOST_CELLS || exits.some(exit => exit.label.length > CELL_CHARACTERS) || widthOf(exits) > WIDEST
}

function widthOf(exits: readonly ShownExit[]): number {
  return exits.reduce((sum, exit) => sum + exit.label.length * 7 + 14, 0)
}

/** A cell is as wide as its label wants. */
export function growOf(label: string, inRows: boolean): { readonly flexGrow: number } | undefined {
  return inRows ? undefined : { flexGrow: Math.max(4, label.length) }
}
