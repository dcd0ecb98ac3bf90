/** Settings by JSON Pointer: a field names its place in the block, and nothing else about the block. */
import { blockTypeOf, type JsonSchema } from '../../../server/engine/index.ts'

/** The value at a place; undefined when there is none. */
export function valueAt(root: unknown, at: string): unknown {
  let value = root
  for (const key of keysOf(at)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** A copy with another value at a place. `undefined` removes a key, or an entry of a list; objects on the way are made. */
export function withValue<T>(root: T, at: string, value: unknown): T {
  // The shape is what the schema says: fields only write what their schema takes.
  return put(root, keysOf(at), value) as T
}

/** The schema of a setting of a block type; an empty one when there is none. */
export function schemaAt(type: string, at: string): JsonSchema {
  let schema: JsonSchema | undefined = blockTypeOf(type)?.schema
  for (const key of keysOf(at)) schema = schema && below(schema, key)
  return schema ?? {}
}

/** Whether a setting may not be left out. */
export function isNeeded(type: string, at: string): boolean {
  const parent = at.slice(0, at.lastIndexOf('/'))
  return schemaAt(type, parent).required?.includes(at.slice(parent.length + 1)) === true
}

function keysOf(at: string): readonly string[] {
  return at === '' ? [] : at.slice(1).split('/')
}

function put(root: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(root)) {
    const index = Number(key)
    if (rest.length === 0 && value === undefined) return root.filter((_, place) => place !== index)
    return root.length === index ? [...root, put(undefined, rest, value)] : root.map((entry, place) => (place === index ? put(entry, rest, value) : entry))
  }
  const object: Readonly<Record<string, unknown>> = typeof root === 'object' && root !== null ? { ...root } : {}
  const next = put(object[key], rest, value)
  const { [key]: _old, ...others } = object
  return next === undefined ? others : { ...object, [key]: next }
}

function below(schema: JsonSchema, key: string): JsonSchema | undefined {
  const own = schema.properties?.[key]
  if (own) return own
  if (/^\d+$/.test(key) && schema.items) return schema.items
  for (const branch of schema.anyOf ?? []) {
    const found = below(branch, key)
    if (found) return found
  }
  return Object.values(schema.patternProperties ?? {})[0]
}
