/** Flow tests beside the draft: one file a flow, not versioned, as in git. */
import type { Kysely } from 'kysely'
import type { SchemaWords } from '../dialect.ts'
import type { Database } from '../tables.ts'

/** Makes the table of flow tests. */
export async function createFlowTests(db: Kysely<Database>, { text, integer, tableEnd }: SchemaWords): Promise<void> {
  await db.schema
    .createTable('flow_tests')
    .addColumn('flow', text, c => c.primaryKey().notNull())
    .addColumn('file', text, c => c.notNull())
    .addColumn('revision', integer, c => c.notNull())
    .addColumn('updated_at', integer, c => c.notNull())
    .modifyEnd(tableEnd(false))
    .execute()
}
