/** Paths of conversations and the counts made of them, for the live view of a flow. */
import type { Kysely } from 'kysely'
import type { SchemaWords } from '../dialect.ts'
import type { Database } from '../tables.ts'

/** Makes the tables of the live view. */
export async function createPaths(db: Kysely<Database>, { text, integer, tableEnd }: SchemaWords): Promise<void> {
  const { schema } = db
  await schema
    .createTable('paths')
    .addColumn('contact', text, c => c.primaryKey().notNull())
    .addColumn('conversation', integer, c => c.notNull())
    .addColumn('step', integer, c => c.notNull())
    .addColumn('seq', integer, c => c.notNull())
    .addColumn('flow', text)
    .addColumn('version', integer)
    .addColumn('hash', text)
    .addColumn('waits_flow', text)
    .addColumn('waits_version', integer)
    .addColumn('waits_block', text)
    .addColumn('passes', text, c => c.notNull())
    .modifyEnd(tableEnd(true))
    .execute()
  await schema.createIndex('paths_waiting').on('paths').columns(['waits_flow', 'waits_version', 'waits_block']).where('waits_flow', 'is not', null).execute()
  await schema.createIndex('conversations_by_flow').on('conversations').columns(['flow', 'opened_at', 'id']).execute()
  await schema.createIndex('versions_by_hash').on('versions').column('hash').execute()
  await schema
    .createTable('block_counts')
    .addColumn('flow', text, c => c.notNull())
    .addColumn('version', integer, c => c.notNull())
    .addColumn('span', integer, c => c.notNull())
    .addColumn('at', integer, c => c.notNull())
    .addColumn('counted', text, c => c.notNull())
    .addColumn('block', text, c => c.notNull())
    .addColumn('exit', text, c => c.notNull())
    .addColumn('count', integer, c => c.notNull())
    .addPrimaryKeyConstraint('block_counts_pk', ['flow', 'version', 'span', 'at', 'counted', 'block', 'exit'])
    .modifyEnd(tableEnd(true))
    .execute()
}
