/** Keys of the API. Only hashes are kept; what opens the door is shown once, when it is made. */
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import type { ApiKey } from './records.ts'
import { writeOnce } from './statement.ts'
import type { ApiKeys } from './store.ts'
import type { ApiKeyRow } from './tables.ts'

/** Makes the repository. */
export function createApiKeys({ db }: Queries): ApiKeys {
  const recordOf = (row: ApiKeyRow): ApiKey => ({ ...row, scopes: readJson(row.scopes) })
  return {
    insert: key => [writeOnce(db.insertInto('api_keys').values({ ...key, scopes: JSON.stringify(key.scopes) }))],
    byHash: async hash => {
      const row = await db.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row && recordOf(row)
    },
    list: async () => (await db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute()).map(recordOf),
    revoke: (id, at) => [writeOnce(db.updateTable('api_keys').set({ revoked_at: at }).where('id', '=', id), 1)],
  }
}
