/**
 * What other views show on the blocks of the canvas. The simulator's path comes from `simulator/run.ts`; versions and live call `showMarks`.
 * States become attributes of the block, so that a mark changes no tree.
 */
import { create } from 'zustand'

/** A state that look 3 draws. */
export type MarkState = 'added' | 'changed' | 'removed' | 'dimmed' | 'live'

/** What is shown on one block. */
export interface Mark {
  readonly states: readonly MarkState[]
  /** Instead of the gist: "1,284 came, 38 left here". */
  readonly gist?: string
  /** Under each exit: "61 %". */
  readonly shares?: Readonly<Record<string, string>>
}

/** Marks by block id, and what is shown of connections by `block.exit`. */
export interface Marks {
  readonly blocks: ReadonlyMap<string, Mark>
  readonly connections: ReadonlyMap<string, 'added' | 'removed' | 'dimmed'>
  /** Width of connections in px, 1.75 to 6, by `block.exit`. */
  readonly widths: ReadonlyMap<string, number>
}

const NO_MARKS: Marks = { blocks: new Map(), connections: new Map(), widths: new Map() }

const marksStore = create<Marks>(() => NO_MARKS)

/** The mark of a block or connection, as `choose` takes it. */
export function useMarks<T>(choose: (marks: Marks) => T): T {
  return marksStore(choose)
}

/** Shows marks; what is left out is cleared. */
export function showMarks(marks: Partial<Marks>): void {
  marksStore.setState({ ...NO_MARKS, ...marks })
}
