/** The migrations in order; a list in code, so that they are found when everything is bundled. */
import { type Kysely, type Migration, Migrator } from 'kysely'
import type { SchemaWords } from '../dialect.ts'
import type { Database } from '../tables.ts'
import { createStart } from './0001_start.ts'
import { createFlowTests } from './0002_flow_tests.ts'
import { createUsers } from './0003_users.ts'
import { createPaths } from './0004_paths.ts'
import { createHttp } from './0005_http.ts'
import { createMoves } from './0006_moves.ts'

/** Brings a database up to date, or throws and leaves it as it was. */
export async function migrateToLatest(db: Kysely<Database>, words: SchemaWords): Promise<void> {
  const migrations: Record<string, Migration> = {
    '0001_start': { up: own => createStart(own, words) },
    '0002_flow_tests': { up: own => createFlowTests(own, words) },
    '0003_users': { up: own => createUsers(own, words) },
    '0004_paths': { up: own => createPaths(own, words) },
    '0005_http': { up: own => createHttp(own, words) },
    '0006_moves': { up: own => createMoves(own, words) },
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
