/** Calls of APIs that wait for an answer, and the secrets they carry. */
import type { Kysely } from 'kysely'
import type { SchemaWords } from '../dialect.ts'
import type { Database } from '../tables.ts'

/** Makes the tables of the `http` block. */
export async function createHttp(db: Kysely<Database>, { text, integer, blob, tableEnd }: SchemaWords): Promise<void> {
  const { schema } = db
  await schema
    .createTable('http_calls')
    .addColumn('contact', text, c => c.notNull())
    .addColumn('wait', integer, c => c.notNull())
    .addColumn('conversation', integer, c => c.notNull())
    .addColumn('call', text, c => c.notNull())
    .addColumn('asked_at', integer, c => c.notNull())
    .addPrimaryKeyConstraint('http_calls_pk', ['contact', 'wait'])
    .modifyEnd(tableEnd(true))
    .execute()
  await schema
    .createTable('secrets')
    .addColumn('name', text, c => c.primaryKey().notNull())
    .addColumn('value', blob, c => c.notNull())
    .addColumn('allowed_hosts', text, c => c.notNull())
    .addColumn('created_at', integer, c => c.notNull())
    .addColumn('updated_at', integer, c => c.notNull())
    .modifyEnd(tableEnd(true))
    .execute()
}
