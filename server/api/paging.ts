/** Pages of lists that are short enough to be read whole; long ones are paged by the store. */
import { DomainError } from '../engine/index.ts'
import type { Page, PageRequest } from '../store/index.ts'

/** Entries of a page when nobody asks for another number. */
const PAGE_LIMIT = 50

/** What `PageQuery` reads. */
export interface PageQueryValues {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** What the store takes. */
export function pageRequest(query: PageQueryValues): PageRequest {
  return { cursor: query.cursor, limit: query.limit ?? PAGE_LIMIT }
}

/** What the API answers for a page of the store. */
export function pageAnswer<Row, Item>(page: Page<Row>, show: (row: Row) => Item): { readonly items: readonly Item[]; readonly next: string | null } {
  return { items: page.rows.map(show), next: page.next }
}

/** A page of a whole list. The cursor is the place in it, which is good enough for lists that hardly change. */
export function pageOfList<Row>(rows: readonly Row[], query: PageQueryValues): { readonly items: readonly Row[]; readonly next: string | null } {
  const limit = query.limit ?? PAGE_LIMIT
  const from = query.cursor === undefined ? 0 : readPlace(query.cursor)
  const to = from + limit
  return { items: rows.slice(from, to), next: to < rows.length ? Buffer.from(`at ${to}`).toString('base64url') : null }
}

function readPlace(cursor: string): number {
  const place = /^at (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1]
  if (place !== undefined) return Number(place)
  throw new DomainError('store.bad_cursor', { message: 'This cursor is not one of ours.', hint: 'Use `next` of the previous page as it came.', at: 'cursor' })
}
