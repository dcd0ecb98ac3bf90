/** A write: one compiled statement, its parameters, and how many rows it must touch (rule 4). */

/** What a database takes as a parameter. */
export type Parameter = string | number | null | Uint8Array

/** One statement of a commit. `rows`: the commit fails as a lost race unless exactly so many rows were touched. */
export interface Write {
  readonly sql: string
  readonly parameters: readonly Parameter[]
  readonly rows?: number
}

/** Somebody else changed what a write was decided on, or wrote the same key; nothing of its commit happened. Read again and repeat. */
export class LostRace extends Error {
  /** Index of the write that did not find its rows. */
  readonly index: number

  constructor(index: number, sql: string, cause?: unknown) {
    super(`Write ${index} lost a race: ${sql}`, cause === undefined ? undefined : { cause })
    this.name = 'LostRace'
    this.index = index
  }
}

/** A write that can never succeed: a mistake of ours. Nothing of its commit happened. */
export class BrokenWrite extends Error {
  /** Index of the write that the database refused. */
  readonly index: number

  constructor(index: number, sql: string, cause: unknown) {
    super(`Write ${index} is refused by the database: ${sql}`, { cause })
    this.name = 'BrokenWrite'
    this.index = index
  }
}
