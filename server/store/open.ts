/** Opens the store: the database, its migrations, and one repository a noun. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createApiKeys } from './api_keys.ts'
import { createAudits } from './audit.ts'
import { createBlockCounts } from './block_counts.ts'
import { createConnectors } from './connectors.ts'
import { createContacts } from './contacts.ts'
import { createConversations } from './conversations.ts'
import { createDeliveries } from './deliveries.ts'
import { dataUnwritable } from './errors.ts'
import { createEvents } from './events.ts'
import { createFacts } from './facts.ts'
import { createFiles } from './files.ts'
import { createFlowTests } from './flow_tests.ts'
import { createFlows } from './flows.ts'
import { createHttpCalls } from './http_calls.ts'
import { createHttpSecrets } from './http_secrets.ts'
import { createKeptAsides } from './kept_aside.ts'
import { migrateToLatest } from './migrations/index.ts'
import { createMoves } from './moves.ts'
import { createPaths } from './paths.ts'
import { createPlaces, createQueues } from './queues.ts'
import { createSecrets, readKeyFile } from './secrets.ts'
import { createSignInRows } from './sign_in_rows.ts'
import { openSqlite, sqliteWords } from './sqlite.ts'
import type { Store } from './store.ts'
import { createTimers } from './timers.ts'
import { createUsers } from './users.ts'

/** Where the store is and what opens its secrets. */
export interface StoreOptions {
  /** DATA_DIR; made when missing. */
  readonly dir: string
  /** SECRET_KEY and, behind it, older ones; none: a key file in `dir`. */
  readonly secretKeys?: readonly string[]
}

/** Opens the embedded store in `dir`. Take the lock of the folder first (`acquireLock`). */
export async function openStore({ dir, secretKeys = [] }: StoreOptions): Promise<Store> {
  const connected = await open(dir)
  const secrets = createSecrets(secretKeys.length > 0 ? secretKeys : [readKeyFile(dir)])
  return {
    connectors: createConnectors(connected, secrets),
    flows: createFlows(connected),
    flowTests: createFlowTests(connected),
    contacts: createContacts(connected),
    conversations: createConversations(connected),
    events: createEvents(connected),
    deliveries: createDeliveries(connected),
    timers: createTimers(connected),
    queues: createQueues(connected),
    places: createPlaces(connected),
    files: createFiles(connected, secrets),
    keptAside: createKeptAsides(connected),
    apiKeys: createApiKeys(connected),
    users: createUsers(connected),
    signInRows: createSignInRows(connected),
    audit: createAudits(connected),
    paths: createPaths(connected),
    blockCounts: createBlockCounts(connected),
    httpCalls: createHttpCalls(connected),
    secrets: createHttpSecrets(connected, secrets),
    moves: createMoves(connected),
    facts: createFacts(connected),
    commit: writes => connected.commit(writes),
    check: () => connected.check(),
    close: () => connected.close(),
  }
}

async function open(dir: string) {
  try {
    mkdirSync(dir, { recursive: true })
    return await openSqlite(join(dir, 'parley.db'), db => migrateToLatest(db, sqliteWords))
  } catch (error) {
    throw dataUnwritable(dir, error)
  }
}
