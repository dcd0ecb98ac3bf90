/** People who may sign in, and what they prove it with. Links are kept as hashes: whoever reads the database opens no door. */
import type { Queries } from './dialect.ts'
import type { StoredUser } from './records.ts'
import { writeOnce } from './statement.ts'
import type { Users } from './store.ts'
import type { UserRow } from './tables.ts'

/** The kind of proof that is an e-mail and a password. */
const PASSWORD = 'credential'

/** Makes the repository. */
export function createUsers({ db }: Queries): Users {
  const recordOf = ({ active, email_verified, ...row }: UserRow, hasPassword: boolean): StoredUser => ({ ...row, active: active === 1, hasPassword })
  const rowOf = ({ hasPassword: _, active, ...user }: StoredUser): UserRow => ({ ...user, active: active ? 1 : 0, email_verified: 1 })
  const read = async (column: 'id' | 'email' | 'link_hash', value: string): Promise<StoredUser | undefined> => {
    const row = await db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst()
    if (!row) return undefined
    const proof = await db.selectFrom('credentials').select('id').where('user_id', '=', row.id).executeTakeFirst()
    return recordOf(row, proof !== undefined)
  }
  return {
    list: async () => {
      const rows = await db.selectFrom('users').selectAll().orderBy('created_at').orderBy('id').execute()
      const proven = new Set((await db.selectFrom('credentials').select('user_id').execute()).map(row => row.user_id))
      return rows.map(row => recordOf(row, proven.has(row.id)))
    },
    byId: id => read('id', id),
    byEmail: email => read('email', email.toLowerCase()),
    byLink: hash => read('link_hash', hash),
    hasAny: async () => (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined,
    insert: user => [writeOnce(db.insertInto('users').values(rowOf(user)))],
    update: user => {
      const { id, ...rest } = rowOf(user)
      return [writeOnce(db.updateTable('users').set(rest).where('id', '=', id), 1)]
    },
    setPassword: ({ id, user, hash, at }) => {
      const row = { id, account_id: user, provider_id: PASSWORD, user_id: user, password: hash, created_at: at, updated_at: at }
      return [
        writeOnce(
          db
            .insertInto('credentials')
            .values(row)
            .onConflict(on => on.columns(['user_id', 'provider_id']).doUpdateSet({ password: hash, updated_at: at })),
        ),
      ]
    },
    remove: user => [
      writeOnce(db.deleteFrom('sign_ins').where('user_id', '=', user)),
      writeOnce(db.deleteFrom('credentials').where('user_id', '=', user)),
      writeOnce(db.deleteFrom('users').where('id', '=', user), 1),
    ],
    signOut: user => [writeOnce(db.deleteFrom('sign_ins').where('user_id', '=', user))],
  }
}
