/** The part of JSON Schema 2020-12 that Parley's own schemas use, and how to walk it. */

/** A schema. Only these keywords occur: `explain.ts` and `canonical.ts` know each of them, and a test refuses others. */
export interface JsonSchema {
  readonly $schema?: string
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly title?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly default?: unknown
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  /** A union. Objects in it differ by a constant key, mostly `type`. */
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly discriminator?: { readonly propertyName: string }
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly propertyNames?: JsonSchema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly items?: false | JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
}

/** The schema behind a `$ref` into `$defs` of the root. */
export function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  let current = schema
  while (current.$ref !== undefined) {
    const next = root.$defs?.[current.$ref.replace('#/$defs/', '')]
    if (!next) throw new Error(`The schema has no ${current.$ref}.`)
    current = next
  }
  return current
}

/** The branch of a union that the value most likely means: same JSON type, same constant keys, most known keys. Undefined when none has its type. */
export function pickBranch(root: JsonSchema, branches: readonly JsonSchema[], value: unknown): JsonSchema | undefined {
  let best: JsonSchema | undefined
  let bestScore = 0
  for (const branch of branches) {
    const schema = resolve(root, branch)
    const score = likeness(schema, value)
    if (score > bestScore) {
      best = schema
      bestScore = score
    }
  }
  return best
}

function likeness(schema: JsonSchema, value: unknown): number {
  if ('const' in schema) return schema.const === value ? 2 : 0
  if (schema.enum) return schema.enum.includes(value) ? 2 : typeof value === 'string' ? 0.5 : 0
  if (schema.type !== undefined && !fitsType(schema.type, value)) return 0
  if (!isObject(value)) return 1
  let score = 1
  for (const [key, entry] of Object.entries(schema.properties ?? {})) {
    if (!Object.hasOwn(value, key)) {
      if (schema.required?.includes(key)) score -= 0.01
      continue
    }
    if ('const' in entry) score += entry.const === value[key] ? 100 : -0.5
    else score += 1
  }
  return Math.max(score, 0.1)
}

/** The schema of one key of an object, or undefined for an unknown key. */
export function schemaOfKey(schema: JsonSchema, key: string): JsonSchema | undefined {
  const own = schema.properties
  if (own && Object.hasOwn(own, key)) return own[key]
  for (const [pattern, entry] of Object.entries(schema.patternProperties ?? {})) if (matches(pattern, key)) return entry
  const more = schema.additionalProperties
  if (more === false) return undefined
  return typeof more === 'object' ? more : {}
}

/** Whether a value has one of the JSON types. */
export function fitsType(type: string | readonly string[], value: unknown): boolean {
  return typeof type === 'string' ? typeOf(value) === type || (type === 'number' && typeof value === 'number') : type.some(one => fitsType(one, value))
}

/** The JSON type of a value; whole numbers are `integer`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Narrows to a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON Pointer below `at`, escaped as RFC 6901 says. */
export function below(at: string, key: string | number): string {
  return `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const compiledPatterns = new Map<string, RegExp>()

/** Whether a text matches a pattern of a schema; compiled once. */
export function matches(pattern: string, text: string): boolean {
  let compiled = compiledPatterns.get(pattern)
  if (!compiled) {
    compiled = new RegExp(pattern, 'u')
    compiledPatterns.set(pattern, compiled)
  }
  return compiled.test(text)
}
