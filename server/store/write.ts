/** A write: one compiled statement, its parameters, and how many rows it must touch (rule 4). */

/** What a database takes as a parameter. */
export type Parameter = string | number | null | Uint8Array

/** One statement of a commit. `rows`: the commit fails as a lost race unless exactly so many rows were touched. */
export interface Write {
  readonly sql: string
  readonly parameters: readonly Parameter[]
  readonly rows?: number
}

/** Somebody else changed what a write was decided on; nothing of its commit happened. Read again and repeat. */
export class LostRace extends Error {
  /** Index of the write that did not find its rows. */
  readonly index: number

  constructor(index: number, sql: string) {
    super(`Write ${index} did not find its rows: ${sql}`)
    this.name = 'LostRace'
    this.index = index
  }
}
