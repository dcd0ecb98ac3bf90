/** Cursors: where a page of a list ended, as an opaque text. */
import { DomainError } from '../engine/index.ts'
import type { Page } from './store.ts'

/** The place after which the next page begins: a time and an id that makes it unique. */
export interface Place {
  readonly at: number
  readonly id: string
}

/** Reads a cursor; throws DomainError `store.bad_cursor` for anything that `pageOf` did not make. */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  try {
    const [at, id]: readonly unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (typeof at === 'number' && typeof id === 'string') return { at, id }
  } catch {
    // Falls through: whatever was wrong with it, the answer is the same.
  }
  throw new DomainError('store.bad_cursor', { message: 'This cursor is not one of ours.', hint: 'Use `next` of the previous page as it came.', at: 'cursor' })
}

/** Makes a page of at most `limit` rows out of rows that were asked for with one more. */
export function pageOf<T>(rows: readonly T[], limit: number, place: (row: T) => Place): Page<T> {
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { rows, next: null }
  const { at, id } = place(last)
  return { rows: rows.slice(0, limit), next: Buffer.from(JSON.stringify([at, id])).toString('base64url') }
}
