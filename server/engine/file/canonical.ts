/** The one way to print a flow (rule 35) and the hash that names its meaning. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Flow } from './flow.ts'
import { isObject, type JsonSchema, pickBranch, resolve, schemaOfKey } from './json-schema.ts'
import { blockSchema, FLOW_SCHEMA } from './schema.ts'

/** The canonical text of a well-formed flow: the same flow always gives the same bytes. */
export function printFlow(flow: Flow): string {
  return `${print(flow, FLOW_SCHEMA, '\n')}\n`
}

/** SHA-256, in hex, over the RFC 8785 bytes of the flow without `layout` and `$schema`: moving a block or changing the order of keys keeps it. */
export function flowHash(flow: Flow): string {
  const { layout: _layout, $schema: _schema, ...meaning } = flow
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(meaning))))
}

/** JSON as RFC 8785 has it: keys in the order of their UTF-16 units, no spaces, numbers and texts as ECMAScript writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const keys = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort()
  return `{${keys.map(key => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`
}

function print(value: unknown, given: JsonSchema, indent: string): string {
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    if (value.length === 2 && value.every(entry => typeof entry === 'number')) return `[${value.map(entry => JSON.stringify(entry)).join(', ')}]`
    const schema = settle(given, value)
    const lines = value.map((entry, index) => print(entry, schema.prefixItems?.[index] ?? (schema.items || {}), deeper))
    return `[${deeper}${lines.join(`,${deeper}`)}${indent}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const schema = settle(given, value)
  const lines = keysInOrder(schema, value).map(key => `${JSON.stringify(key)}: ${print(value[key], schemaOfKey(schema, key) ?? {}, deeper)}`)
  return lines.length === 0 ? '{}' : `{${deeper}${lines.join(`,${deeper}`)}${indent}}`
}

/** The schema itself: behind references, and the branch of a union that the value means. */
function settle(given: JsonSchema, value: unknown): JsonSchema {
  const schema = resolve(FLOW_SCHEMA, given)
  const branches = schema.oneOf ?? schema.anyOf
  if (!branches) return schema
  if (schema.discriminator && isObject(value) && typeof value.type === 'string') return blockSchema(value.type) ?? {}
  const branch = pickBranch(FLOW_SCHEMA, branches, value)
  return branch ? settle(branch, value) : {}
}

/** Keys the schema names come in its order, then those of a map by code point. */
function keysInOrder(schema: JsonSchema, value: Readonly<Record<string, unknown>>): readonly string[] {
  const present = Object.keys(value).filter(key => value[key] !== undefined)
  const order = orderOf(schema)
  return present.sort((one, other) => (order.get(one) ?? order.size) - (order.get(other) ?? order.size) || compareCodePoints(one, other))
}

const orders = new WeakMap<JsonSchema, ReadonlyMap<string, number>>()
function orderOf(schema: JsonSchema): ReadonlyMap<string, number> {
  const known = orders.get(schema)
  if (known) return known
  const order = new Map(Object.keys(schema.properties ?? {}).map((key, index) => [key, index]))
  orders.set(schema, order)
  return order
}

/** Unlike `<`, which compares UTF-16 units and puts U+10000 and above before U+E000. */
function compareCodePoints(one: string, other: string): number {
  if (!/[\ud800-\uffff]/.test(one + other)) return one < other ? -1 : one > other ? 1 : 0
  const left = [...one]
  const right = [...other]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
