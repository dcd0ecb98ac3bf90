/** The sign-in library's database: its three tables in our store, every write through `commit` (rule 4). */
import { type CleanedWhere, type CustomAdapter, createAdapterFactory } from 'better-auth/adapters'
import type { Condition, SignInRow, SignInTable, Store } from '../../store/index.ts'

const TABLES: readonly SignInTable[] = ['users', 'credentials', 'sign_ins']
/** Columns that are yes or no; times are those whose name ends in `_at`. */
const FLAGS: ReadonlySet<string> = new Set(['active', 'email_verified'])
const COMPARISONS: readonly Condition['comparison'][] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'not_in']

/** Makes the adapter. The library has no transactions here: each of its calls is one commit. */
export function createSignInAdapter({ signInRows, commit }: Pick<Store, 'signInRows' | 'commit'>) {
  return createAdapterFactory({
    config: {
      adapterId: 'parley',
      adapterName: 'Parley',
      // Dates and flags are turned below, in both directions.
      supportsDates: true,
      supportsBooleans: true,
      supportsJSON: false,
      transaction: false,
    },
    adapter: () => {
      const find = (model: string, where: readonly CleanedWhere[], limit: number, offset?: number, sortBy?: { field: string; direction: 'asc' | 'desc' }) =>
        signInRows.find(tableOf(model), where.map(conditionOf), {
          limit,
          offset,
          order: sortBy && { column: sortBy.field, direction: sortBy.direction },
        })
      const count = async (model: string, where: readonly CleanedWhere[]) => (await find(model, where, ALL)).length
      // The library names the type of what it asks for; the columns are those of its own schema.
      const adapter: CustomAdapter = {
        create: async ({ model, data }) => {
          await commit(signInRows.insert(tableOf(model), rowOf(data)))
          return data
        },
        findOne: async ({ model, where }) => {
          const [row] = await find(model, where, 1)
          return row ? (recordOf(row) as never) : null
        },
        findMany: async ({ model, where, limit, offset, sortBy }) => (await find(model, where ?? [], limit, offset, sortBy)).map(recordOf) as never,
        update: async ({ model, where, update }) => {
          await commit(signInRows.update(tableOf(model), where.map(conditionOf), rowOf(update as object)))
          // The change may have touched what was asked for, but never the id.
          const id = where.find(({ field }) => field === 'id' || field === 'token')
          const [row] = await find(model, id ? [id] : where, 1)
          return row ? (recordOf(row) as never) : null
        },
        updateMany: async ({ model, where, update }) => {
          const rows = await count(model, where)
          await commit(signInRows.update(tableOf(model), where.map(conditionOf), rowOf(update)))
          return rows
        },
        delete: async ({ model, where }) => commit(signInRows.remove(tableOf(model), where.map(conditionOf))),
        deleteMany: async ({ model, where }) => {
          const rows = await count(model, where)
          await commit(signInRows.remove(tableOf(model), where.map(conditionOf)))
          return rows
        },
        count: ({ model, where }) => count(model, where ?? []),
      }
      return adapter
    },
  })
}

/** More rows than anybody has users. */
const ALL = 1_000_000

function tableOf(model: string): SignInTable {
  const table = TABLES.find(known => known === model)
  if (table === undefined) throw new Error(`The sign-in library asks for the table “${model}”, which nothing here uses.`)
  return table
}

function conditionOf({ field, operator, value, connector }: CleanedWhere): Condition {
  const comparison = COMPARISONS.find(known => known === operator)
  if (comparison === undefined) throw new Error(`The sign-in library compares with “${operator}”, which nothing here uses.`)
  return { column: field, comparison, value: Array.isArray(value) ? value : storedOf(value), either: connector === 'OR' }
}

function rowOf(record: object): SignInRow {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, storedOf(value)]),
  )
}

function storedOf(value: unknown): string | number | null {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  throw new Error(`The sign-in library stores a ${typeof value}, which no column takes.`)
}

function recordOf(row: SignInRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value !== null && FLAGS.has(name)) return [name, value === 1]
      if (typeof value === 'number' && name.endsWith('_at')) return [name, new Date(value)]
      return [name, value]
    }),
  )
}
