/** Calls of APIs that wait for an answer. */
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { HttpCalls } from './store.ts'
import type { HttpCallRow } from './tables.ts'

/** Makes the repository. */
export function createHttpCalls({ db }: Queries): HttpCalls {
  const insert = compileInsert(db, 'http_calls', ['contact', 'wait', 'conversation', 'call', 'asked_at'])
  const remove = compileStatement<Pick<HttpCallRow, 'contact' | 'wait'>>(slot =>
    db.deleteFrom('http_calls').where('contact', '=', slot('contact')).where('wait', '=', slot('wait')),
  )
  return {
    insert: calls => calls.map(({ call, ...row }) => writeOf(insert, { ...row, call: JSON.stringify(call) })),
    remove: (contact, wait) => [writeOf(remove, { contact, wait })],
    all: async () =>
      (await db.selectFrom('http_calls').selectAll().orderBy('asked_at').orderBy('contact').execute()).map(row => ({ ...row, call: readJson(row.call) })),
  }
}
