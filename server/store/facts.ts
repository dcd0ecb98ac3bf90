/** Small facts of the installation, by name. */
import type { Queries } from './dialect.ts'
import { compileInsert, writeOf, writeOnce } from './statement.ts'
import type { Facts } from './store.ts'

/** Makes the repository. */
export function createFacts({ db }: Queries): Facts {
  const save = compileInsert(db, 'facts', ['name', 'value'], ['name'])
  return {
    get: async name => (await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst())?.value,
    set: (name, value) => [writeOf(save, { name, value })],
    remove: (name, value) => [writeOnce(db.deleteFrom('facts').where('name', '=', name).where('value', '=', value), 1)],
  }
}
