/**
 * Says what is wrong with a value, in sentences, once the validator has refused it. The validator only answers yes or no and is fast;
 * this walk knows which branch of a union was meant, so that a wrong block is told about the keys of its own type and of no other.
 */
import type { Problem } from '../errors.ts'
import { below, fitsType, isObject, type JsonSchema, matches, pickBranch, resolve, schemaOfKey, typeOf } from './json-schema.ts'
import { didYouMean } from './nearest.ts'

/** More problems than these help nobody. */
const MOST_PROBLEMS = 100

/** Every mistake of a value, in its own order. Empty exactly when the value is valid. */
export function explain(schema: JsonSchema, value: unknown): readonly Problem[] {
  const walk: Walk = { root: schema, problems: [] }
  visit(walk, schema, value, '')
  return walk.problems
}

interface Walk {
  readonly root: JsonSchema
  readonly problems: Problem[]
}

function visit(walk: Walk, given: JsonSchema, value: unknown, at: string): void {
  if (walk.problems.length >= MOST_PROBLEMS) return
  const schema = resolve(walk.root, given)
  const branches = schema.oneOf ?? schema.anyOf
  if (branches) return visitUnion(walk, schema, branches, value, at)
  if ('const' in schema && schema.const !== value) return say(walk, 'wrong_value', at, `${nameOf(at)} must be ${show(schema.const)}, not ${show(value)}.`)
  if (schema.enum && !schema.enum.includes(value)) return sayChoice(walk, at, value, schema.enum)
  if (schema.type !== undefined && !fitsType(schema.type, value))
    return say(walk, 'wrong_type', at, `${nameOf(at)} must be ${wanted(walk.root, schema)}, not ${show(value)}.`)
  if (typeof value === 'string') visitText(walk, schema, value, at)
  else if (typeof value === 'number') visitNumber(walk, schema, value, at)
  else if (Array.isArray(value)) visitList(walk, schema, value, at)
  else if (isObject(value)) visitObject(walk, schema, value, at)
}

function visitUnion(walk: Walk, schema: JsonSchema, branches: readonly JsonSchema[], value: unknown, at: string): void {
  const tag = tagOf(walk.root, branches)
  if (tag !== undefined && isObject(value)) {
    const known = branches.map(branch => resolve(walk.root, branch).properties?.[tag]?.const)
    if (!Object.hasOwn(value, tag)) return say(walk, 'missing_key', at, `${nameOf(at)} needs “${tag}”, one of: ${known.join(', ')}.`)
    if (!known.includes(value[tag])) return sayChoice(walk, below(at, tag), value[tag], known)
  }
  const branch = pickBranch(walk.root, branches, value)
  if (branch) visit(walk, branch, value, at)
  else say(walk, 'wrong_type', at, `${nameOf(at)} must be ${wanted(walk.root, schema)}, not ${show(value)}.`)
}

/** The key whose constant tells the branches apart. */
function tagOf(root: JsonSchema, branches: readonly JsonSchema[]): string | undefined {
  const [first, ...rest] = branches.map(branch => resolve(root, branch).properties ?? {})
  return Object.keys(first ?? {}).find(key => [first, ...rest].every(properties => properties?.[key] !== undefined && 'const' in properties[key]))
}

function visitObject(walk: Walk, schema: JsonSchema, value: Readonly<Record<string, unknown>>, at: string): void {
  const keys = Object.keys(value)
  const known = Object.keys(schema.properties ?? {})
  const unknown = keys.filter(key => schemaOfKey(schema, key) === undefined)
  for (const key of schema.required ?? []) {
    if (Object.hasOwn(value, key)) continue
    // A misspelt key is told once, as what it is.
    if (unknown.some(other => didYouMean(other, [key]) !== '')) continue
    say(walk, 'missing_key', at, `${nameOf(at)} needs “${key}”.`)
  }
  if (schema.maxProperties !== undefined && keys.length > schema.maxProperties)
    say(walk, 'too_many', at, `${nameOf(at)} has ${count(keys.length)} entries; at most ${count(schema.maxProperties)} are possible.`)
  if (schema.minProperties !== undefined && keys.length < schema.minProperties)
    say(walk, 'too_few', at, `${nameOf(at)} needs at least ${count(schema.minProperties)} entries.`)
  for (const key of keys) {
    const place = below(at, key)
    const entry = schemaOfKey(schema, key)
    const pattern = schema.propertyNames?.pattern ?? (entry === undefined && known.length === 0 ? Object.keys(schema.patternProperties ?? {})[0] : undefined)
    if (pattern !== undefined && !matches(pattern, key)) say(walk, 'wrong_name', place, `“${cut(key)}” cannot be used as a name: ${rule(pattern)}.`)
    else if (entry === undefined) {
      const free = known.filter(other => !Object.hasOwn(value, other))
      const near = didYouMean(key, free)
      say(walk, 'unknown_key', place, `Unknown key “${cut(key)}”.${near}`, near === '' && known.length > 0 ? `Known keys: ${known.join(', ')}.` : undefined)
    } else visit(walk, entry, value[key], place)
  }
}

function visitList(walk: Walk, schema: JsonSchema, value: readonly unknown[], at: string): void {
  const pair = schema.prefixItems
  if (pair && (value.length < (schema.minItems ?? 0) || (schema.items === false && value.length > pair.length)))
    return say(walk, 'wrong_length', at, `${nameOf(at)} must have exactly ${count(pair.length)} entries, not ${count(value.length)}.`)
  if (schema.maxItems !== undefined && value.length > schema.maxItems)
    say(walk, 'too_many', at, `${nameOf(at)} has ${count(value.length)} entries; at most ${count(schema.maxItems)} are possible.`)
  if (schema.minItems !== undefined && value.length < schema.minItems)
    say(walk, 'too_few', at, `${nameOf(at)} needs at least ${count(schema.minItems)} ${schema.minItems === 1 ? 'entry' : 'entries'}.`)
  if (schema.uniqueItems) {
    const seen = new Set<string>()
    value.forEach((entry, index) => {
      const text = JSON.stringify(entry)
      if (seen.has(text)) say(walk, 'double', below(at, index), `${nameOf(at)} holds ${show(entry)} twice.`)
      seen.add(text)
    })
  }
  value.forEach((entry, index) => {
    const entrySchema = pair?.[index] ?? schema.items
    if (entrySchema) visit(walk, entrySchema, entry, below(at, index))
  })
}

function visitText(walk: Walk, schema: JsonSchema, value: string, at: string): void {
  // JSON Schema counts code points.
  const length = value.length > (schema.maxLength ?? Number.POSITIVE_INFINITY) || schema.minLength !== undefined ? [...value].length : 0
  if (schema.maxLength !== undefined && length > schema.maxLength)
    say(walk, 'too_long', at, `${nameOf(at)} has ${count(length)} characters; at most ${count(schema.maxLength)} are possible.`)
  if (schema.minLength !== undefined && length < schema.minLength)
    say(
      walk,
      'too_short',
      at,
      schema.minLength === 1 ? `${nameOf(at)} must not be empty.` : `${nameOf(at)} needs at least ${count(schema.minLength)} characters.`,
    )
  if (schema.pattern !== undefined && !matches(schema.pattern, value))
    say(walk, 'wrong_form', at, `${nameOf(at)} cannot be ${show(value)}: ${rule(schema.pattern, schema.examples)}.`)
}

function visitNumber(walk: Walk, schema: JsonSchema, value: number, at: string): void {
  const { minimum: least, maximum: most, exclusiveMinimum: above, exclusiveMaximum: under, multipleOf: step } = schema
  if (least !== undefined && value < least) say(walk, 'too_small', at, `${nameOf(at)} must be at least ${count(least)}, not ${value}.`)
  if (most !== undefined && value > most) say(walk, 'too_large', at, `${nameOf(at)} must be at most ${count(most)}, not ${value}.`)
  if (above !== undefined && value <= above) say(walk, 'too_small', at, `${nameOf(at)} must be above ${count(above)}, not ${value}.`)
  if (under !== undefined && value >= under) say(walk, 'too_large', at, `${nameOf(at)} must be below ${count(under)}, not ${value}.`)
  if (step !== undefined && !Number.isInteger(value / step)) say(walk, 'wrong_step', at, `${nameOf(at)} must be a multiple of ${count(step)}, not ${value}.`)
}

function sayChoice(walk: Walk, at: string, value: unknown, known: readonly unknown[]): void {
  const near = typeof value === 'string' ? didYouMean(value, known.map(String)) : ''
  const what = at.endsWith('/type') && at.split('/').length === 4 && at.startsWith('/blocks/') ? 'is no block type' : 'is not possible here'
  const code = what === 'is no block type' ? 'unknown_type' : 'wrong_value'
  say(walk, code, at, `${show(value)} ${what}.${near}`, `Possible: ${known.map(entry => (typeof entry === 'string' ? entry : show(entry))).join(', ')}.`)
}

function say(walk: Walk, code: string, at: string, message: string, hint?: string): void {
  const [, area, block] = at.split('/')
  const named = area === 'blocks' && block !== undefined ? { block } : {}
  walk.problems.push({ code, severity: 'error', at, ...named, message, ...(hint === undefined ? {} : { hint }) })
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  null: 'null',
}

function wanted(root: JsonSchema, schema: JsonSchema): string {
  const branches = schema.oneOf ?? schema.anyOf
  const parts = branches
    ? branches.map(branch => wanted(root, resolve(root, branch)))
    : schema.enum
      ? schema.enum.map(show)
      : 'const' in schema
        ? [show(schema.const)]
        : [schema.type ?? []].flat().map(type => TYPES[type] ?? type)
  const unique = [...new Set(parts)]
  return unique.length > 1 ? `${unique.slice(0, -1).join(', ')} or ${unique.at(-1)}` : (unique[0] ?? 'something else')
}

function nameOf(at: string): string {
  const key = at.slice(at.lastIndexOf('/') + 1)
  if (at === '') return 'The file'
  return /^\d+$/.test(key) ? `Entry ${Number(key) + 1}` : `“${cut(key.replaceAll('~1', '/').replaceAll('~0', '~'))}”`
}

function rule(pattern: string, examples?: readonly unknown[]): string {
  const known = RULES.find(entry => entry.pattern === pattern)
  if (known) return known.says
  return examples?.length ? `write it like ${examples.map(example => String(example)).join(' or ')}` : `it has to match ${pattern}`
}

const RULES: readonly { readonly pattern: string; readonly says: string }[] = [
  { pattern: '^[a-z][a-z0-9_]{0,39}$', says: 'use up to 40 small letters, figures and _, beginning with a letter' },
  { pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', says: 'write a language as en, de or pt-BR' },
]

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isObject(value)) return 'an object'
  return typeof value === 'string' ? `“${cut(value)}”` : typeOf(value) === 'null' ? 'null' : String(value)
}

function cut(text: string): string {
  return text.length > 60 ? `${[...text].slice(0, 59).join('')}…` : text
}

function count(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : String(value)
}
