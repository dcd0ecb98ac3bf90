/** People who sign in: users, what they prove it with, and where they are signed in. */
import type { Kysely } from 'kysely'
import type { SchemaWords } from '../dialect.ts'
import type { Database } from '../tables.ts'

/** Makes the tables of users. */
export async function createUsers(db: Kysely<Database>, { text, integer, tableEnd }: SchemaWords): Promise<void> {
  const { schema } = db
  await schema
    .createTable('users')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('name', text, c => c.notNull())
    .addColumn('email', text, c => c.notNull().unique())
    .addColumn('email_verified', integer, c => c.notNull())
    .addColumn('role', text, c => c.notNull())
    .addColumn('active', integer, c => c.notNull())
    .addColumn('link_hash', text, c => c.unique())
    .addColumn('link_expires_at', integer)
    .addColumn('last_seen_at', integer)
    .addColumn('created_at', integer, c => c.notNull())
    .addColumn('updated_at', integer, c => c.notNull())
    .modifyEnd(tableEnd(false))
    .execute()
  await schema
    .createTable('credentials')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('account_id', text, c => c.notNull())
    .addColumn('provider_id', text, c => c.notNull())
    .addColumn('user_id', text, c => c.notNull())
    .addColumn('password', text)
    .addColumn('created_at', integer, c => c.notNull())
    .addColumn('updated_at', integer, c => c.notNull())
    .modifyEnd(tableEnd(false))
    .execute()
  await schema.createIndex('credentials_one_per_provider').unique().on('credentials').columns(['user_id', 'provider_id']).execute()
  await schema
    .createTable('sign_ins')
    .addColumn('id', text, c => c.primaryKey().notNull())
    .addColumn('token', text, c => c.notNull().unique())
    .addColumn('user_id', text, c => c.notNull())
    .addColumn('expires_at', integer, c => c.notNull())
    .addColumn('ip_address', text)
    .addColumn('user_agent', text)
    .addColumn('created_at', integer, c => c.notNull())
    .addColumn('updated_at', integer, c => c.notNull())
    .modifyEnd(tableEnd(false))
    .execute()
  await schema.createIndex('sign_ins_of_user').on('sign_ins').column('user_id').execute()
}
