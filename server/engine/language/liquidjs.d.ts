/**
 * The part of LiquidJS that `templates.ts` uses. The package's own types mention Node's streams and so bring all of Node's types
 * into the engine, which must not know Node; `paths` in `server/engine/tsconfig.json` puts this file in their place.
 */
export interface Token {
  readonly begin: number
  /** Literals have their value here; paths, ranges and operators do not. */
  readonly content?: unknown
  /** Of a path: what it starts from when that is not a name, and its segments. */
  readonly variable?: Token
  readonly props?: readonly Token[]
}
export type FilterArg = Token | readonly [name?: string, value?: Token]
export interface FilterThis {
  readonly context: FilterContext
}
export interface FilterContext {
  getRegister(key: string): unknown
}
export type FilterHandler = (this: FilterThis, value: unknown, ...args: readonly unknown[]) => unknown
export class Filter {
  readonly name: string
  readonly args: readonly FilterArg[]
}
export class Value {
  readonly initial: { readonly postfix: readonly Token[] }
  readonly filters: readonly Filter[]
}
export interface Template {
  readonly token: Token
}
export class Output implements Template {
  readonly token: Token
  readonly value: Value
}
export interface Limit {
  use(count: number): void
  check(count: number): void
}
export class Context implements FilterContext {
  constructor(
    environment: object,
    options: Liquid['options'],
    renderOptions: { readonly sync: boolean },
    parts: { readonly renderLimit: Limit; readonly liquid: Liquid },
  )
  getRegister(key: string): unknown
  setRegister(key: string, value: unknown): void
  readProperty(value: unknown, key: unknown): unknown
}
export class Liquid {
  constructor(options: {
    readonly templates: Readonly<Record<string, string>>
    readonly ownPropertyOnly: boolean
    readonly strictFilters: boolean
    readonly memoryLimit: number
    readonly parseLimit: number
    readonly cache: boolean
  })
  readonly options: object
  readonly tags: Record<string, unknown>
  readonly filters: Record<string, FilterHandler | undefined>
  readonly renderer: {
    renderTemplates(templates: readonly Template[], context: Context, emitter: { write(value: unknown): void }): Generator<unknown, unknown, unknown>
  }
  parse(source: string): Template[]
  registerFilter(name: string, handler: FilterHandler): void
  /** Every path that a template reads and does not set itself; a segment that is computed is an array. */
  globalVariableSegmentsSync(templates: readonly Template[]): readonly (readonly unknown[])[]
}
export function toValueSync(value: unknown): unknown
