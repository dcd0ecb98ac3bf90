/** Files of messages: what is known about them; the bytes lie on disk under their hash. */
import { sql } from 'kysely'
import type { Queries } from './dialect.ts'
import type { StoredFile } from './records.ts'
import type { Secrets } from './secrets.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Files } from './store.ts'
import type { FileRow } from './tables.ts'

const COLUMNS = ['id', 'connector', 'contact', 'hash', 'size', 'mime', 'name', 'status', 'ref', 'attempts', 'retry_at', 'problem', 'created_at'] as const

/** Makes the repository. The vendor's handle is sealed: it may be an address with a token in it. */
export function createFiles({ db, inList, all }: Queries, secrets: Secrets): Files {
  const insert = compileInsert(db, 'files', COLUMNS)
  const update = compileInsert(db, 'files', COLUMNS, ['id'])
  const byId = compileStatement<{ ids: string }, FileRow>(slot =>
    db
      .selectFrom('files')
      .selectAll()
      .where(eb => inList(eb.ref('id'), slot('ids'))),
  )
  const fetching = compileStatement<{ limit: number }, FileRow>(slot =>
    db.selectFrom('files').selectAll().where('status', '=', sql.lit('fetching')).orderBy('retry_at').limit(slot('limit')),
  )
  const used = compileStatement<{ hashes: string }, { hash: string | null }>(slot =>
    db
      .selectFrom('files')
      .select('hash')
      .distinct()
      .where('hash', 'is not', null)
      .where(eb => inList(eb.ref('hash'), slot('hashes'))),
  )
  const rowOf = (file: StoredFile) => ({ ...file, ref: file.ref === null ? null : secrets.seal(file.ref, file.id) })
  const recordOf = (row: FileRow): StoredFile => ({
    ...row,
    // Only `rowOf` writes the status.
    status: row.status as StoredFile['status'],
    ref: row.ref === null ? null : secrets.open(row.ref, row.id),
  })

  return {
    insert: files => files.map(file => writeOf(insert, rowOf(file))),
    update: files => files.map(file => writeOf(update, rowOf(file))),
    byId: async ids => (ids.length === 0 ? [] : (await all(byId, { ids: JSON.stringify(ids) })).map(recordOf)),
    fetching: async limit => (await all(fetching, { limit })).map(recordOf),
    ofContact: async contact => (await db.selectFrom('files').selectAll().where('contact', '=', contact).execute()).map(recordOf),
    used: async hashes => new Set((await all(used, { hashes: JSON.stringify(hashes) })).flatMap(row => (row.hash === null ? [] : [row.hash]))),
  }
}
