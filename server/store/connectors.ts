/** Connectors: configured accounts, their secrets sealed in the row. */
import type { Queries } from './dialect.ts'
import { readJson, readJsonOrNull, writeJsonOrNull } from './json.ts'
import type { Connector } from './records.ts'
import type { Secrets } from './secrets.ts'
import { compileInsert, writeOf, writeOnce } from './statement.ts'
import type { Connectors } from './store.ts'
import type { ConnectorRow } from './tables.ts'

const COLUMNS = [
  'id',
  'channel',
  'name',
  'flow',
  'settings',
  'secrets',
  'session_hours',
  'access',
  'queue',
  'max_wait_ms',
  'timeout_action',
  'rate',
  'fallback',
  'reorder_ms',
  'enabled',
  'account_id',
  'paused_until',
  'problem',
  'created_at',
  'updated_at',
  'deleted_at',
] as const

/** Makes the repository. */
export function createConnectors({ db }: Queries, secrets: Secrets): Connectors {
  const insert = compileInsert(db, 'connectors', COLUMNS)
  const alive = db.selectFrom('connectors').selectAll().where('deleted_at', 'is', null)

  const rowOf = (connector: Connector): ConnectorRow => ({
    ...connector,
    settings: JSON.stringify(connector.settings),
    secrets: secrets.seal(JSON.stringify(connector.secrets), connector.id),
    access: JSON.stringify(connector.access),
    timeout_action: JSON.stringify(connector.timeout_action),
    rate: writeJsonOrNull(connector.rate),
    fallback: JSON.stringify(connector.fallback),
    enabled: connector.enabled ? 1 : 0,
    problem: writeJsonOrNull(connector.problem),
    deleted_at: null,
  })
  const recordOf = ({ deleted_at, ...row }: ConnectorRow): Connector => ({
    ...row,
    settings: readJson(row.settings),
    secrets: readJson(secrets.open(row.secrets, row.id)),
    access: readJson(row.access),
    timeout_action: readJson(row.timeout_action),
    rate: readJsonOrNull(row.rate),
    fallback: readJson(row.fallback),
    enabled: row.enabled === 1,
    problem: readJsonOrNull(row.problem),
  })
  const change = (id: string, changes: Partial<ConnectorRow>) => [writeOnce(db.updateTable('connectors').set(changes).where('id', '=', id), 1)]

  return {
    list: async () => (await alive.orderBy('created_at').orderBy('id').execute()).map(recordOf),
    byId: async id => {
      const row = await alive.where('id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    insert: connector => [writeOf(insert, { ...rowOf(connector) })],
    update: connector => {
      const { id, created_at, deleted_at, ...changes } = rowOf(connector)
      return change(id, changes)
    },
    setPause: (id, paused_until) => change(id, { paused_until }),
    setProblem: (id, problem) => change(id, { problem: writeJsonOrNull(problem) }),
    remove: (id, at) => change(id, { deleted_at: at, enabled: 0 }),
  }
}
