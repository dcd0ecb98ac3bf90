/** What becomes of running conversations when a version is published: decided with it, done afterwards. */
import type { Kysely } from 'kysely'
import type { SchemaWords } from '../dialect.ts'
import type { Database } from '../tables.ts'

/** Makes the table of decisions. */
export async function createMoves(db: Kysely<Database>, { text, integer, tableEnd }: SchemaWords): Promise<void> {
  await db.schema
    .createTable('moves')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('flow', text, c => c.notNull())
    .addColumn('version', integer, c => c.notNull())
    .addColumn('choices', text, c => c.notNull())
    .addColumn('author', text, c => c.notNull())
    .addColumn('total', integer, c => c.notNull())
    .addColumn('moved', integer, c => c.notNull())
    .addColumn('restarted', integer, c => c.notNull())
    .addColumn('stayed', integer, c => c.notNull())
    .addColumn('cursor', text)
    .addColumn('created_at', integer, c => c.notNull())
    .addColumn('finished_at', integer)
    .modifyEnd(tableEnd(false))
    .execute()
  await db.schema.createIndex('moves_by_flow').on('moves').columns(['flow', 'created_at', 'id']).execute()
  await db.schema.createIndex('moves_unfinished').on('moves').columns(['finished_at', 'created_at', 'id']).execute()
}
