/** What the repositories need of a database, and the little in which databases differ. */
import type { Expression, Kysely, RawBuilder, SqlBool } from 'kysely'
import type { Statement } from './statement.ts'
import type { Database } from './tables.ts'
import type { Write } from './write.ts'

/** Column types and table endings of a database, for migrations. */
export interface SchemaWords {
  readonly text: RawBuilder<unknown>
  readonly integer: RawBuilder<unknown>
  readonly real: RawBuilder<unknown>
  readonly blob: RawBuilder<unknown>
  /** After the closing parenthesis. `clustered`: rows lie in the order of their primary key. */
  tableEnd(clustered: boolean): RawBuilder<unknown>
}

/** The queries of the repositories. `db` is for reading and for compiling; it never writes. */
export interface Queries {
  readonly db: Kysely<Database>
  /** True when `column` is one of the values in a JSON list; one statement whatever the length. */
  inList(column: Expression<unknown>, jsonList: string): Expression<SqlBool>
  /** Runs a compiled read. */
  all<P, Row>(statement: Statement<P, Row>, values: P): Promise<readonly Row[]>
}

/** An open database. */
export interface Connected extends Queries {
  commit(writes: readonly Write[]): Promise<void>
  check(): Promise<void>
  close(): Promise<void>
}
