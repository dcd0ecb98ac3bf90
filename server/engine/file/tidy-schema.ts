/** Makes a block's settings, written with TypeBox, part of the flow schema: one way to say each thing, and everything bounded. */
import { isObject, type JsonSchema } from './json-schema.ts'

const MOST_TEXT = 20_000
const MOST_ENTRIES = 500

/**
 * A plain copy: a choice of constants is an `enum`, a pair has `prefixItems`, a map refuses keys of another pattern,
 * and texts, lists and maps without a limit get the file's.
 */
export function tidySchema(schema: unknown): JsonSchema {
  // TypeBox keeps notes of its own beside the keywords, as hidden properties; JSON leaves them behind.
  const plain: unknown = JSON.parse(JSON.stringify(schema))
  return tidy(plain)
}

/** Replaces parts that equal a shared schema, apart from titles, by a reference to it in `$defs`. */
export function shareSchemas(schema: JsonSchema, shared: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const names = new Map(Object.entries(shared).map(([name, entry]) => [meaningOf(entry), name]))
  const share = (part: JsonSchema): JsonSchema => {
    const name = part.anyOf ? names.get(meaningOf(part)) : undefined
    if (name !== undefined) return { ...wordsOf(part), $ref: `#/$defs/${name}` }
    return {
      ...part,
      ...(part.anyOf ? { anyOf: part.anyOf.map(share) } : {}),
      ...(part.items ? { items: share(part.items) } : {}),
      ...(part.properties ? { properties: Object.fromEntries(Object.entries(part.properties).map(([key, entry]) => [key, share(entry)])) } : {}),
    }
  }
  return share(schema)
}

function meaningOf(schema: JsonSchema): string {
  const { title: _title, description: _description, ...meaning } = schema
  return JSON.stringify(meaning)
}

function wordsOf({ title, description }: JsonSchema): JsonSchema {
  return { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) }
}

function tidy(schema: unknown): JsonSchema {
  if (!isObject(schema)) throw new Error(`A schema is expected, not ${JSON.stringify(schema)}.`)
  const out: Record<string, unknown> = { ...schema }
  const choices = constantsOf(schema.anyOf)
  if (choices) {
    delete out.anyOf
    out.enum = choices
  } else if (Array.isArray(schema.anyOf)) out.anyOf = schema.anyOf.map(tidy)
  if (Array.isArray(schema.items)) {
    out.prefixItems = schema.items.map(tidy)
    out.items = false
    delete out.additionalItems
  } else if (isObject(schema.items)) out.items = tidy(schema.items)
  if (isObject(schema.properties)) out.properties = tidyEach(schema.properties)
  if (isObject(schema.patternProperties)) out.patternProperties = tidyEach(schema.patternProperties)
  if (isObject(schema.additionalProperties)) out.additionalProperties = tidy(schema.additionalProperties)
  if ('const' in out) delete out.type
  return bound(out)
}

function tidyEach(schemas: Readonly<Record<string, unknown>>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemas).map(([key, entry]) => [key, tidy(entry)]))
}

function bound(schema: Record<string, unknown>): JsonSchema {
  if (schema.type === 'string' && !schema.enum) schema.maxLength ??= MOST_TEXT
  if (schema.type === 'array' && !schema.prefixItems) schema.maxItems ??= MOST_ENTRIES
  if (schema.type === 'object') {
    schema.additionalProperties ??= false
    if (schema.patternProperties || schema.additionalProperties !== false) schema.maxProperties ??= MOST_ENTRIES
  }
  return schema
}

function constantsOf(branches: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(branches) || branches.length === 0) return undefined
  const constants = branches.map(branch => (isObject(branch) && 'const' in branch ? branch.const : undefined))
  return constants.includes(undefined) ? undefined : constants
}
