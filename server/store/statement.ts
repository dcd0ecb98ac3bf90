/** Statements compiled once through Kysely, so that the hot path pays for running SQL and not for building it. */
import type { Compilable, Kysely } from 'kysely'
import type { Database } from './tables.ts'
import type { Parameter, Write } from './write.ts'

/** Stands for a parameter while a statement is compiled; its place tells where the value goes later. */
class Slot {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** Gives the stand-in of a named parameter; typed as its value because that is what Kysely's builder wants to see. */
export type SlotOf<P> = <K extends keyof P & string>(name: K) => P[K]

/** SQL with the order of its parameters known. `Row` is what it answers. */
export interface Statement<P, Row = unknown> {
  readonly sql: string
  parametersOf(values: P): Parameter[]
  /** Only for the type. */
  readonly row?: Row
}

/** Compiles what `build` makes; every `slot(name)` becomes a parameter of that name. */
export function compileStatement<P extends { readonly [name in keyof P]: Parameter }, Row = unknown>(
  build: (slot: SlotOf<P>) => Compilable<Row>,
): Statement<P, Row> {
  // The builder only carries the value through to `parameters`, so a stand-in is safe where a value is expected.
  const slot: SlotOf<P> = name => new Slot(name) as unknown as P[typeof name]
  const compiled = build(slot).compile()
  const places = compiled.parameters.map(parameter => (parameter instanceof Slot ? { name: parameter.name as keyof P } : { constant: parameter as Parameter }))
  return {
    sql: compiled.sql,
    parametersOf: values => {
      const parameters: Parameter[] = new Array(places.length)
      for (let i = 0; i < places.length; i++) {
        const place = places[i]
        if (place) parameters[i] = 'name' in place ? values[place.name] : place.constant
      }
      return parameters
    },
  }
}

/** The write of one set of values. */
export function writeOf<P>(statement: Statement<P>, values: P, rows?: number): Write {
  const parameters = statement.parametersOf(values)
  return rows === undefined ? { sql: statement.sql, parameters } : { sql: statement.sql, parameters, rows }
}

/** The write of a query that is built for one occasion; for everything outside the hot path. */
export function writeOnce(query: Compilable, rows?: number): Write {
  const { sql, parameters } = query.compile()
  // Rows of `tables.ts` hold nothing but what a database takes.
  const values = parameters as readonly Parameter[]
  return rows === undefined ? { sql, parameters: values } : { sql, parameters: values, rows }
}

/** Compiles `insert into table (columns)`, with `conflict` columns as an upsert of all others. */
export function compileInsert<T extends keyof Database>(
  db: Kysely<Database>,
  table: T,
  columns: readonly (keyof Database[T] & string)[],
  conflict: readonly (keyof Database[T] & string)[] = [],
): Statement<Database[T] & { readonly [column in keyof Database[T]]: Parameter }> {
  type Row = Database[T] & { readonly [column in keyof Database[T]]: Parameter }
  return compileStatement<Row>(slot => {
    // The list of columns is checked against the table above; Kysely cannot follow it through a computed object.
    const values = Object.fromEntries(columns.map(column => [column, slot(column)])) as never
    const insert = db.insertInto(table).values(values)
    if (conflict.length === 0) return insert
    const rest = columns.filter(column => !conflict.includes(column))
    return insert.onConflict(on =>
      on.columns(conflict as never).doUpdateSet(eb => Object.fromEntries(rest.map(column => [column, eb.ref(`excluded.${column}` as never)])) as never),
    )
  })
}
