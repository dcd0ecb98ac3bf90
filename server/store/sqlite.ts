/** SQLite through better-sqlite3: one connection that writes, one that reads, and what is special about the dialect. */
import Raw from 'better-sqlite3'
import { type Expression, Kysely, SqliteDialect, sql } from 'kysely'
import type { Connected, SchemaWords } from './dialect.ts'
import { storeDown } from './errors.ts'
import type { Statement } from './statement.ts'
import type { Database } from './tables.ts'
import { BrokenWrite, LostRace, type Write } from './write.ts'

/** How SQLite writes a table. */
export const sqliteWords: SchemaWords = {
  text: sql`text`,
  integer: sql`integer`,
  real: sql`real`,
  blob: sql`blob`,
  tableEnd: clustered => (clustered ? sql`strict, without rowid` : sql`strict`),
}

/**
 * WAL pages before they are moved into the database file. The default of 1,000 would move them after every few group
 * commits, each time with two more syncs; hot pages are rewritten often, so waiting saves most of that work.
 */
const CHECKPOINT_PAGES = 16_000

/** Opens `file`, lets `migrate` bring it up to date, and asserts that what is committed survives a power cut. */
export async function openSqlite(file: string, migrate: (db: Kysely<Database>) => Promise<void>): Promise<Connected> {
  const writer = new Raw(file, { timeout: 5000 })
  try {
    writer.pragma('journal_mode = WAL')
    writer.pragma('synchronous = FULL')
    writer.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    writer.pragma('cache_size = -65536')
    writer.pragma('temp_store = MEMORY')
    assertDurable(writer)
    await migrate(new Kysely<Database>({ dialect: new SqliteDialect({ database: writer }) }))
  } catch (error) {
    writer.close()
    throw error
  }
  const reader = new Raw(file, { timeout: 5000 })
  reader.pragma('query_only = ON')
  reader.pragma('cache_size = -65536')
  const write = cachePrepared(writer)
  const read = cachePrepared(reader)
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: { prepare: read, close: () => reader.close() } }) })
  const transaction = { begin: writer.prepare('begin immediate'), commit: writer.prepare('commit'), rollback: writer.prepare('rollback') }

  function commitNow(writes: readonly Write[]): void {
    let index = -1
    try {
      transaction.begin.run()
      for (index = 0; index < writes.length; index++) {
        const { sql, parameters, rows } = writes[index] as Write
        const { changes } = write(sql).run(parameters)
        if (rows !== undefined && changes !== rows) throw new LostRace(index, sql)
      }
      index = -1
      transaction.commit.run()
    } catch (error) {
      // A full disk or an I/O error ends the transaction by itself; anything else leaves it open.
      if (writer.inTransaction) transaction.rollback.run()
      throw meaningOf(error, index, writes[index]?.sql ?? '')
    }
  }

  return {
    db,
    inList: (column: Expression<unknown>, jsonList: string) => sql`${column} in (select value from json_each(${jsonList}))`,
    // Reads and writes are synchronous here; promises are for the databases that are not.
    all: async <P, Row>(statement: Statement<P, Row>, values: P) => {
      try {
        // The row's type comes from the query it was compiled from.
        return read(statement.sql).all(statement.parametersOf(values)) as Row[]
      } catch (error) {
        throw meaningOf(error, 0, statement.sql)
      }
    },
    commit: async writes => {
      if (writes.length > 0) commitNow(writes)
    },
    check: async () => {
      assertDurable(writer)
      try {
        transaction.begin.run()
        transaction.rollback.run()
      } catch (error) {
        throw meaningOf(error, 0, 'begin immediate')
      }
    },
    close: async () => {
      await db.destroy()
      writer.close()
    },
  }
}

/** Refuses a connection whose commits could be lost. */
function assertDurable(writer: Raw.Database): void {
  const journal = writer.pragma('journal_mode', { simple: true })
  const synchronous = writer.pragma('synchronous', { simple: true })
  if (journal !== 'wal' || synchronous !== 2) {
    throw storeDown(undefined, `SQLite runs with journal_mode ${String(journal)} and synchronous ${String(synchronous)} instead of wal and FULL`)
  }
}

function cachePrepared(raw: Raw.Database): (sql: string) => Raw.Statement<unknown[]> {
  const statements = new Map<string, Raw.Statement<unknown[]>>()
  return sql => {
    const known = statements.get(sql)
    if (known) return known
    // Built queries differ with their conditions; a bound keeps a long life from growing the map.
    if (statements.size > 1000) statements.clear()
    const statement = raw.prepare<unknown[]>(sql)
    statements.set(sql, statement)
    return statement
  }
}

/** What an error of SQLite means for the caller. */
function meaningOf(error: unknown, index: number, sql: string): unknown {
  if (!(error instanceof Raw.SqliteError)) return error
  const { code } = error
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return new LostRace(index, sql, error)
  if (/^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|PROTOCOL)/.test(code)) {
    return storeDown(error, code === 'SQLITE_FULL' ? 'the disk is full' : error.message)
  }
  return index < 0 ? storeDown(error, error.message) : new BrokenWrite(index, sql, error)
}
