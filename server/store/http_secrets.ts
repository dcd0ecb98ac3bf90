/** What flows may send along by name: sealed values, each with the hosts it may go to. */
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import type { StoredSecret } from './records.ts'
import type { Secrets } from './secrets.ts'
import { compileInsert, writeOf, writeOnce } from './statement.ts'
import type { HttpSecrets } from './store.ts'
import type { SecretRow } from './tables.ts'

/** Makes the repository. */
export function createHttpSecrets({ db }: Queries, secrets: Secrets): HttpSecrets {
  const save = compileInsert(db, 'secrets', ['name', 'value', 'allowed_hosts', 'created_at', 'updated_at'], ['name'])
  const columns = ['name', 'allowed_hosts', 'created_at', 'updated_at'] as const
  const recordOf = ({ name, allowed_hosts, created_at, updated_at }: Omit<SecretRow, 'value'>): StoredSecret => ({
    name,
    allowed_hosts: readJson(allowed_hosts),
    created_at,
    updated_at,
  })
  return {
    list: async () => (await db.selectFrom('secrets').select(columns).orderBy('name').execute()).map(recordOf),
    byName: async name => {
      const row = await db.selectFrom('secrets').select(columns).where('name', '=', name).executeTakeFirst()
      return row && recordOf(row)
    },
    values: async names => {
      if (names.length === 0) return []
      const rows = await db.selectFrom('secrets').selectAll().where('name', 'in', names).execute()
      return rows.map(row => ({ ...recordOf(row), value: secrets.open(row.value, rowOf(row.name)) }))
    },
    save: ({ value, allowed_hosts, ...secret }) => [
      writeOf(save, { ...secret, value: secrets.seal(value, rowOf(secret.name)), allowed_hosts: JSON.stringify(allowed_hosts) }),
    ],
    setHosts: (name, hosts, at) => [
      writeOnce(
        db
          .updateTable('secrets')
          .set({ allowed_hosts: JSON.stringify(hosts), updated_at: at })
          .where('name', '=', name),
        1,
      ),
    ],
    remove: name => [writeOnce(db.deleteFrom('secrets').where('name', '=', name), 1)],
  }
}

/** What a value is sealed to: a name could be the id of another row. */
function rowOf(name: string): string {
  return `secret:${name}`
}
