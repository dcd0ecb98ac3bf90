/**
 * The part of LiquidJS that the templates use. The package's own types mention Node's streams and so bring all of Node's types into
 * the engine, which must not know Node; `paths` in `server/engine/tsconfig.json` puts this file in their place. Outside the engine the
 * package's own types are used, so every line here has to agree with them.
 */
export interface Token {
  readonly begin: number
}

export interface Filter {
  readonly name: string
  readonly args: readonly unknown[]
}

export interface Value {
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

export class Context {
  constructor(environment: object, options: Liquid['options'], renderOptions: { sync?: boolean }, parts: { liquid?: Liquid })
  readonly renderLimit: { check(count: number): void }
  setRegister(key: string, value: unknown): unknown
  readProperty(value: object, key: string | number): unknown
}

export class Liquid {
  constructor(options: {
    templates?: Record<string, string>
    ownPropertyOnly?: boolean
    strictFilters?: boolean
    memoryLimit?: number
    parseLimit?: number
    cache?: boolean
  })
  readonly options: object
  readonly tags: Record<string, unknown>
  readonly filters: Record<string, unknown>
  readonly renderer: {
    renderTemplates(templates: Template[], context: Context, emitter: { buffer: string; write(value: unknown): void }): IterableIterator<unknown>
  }
  parse(source: string): Template[]
  registerFilter(name: string, filter: (this: { context: { getRegister(key: string): unknown } }, value: unknown, ...args: unknown[]) => unknown): void
  globalVariableSegmentsSync(templates: Template[]): readonly (readonly unknown[])[]
}

/** Runs a rendering to its end. */
export function toValueSync(value: IterableIterator<unknown>): unknown
