/** Rows of a `condition`: a total evaluator that always has an answer and says why. */
import type { Json } from '../event.ts'
import { type LanguageTools, normalise, type Scope, type Template } from '../language/index.ts'
import type { Compiler } from './block.ts'

/** Operators, in the order of the form. */
export const OPERATORS = [
  'is',
  'is_not',
  'contains',
  'starts_with',
  'greater',
  'less',
  'at_least',
  'at_most',
  'is_set',
  'is_not_set',
  'in',
  'before',
  'after',
] as const
type Operator = (typeof OPERATORS)[number]

/** A row as it is drawn. */
export interface Row {
  readonly variable: string
  readonly operator: Operator
  readonly value?: Json
}

/** A row ready to be evaluated. */
export interface CompiledRow {
  readonly path: readonly string[]
  readonly operator: Operator
  /** The value, unless it is a template. */
  readonly value: Json
  readonly template: Template | undefined
  /** Values of sensitive variables are not named in reasons (rule 36). */
  readonly isSensitive: boolean
}

/** Whether a row holds, with the reason in words: "age is 17, needs at least 18". */
export interface Verdict {
  readonly holds: boolean
  readonly why: string
}

const NEEDS: Readonly<Record<Operator, string>> = {
  is: '',
  is_not: 'another than ',
  contains: 'to contain ',
  starts_with: 'to start with ',
  greater: 'more than ',
  less: 'less than ',
  at_least: 'at least ',
  at_most: 'at most ',
  is_set: 'a value',
  is_not_set: 'no value',
  in: 'one of ',
  before: 'before ',
  after: 'after ',
}

/** Whether the operator compares with a value. */
export function needsValue(operator: Operator): boolean {
  return operator !== 'is_set' && operator !== 'is_not_set'
}

/** Makes a row ready; texts with braces are templates. */
export function compileRow(row: Row, compiler: Compiler, at: string): CompiledRow {
  const path = row.variable.split('.')
  const [root, name = ''] = path
  const declared = root === 'vars' ? compiler.flow.variables : root === 'contact' ? compiler.flow.contact_fields : undefined
  const isTemplate = typeof row.value === 'string' && row.value.includes('{')
  return {
    path,
    operator: row.operator,
    value: row.value ?? null,
    template: isTemplate && typeof row.value === 'string' ? compiler.template(row.value, `${at}/value`) : undefined,
    isSensitive: declared?.[name]?.sensitive === true,
  }
}

/** Evaluates a row; never throws for a value of an unexpected kind, which simply does not hold. */
export function checkRow(row: CompiledRow, scope: Scope, tools: LanguageTools): Verdict {
  const actual = readPath(scope, row.path)
  const wanted = row.template ? row.template.render(scope) : row.value
  const holds = compare(actual, row.operator, wanted, time => timeOf(time, scope, tools))
  const name = row.path.at(-1) ?? ''
  const is = row.isSensitive && isSet(actual) ? `${name} has a value` : `${name} is ${shown(actual)}`
  if (holds) return { holds, why: is }
  const needs = row.isSensitive && needsValue(row.operator) ? 'another' : `${NEEDS[row.operator]}${needsValue(row.operator) ? shown(wanted) : ''}`
  return { holds, why: `${is}, needs ${needs}` }
}

function readPath(scope: Scope, path: readonly string[]): unknown {
  let value: unknown = scope
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

function compare(actual: unknown, operator: Operator, wanted: Json, readTime: (value: unknown) => string | undefined): boolean {
  switch (operator) {
    case 'is_set':
      return isSet(actual)
    case 'is_not_set':
      return !isSet(actual)
    case 'is':
      return isSame(actual, wanted)
    case 'is_not':
      return !isSame(actual, wanted)
    case 'contains':
      if (Array.isArray(actual)) return actual.some(entry => isSame(entry, wanted))
      return isSet(wanted) && textOf(actual).includes(textOf(wanted))
    case 'starts_with':
      return isSet(wanted) && textOf(actual).startsWith(textOf(wanted))
    case 'in':
      return (Array.isArray(wanted) ? wanted : String(wanted ?? '').split(',')).some(entry => isSet(entry) && isSame(actual, entry))
    case 'greater':
    case 'less':
    case 'at_least':
    case 'at_most':
      return compareNumbers(numberOf(actual), operator, numberOf(wanted))
    case 'before':
    case 'after':
      return compareTimes(readTime(actual), operator, readTime(wanted))
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** Texts are compared without case and accents; a number equals the text that writes it. Two texts are never numbers: "007" is not "7". */
function isSame(one: unknown, other: unknown): boolean {
  if (!isSet(one) || !isSet(other)) return isSet(one) === isSet(other)
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((entry, index) => isSame(entry, other[index]))
  if (typeof one === 'number' || typeof other === 'number') return numberOf(one) === numberOf(other)
  return textOf(one) === textOf(other)
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return normalise(value.map(String).join(', '))
  return isSet(value) && typeof value !== 'object' ? normalise(String(value)) : ''
}

/** NaN for what is no number, so that no comparison holds. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : Number.NaN
}

function compareNumbers(one: number, operator: 'greater' | 'less' | 'at_least' | 'at_most', other: number): boolean {
  if (operator === 'greater') return one > other
  if (operator === 'less') return one < other
  return operator === 'at_least' ? one >= other : one <= other
}

/** Local date and time in the flow's zone as sortable text, of equal length where possible; undefined for what is no time. */
function timeOf(value: unknown, { now, time_zone }: Scope, { isoIn }: LanguageTools): string | undefined {
  if (value === 'now') return isoIn(now, time_zone).slice(0, 19)
  if (value === 'today') return isoIn(now, time_zone).slice(0, 10)
  // As in templates: small figures are seconds, large ones milliseconds.
  if (typeof value === 'number') return isoIn(Math.abs(value) > 1e11 ? value : value * 1000, time_zone).slice(0, 19)
  const parts = typeof value === 'string' ? /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?\s*$/.exec(value) : null
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second = '00', offset] = parts
  if (hour === undefined) return `${year}-${month}-${day}`
  if (offset === undefined) return `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  return isoIn(utc - offsetMinutes(offset) * 60_000, time_zone).slice(0, 19)
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return offset.startsWith('-') ? -minutes : minutes
}

/** A day and a moment are compared by day: a moment of that day is neither before nor after it. */
function compareTimes(one: string | undefined, operator: 'before' | 'after', other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  const length = Math.min(one.length, other.length)
  return operator === 'before' ? one.slice(0, length) < other.slice(0, length) : one.slice(0, length) > other.slice(0, length)
}

function shown(value: unknown): string {
  if (!isSet(value)) return 'empty'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`
  return typeof value === 'object' ? 'a value' : String(value)
}
