/** Who did what. */
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import { pageOf, readCursor } from './pages.ts'
import { compileInsert, writeOf } from './statement.ts'
import type { Audits } from './store.ts'

/** Makes the repository. */
export function createAudits({ db }: Queries): Audits {
  const insert = compileInsert(db, 'audit', ['id', 'at', 'actor', 'action', 'target', 'details'])
  return {
    insert: entries => entries.map(entry => writeOf(insert, { ...entry, details: JSON.stringify(entry.details) })),
    list: async ({ cursor, limit }) => {
      const after = readCursor(cursor)
      let query = db
        .selectFrom('audit')
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (after) query = query.where(eb => eb(eb.refTuple('at', 'id'), '<', eb.tuple(after.at, after.id)))
      const rows = (await query.execute()).map(row => ({ ...row, details: readJson<AuditDetails>(row.details) }))
      return pageOf(rows, limit, row => ({ at: row.at, id: row.id }))
    },
  }
}

type AuditDetails = Parameters<Audits['insert']>[0][number]['details']
