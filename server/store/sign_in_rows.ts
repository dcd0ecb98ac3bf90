/** The rows that the sign-in library reads and writes in its own words: any table of its three, any condition it makes. */
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { Queries } from './dialect.ts'
import { writeOnce } from './statement.ts'
import type { Condition, SignInRows, SignInTable } from './store.ts'
import type { Database } from './tables.ts'

/** Comparisons as SQL writes them. */
const COMPARISONS = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=', in: 'in', not_in: 'not in' } as const

/** Makes the repository. */
export function createSignInRows({ db }: Queries): SignInRows {
  // The table is one of three and its columns come from the library's schema, which the migration mirrors: Kysely's types cannot follow that.
  const named = (table: SignInTable) => table as 'users'
  const column = (name: string) => name as 'id'
  const matching = (conditions: readonly Condition[]) => (eb: ExpressionBuilder<Database, 'users'>) => {
    const parts = conditions.map(condition => ({ either: condition.either, made: compare(eb, condition) }))
    const all = parts.filter(part => !part.either).map(part => part.made)
    const either = parts.filter(part => part.either).map(part => part.made)
    return eb.and(either.length > 0 ? [...all, eb.or(either)] : all)
  }
  const compare = (eb: ExpressionBuilder<Database, 'users'>, { column: name, comparison, value }: Condition): ExpressionWrapper<Database, 'users', SqlBool> =>
    value === null ? eb(column(name), comparison === 'ne' ? 'is not' : 'is', null as never) : eb(column(name), COMPARISONS[comparison], value as never)

  return {
    find: (table, conditions, { limit, offset, order }) => {
      let query = db.selectFrom(named(table)).selectAll().where(matching(conditions)).limit(limit)
      if (offset !== undefined) query = query.offset(offset)
      if (order) query = query.orderBy(column(order.column), order.direction)
      // Rows are what the table holds: texts, numbers and null.
      return query.execute() as Promise<readonly object[]> as ReturnType<SignInRows['find']>
    },
    insert: (table, row) => [writeOnce(db.insertInto(named(table)).values(row as never))],
    update: (table, conditions, changes) => [
      writeOnce(
        db
          .updateTable(named(table))
          .set(changes as never)
          .where(matching(conditions)),
      ),
    ],
    remove: (table, conditions) => [writeOnce(db.deleteFrom(named(table)).where(matching(conditions)))],
  }
}
