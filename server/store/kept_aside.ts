/** What was authentic but could not be used, for an operator to see. */
import type { Queries } from './dialect.ts'
import { pageOf, readCursor } from './pages.ts'
import { compileInsert, writeOf } from './statement.ts'
import type { KeptAsides } from './store.ts'

/** Makes the repository. */
export function createKeptAsides({ db }: Queries): KeptAsides {
  const insert = compileInsert(db, 'kept_aside', ['id', 'connector', 'channel', 'account', 'reason', 'message', 'body', 'received_at'])
  return {
    insert: entries => entries.map(entry => writeOf(insert, { ...entry })),
    list: async ({ cursor, limit }) => {
      const after = readCursor(cursor)
      let query = db
        .selectFrom('kept_aside')
        .selectAll()
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (after) query = query.where(eb => eb(eb.refTuple('received_at', 'id'), '<', eb.tuple(after.at, after.id)))
      return pageOf(await query.execute(), limit, row => ({ at: row.received_at, id: row.id }))
    },
  }
}
