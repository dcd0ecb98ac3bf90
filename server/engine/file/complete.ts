/** What may stand at a place of a flow file: keys and values with their descriptions, for completion in an editor. */
import { isObject, type JsonSchema, pickBranch, resolve, schemaOfKey } from './json-schema.ts'
import { blockSchema, FLOW_SCHEMA } from './schema.ts'

/** Something to write. */
export interface Completion {
  /** As it is written, without quotes. */
  readonly label: string
  /** The title in the schema, or what it is. */
  readonly title: string
  readonly description: string
  /** JSON to insert: for a key with the beginning of its value. */
  readonly insert: string
}

/** Keys of the object at `path` that are not there yet, in the order of the file. `file` may be half written. */
export function completeKeys(file: unknown, path: readonly string[]): readonly Completion[] {
  const value = valueAt(file, path)
  const present = isObject(value) ? new Set(Object.keys(value)) : new Set<string>()
  const schema = schemaAt(file, path)
  const named = Object.entries(schema?.properties ?? {}).map(([key, given]) => completionOf(key, settle(given, undefined)))
  const free = path.at(-1) === 'exits' ? exitNames(schema) : []
  return [...named, ...free].filter(({ label }) => !present.has(label))
}

/** Values that may stand at `path`. */
export function completeValues(file: unknown, path: readonly string[]): readonly Completion[] {
  const [area, , key] = path
  if (area === 'blocks' && key === 'exits' && path.length === 4) return blockIds(file)
  const schema = schemaAt(file, path) ?? {}
  if (area === 'blocks' && key === 'type' && path.length === 3) return blockTypes()
  const branches = schema.anyOf ?? schema.oneOf ?? [schema]
  return branches.flatMap(given => {
    const branch = resolve(FLOW_SCHEMA, given)
    const values = branch.enum ?? ('const' in branch ? [branch.const] : branch.type === 'boolean' ? [true, false] : (branch.examples ?? []))
    return values.filter(value => typeof value !== 'object').map(value => valueToWrite(value, branch))
  })
}

function valueToWrite(value: unknown, { title = '', description = '' }: JsonSchema): Completion {
  return { label: String(value), title, description, insert: JSON.stringify(value) }
}

function completionOf(key: string, schema: JsonSchema): Completion {
  const type = typeof schema.type === 'string' ? schema.type : 'string'
  const begin = type === 'object' ? '{}' : type === 'array' ? '[]' : type === 'string' ? '""' : ''
  return { label: key, title: schema.title ?? key, description: schema.description ?? '', insert: `${JSON.stringify(key)}: ${begin}` }
}

function exitNames(schema: JsonSchema | undefined): readonly Completion[] {
  return ['next', 'else', 'timeout', 'error'].flatMap(name =>
    schema && schemaOfKey(schema, name) ? [{ label: name, title: 'Exit', description: '', insert: `${JSON.stringify(name)}: ""` }] : [],
  )
}

function blockIds(file: unknown): readonly Completion[] {
  const blocks = isObject(file) && isObject(file.blocks) ? file.blocks : {}
  return Object.entries(blocks).map(([id, block]) => {
    const label = isObject(block) && typeof block.label === 'string' ? block.label : ''
    const type = isObject(block) && typeof block.type === 'string' ? block.type : ''
    return { label: id, title: label === '' ? type : label, description: '', insert: JSON.stringify(id) }
  })
}

function blockTypes(): readonly Completion[] {
  return Object.keys(FLOW_SCHEMA.$defs ?? {}).flatMap(name => {
    if (!name.startsWith('block_')) return []
    const { title = '', description = '' } = FLOW_SCHEMA.$defs?.[name] ?? {}
    const type = name.replace('block_', '')
    return [{ label: type, title, description, insert: JSON.stringify(type) }]
  })
}

/** The schema of the value at a path; of a block the schema of its type. */
function schemaAt(file: unknown, path: readonly string[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = FLOW_SCHEMA
  let value = file
  for (const [depth, key] of path.entries()) {
    if (!schema) return undefined
    const settled: JsonSchema = settle(schema, value)
    value = isObject(value) ? value[key] : Array.isArray(value) ? value[Number(key)] : undefined
    if (depth === 1 && path[0] === 'blocks') schema = isObject(value) && typeof value.type === 'string' ? (blockSchema(value.type) ?? ANY_BLOCK) : ANY_BLOCK
    else if (settled.items || settled.prefixItems) schema = settled.prefixItems?.[Number(key)] ?? (settled.items || undefined)
    else schema = constantsOf(schema, key) ?? schemaOfKey(settled, key)
  }
  return schema && path.length > 0 ? keepUnion(schema, value) : schema
}

/** The constants that tell the branches of a union apart: all of them may be written, not only that of the present branch. */
function constantsOf(given: JsonSchema, key: string): JsonSchema | undefined {
  const schema = resolve(FLOW_SCHEMA, given)
  const found = (schema.anyOf ?? schema.oneOf ?? []).flatMap(branch => schemaOfKey(resolve(FLOW_SCHEMA, branch), key) ?? [])
  return found.length > 1 && found.every(one => 'const' in one) ? { anyOf: found } : undefined
}

/** A block whose type is not written yet. */
const ANY_BLOCK: JsonSchema = {
  properties: { type: { type: 'string', title: 'Type' }, label: { type: 'string', title: 'Name' }, note: { type: 'string', title: 'Note' } },
}

/** The branch that a value means; the union itself while there is no value, so that all of it is offered. */
function keepUnion(given: JsonSchema, value: unknown): JsonSchema {
  const schema = resolve(FLOW_SCHEMA, given)
  const isScalar = typeof value !== 'object' || value === null
  return (schema.anyOf ?? schema.oneOf) && isScalar ? schema : settle(schema, value)
}

function settle(given: JsonSchema, value: unknown): JsonSchema {
  const schema = resolve(FLOW_SCHEMA, given)
  const branches = schema.oneOf ?? schema.anyOf
  if (!branches) return schema
  const branch = (value === undefined ? undefined : pickBranch(FLOW_SCHEMA, branches, value)) ?? branches[0]
  // What the union says of itself counts, where its branch is silent.
  return branch ? { ...pick(schema), ...settle(branch, value), ...pick(schema) } : schema
}

function pick({ title, description }: JsonSchema): JsonSchema {
  return { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) }
}

function valueAt(file: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : Array.isArray(value) ? value[Number(key)] : undefined), file)
}
