/** Random flows for property tests, made from the settings of every block type: a new type takes part by being in the list. */
import fc from 'fast-check'
import type { BlockType } from '../../server/engine/blocks/block.ts'
import { BLOCK_TYPES } from '../../server/engine/blocks/index.ts'
import { compileFlow } from '../../server/engine/file/compile.ts'
import type { Block, Flow, VariableDeclaration } from '../../server/engine/file/flow.ts'
import { isObject, type JsonSchema, resolve } from '../../server/engine/file/json-schema.ts'
import { blockSchema, FLOW_SCHEMA } from '../../server/engine/file/schema.ts'
import { lintFlow } from '../../server/engine/lint/index.ts'

const ids = fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/).filter(id => id !== 'constructor' && id !== 'prototype')

/** Texts that tend to break printers, parsers and counters. No half characters and no NUL: files refuse both. */
export const oddTexts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).map(text => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '')),
  fc.constantFrom(
    '',
    ' ',
    '\u2028 \u2029',
    '"\\/\b\f\n\r\t',
    'e\u0301 \u00e9',
    '👩‍👩‍👧‍👦 🏳️‍🌈',
    'שלום عالم',
    '\ufeff',
    '\u{10ffff}\uffff',
    '__proto__',
    '{{ vars.number }}',
    '{{ broken',
    '< ]]> &amp;',
  ),
)

const languageCodes = fc.constantFrom('en', 'de', 'pt-BR', 'zh-Hant')
const plainTexts = fc.constantFrom(
  'Hello!',
  'Hi {{ contact.first_name | default: "there" }}.',
  'You wrote {{ message.text }}',
  'Order {{ vars.word }}: {{ vars.number | plus: 1 }}',
  'Ünïcödé 🎉',
  'agent',
  'price list',
)
const patterns = ['^[A-Z]{2}\\d{6}$', 'order', '(?i)help']

/** Variables that every random flow declares; settings called `variable` name one of them. */
const VARIABLES: Readonly<Record<string, VariableDeclaration>> = {
  word: { type: 'text' },
  number: { type: 'number', default: 0 },
  yes: { type: 'boolean' },
  day: { type: 'date', sensitive: true },
  several: { type: 'list', default: ['a', 1, true, null] },
  // Those of the block types' examples.
  order_number: { type: 'text' },
  first_name: { type: 'text' },
  urgent: { type: 'boolean' },
  amount: { type: 'number' },
  age: { type: 'number' },
  rating: { type: 'number' },
}
const INTENTS = {
  delivery: { phrases: { en: ['when does it come', 'delivery time', 'where is my parcel'] } },
  prices: { phrases: { en: ['how much is it', 'price list', 'what does it cost'] } },
  human: { phrases: { en: ['talk to a person', 'agent please'], de: ['ich will einen Menschen'] } },
}

/** Which values a generated setting may have. */
interface Taste {
  readonly texts: fc.Arbitrary<string>
  readonly id: fc.Arbitrary<string>
}

/** A value that a schema of a block allows. */
function anyValue(given: JsonSchema, key: string, taste: Taste): fc.Arbitrary<unknown> {
  const schema = resolve(FLOW_SCHEMA, given)
  const branches = schema.oneOf ?? schema.anyOf
  if (branches) return fc.oneof(...branches.map(branch => anyValue(branch, key, taste)))
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? 'string')
  switch (type) {
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'integer':
      return numberIn(schema, 1)
    case 'number':
      return fc.oneof(numberIn(schema, 1), numberIn(schema, 0.25))
    case 'string':
      return stringOf(schema, key, taste)
    case 'array':
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(entry => anyValue(entry, key, taste)))
      return fc.uniqueArray(anyValue(schema.items || {}, key, taste), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, 3),
        ...(schema.uniqueItems ? { selector: JSON.stringify } : { comparator: () => false }),
      })
    default:
      return objectOf(schema, taste)
  }
}

function numberIn({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema, step: number): fc.Arbitrary<number> {
  const least = minimum ?? (exclusiveMinimum === undefined ? -1000 : exclusiveMinimum + step)
  const most = maximum ?? (exclusiveMaximum === undefined ? least + 2000 : exclusiveMaximum - step)
  return fc.integer({ min: Math.ceil(least / step), max: Math.floor(most / step) }).map(count => count * step)
}

function stringOf(schema: JsonSchema, key: string, taste: Taste): fc.Arbitrary<string> {
  const names = Object.keys(VARIABLES)
  if (key === 'variable')
    return schema.pattern === undefined ? fc.constantFrom('contact.language', 'message.text', ...names.map(name => `vars.${name}`)) : fc.constantFrom(...names)
  if (key === 'intents') return fc.constantFrom(...Object.keys(INTENTS))
  if (key === 'pattern' || key === 'patterns') return fc.constantFrom(...patterns)
  const { pattern, examples, minLength = 0, maxLength = 20_000 } = schema
  if (pattern === undefined) return taste.texts.filter(text => text.length >= minLength && [...text].length <= maxLength)
  const fits = new RegExp(pattern, 'u')
  const known = (examples ?? []).filter(example => typeof example === 'string')
  if (known.length > 0) return fc.constantFrom(...known)
  if (fits.test('word') && !fits.test('Word')) return taste.id.filter(id => fits.test(id))
  return fc.stringMatching(fits).filter(text => fits.test(text))
}

function objectOf(schema: JsonSchema, taste: Taste): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(schema.properties ?? {})
  if (entries.length > 0) {
    const shape = Object.fromEntries(entries.map(([key, entry]) => [key, anyValue(entry, key, taste)]))
    return fc.record(shape, { requiredKeys: (schema.required ?? []).filter(key => key in shape) }).map(object => ({ ...object }))
  }
  const [map] = Object.values(schema.patternProperties ?? {})
  const entry = map ?? (isObject(schema.additionalProperties) ? schema.additionalProperties : {})
  const pattern = Object.keys(schema.patternProperties ?? {})[0] ?? schema.propertyNames?.pattern ?? ''
  const names = new RegExp(pattern, 'u').test('pt-BR') ? languageCodes : fc.constantFrom(...Object.keys(VARIABLES))
  return fc.dictionary(names, anyValue(entry, '', taste), { maxKeys: 3 }).map(object => ({ ...object }))
}

function settingsOf(type: BlockType, taste: Taste): fc.Arbitrary<Record<string, unknown>> {
  const schema = blockSchema(type.type)
  const { exits: _exits, label: _label, note: _note, ...properties } = schema?.properties ?? {}
  return objectOf({ ...schema, properties }, taste)
}

/** Any well-formed flow: every state that the forms can produce, odd texts and dangling connections included (rule 33). */
export function randomFlow(): fc.Arbitrary<Flow> {
  const taste: Taste = { texts: oddTexts, id: ids }
  const block = fc.constantFrom(...BLOCK_TYPES).chain(type =>
    fc.record({
      settings: settingsOf(type, taste),
      label: fc.option(oddTexts, { nil: undefined }),
      note: fc.option(oddTexts, { nil: undefined }),
      exits: fc.option(fc.dictionary(ids, ids, { maxKeys: 4 }), { nil: undefined }),
    }),
  )
  const place = fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.double({ min: -5000, max: 5000, noNaN: true }))
  const onCanvas = fc.dictionary(ids, fc.record({ text: oddTexts, at: place, size: place }, { requiredKeys: ['text', 'at'] }), { maxKeys: 2 })
  return fc
    .record({
      id: ids,
      name: oddTexts.map(text => `Flow ${text}`),
      note: fc.option(oddTexts, { nil: undefined }),
      languages: fc.uniqueArray(languageCodes, { minLength: 1 }),
      blocks: fc.dictionary(ids, block, { maxKeys: 8 }),
      frames: onCanvas,
      places: fc.dictionary(ids, place, { maxKeys: 8 }),
    })
    .map(({ id, name, note, languages, blocks, frames, places }) =>
      plain({
        blocks: Object.fromEntries(
          Object.entries(blocks).map(([block, { settings, label, note: aside, exits }]) => [block, { exits, ...settings, note: aside, label }]),
        ),
        layout: { ...places, $frames: frames },
        format: 1,
        id,
        name,
        note,
        languages,
        variables: VARIABLES,
        intents: INTENTS,
      }),
    )
}

/** What a runnable flow should be like. */
export interface RunnableOptions {
  /** Types to choose from besides `start`; all by default. */
  readonly types?: readonly string[]
  readonly most_blocks?: number
  /** Without loops that never wait, so that no guard has to strike. Default true. */
  readonly without_endless_loops?: boolean
}

/** A flow that compiles and has a start and every exit connected to a block that exists. Lint finds at most warnings (loops that never wait apart, if they are allowed). */
export function runnableFlow(options: RunnableOptions = {}): fc.Arbitrary<Flow> {
  const taste: Taste = { texts: plainTexts, id: fc.constantFrom('one', 'two', 'three', 'four', 'five', 'six') }
  const types = BLOCK_TYPES.filter(type => !SINGLE.has(type.type) && (options.types?.includes(type.type) ?? true))
  const drawn = fc.constantFrom(...types).chain(type => settingsOf(type, taste).map(settings => ({ type, settings })))
  const extra = fc.subarray(BLOCK_TYPES.filter(type => type.type !== 'start' && SINGLE.has(type.type) && (options.types?.includes(type.type) ?? true)))
  return fc
    .tuple(fc.array(drawn, { minLength: 1, maxLength: options.most_blocks ?? 12 }), extra, fc.array(fc.nat(), { minLength: 97, maxLength: 97 }))
    .map(([blocks, singles, turns]) => connect([...blocks, ...singles.map(type => ({ type, settings: { ...type.example } }))], turns))
    .filter(flow => compileFlow(flow, { version: 1, hash: '' }).ok)
    .filter(flow => (options.without_endless_loops ?? true) === false || !lintFlow(flow, { channels: [] }).some(problem => problem.code === 'loop_never_waits'))
}

const SINGLE: ReadonlySet<string> = new Set(['start', 'on_inactivity'])

function connect(drawn: readonly { readonly type: BlockType; readonly settings: Record<string, unknown> }[], turns: readonly number[]): Flow {
  const start = BLOCK_TYPES.find(type => type.type === 'start')
  const named = [...(start ? [{ type: start, settings: { type: 'start' } }] : []), ...drawn].map(({ type, settings }, index) => ({
    id: index === 0 ? 'start' : `b${index}`,
    type,
    settings,
  }))
  // Entries are entered by what happens, not by a connection.
  const targets = named.filter(({ type }) => !type.entry).map(({ id }) => id)
  const bare = plain({
    format: 1,
    id: 'random',
    name: 'Random',
    languages: ['en', 'de'],
    variables: VARIABLES,
    intents: INTENTS,
    blocks: Object.fromEntries(named.map(({ id, settings }) => [id, settings])),
  })
  let turn = 0
  const blocks = named.map(({ id, type, settings }): [string, Block] => {
    const wanted = plainBlock(settings)
    // A setting that lint calls an error (no text, an id twice) cannot run; the type's own example always can.
    const block = runs(wanted, bare) ? wanted : plainBlock(type.example)
    const exits = Object.fromEntries(
      targets.length === 0 ? [] : type.exits(block).map(exit => [exit.name, targets[(turns[turn++ % turns.length] ?? 0) % targets.length] ?? id]),
    )
    return [id, { ...block, exits }]
  })
  return { ...bare, blocks: Object.fromEntries(blocks) }
}

/** What only a whole flow can have. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set(['unconnected_exit', 'no_start'])

function runs(block: Block, flow: Flow): boolean {
  const alone = { ...flow, blocks: { block } }
  if (lintFlow(alone, { channels: [] }).some(found => found.severity === 'error' && !OF_THE_WHOLE.has(found.code))) return false
  return compileFlow(alone, { version: 1, hash: '' }).ok
}

/** As JSON has it: no undefined, no odd prototypes, no negative zero. */
function plain(flow: object): Flow {
  return JSON.parse(JSON.stringify(flow))
}

function plainBlock(settings: object): Block {
  const { exits: _exits, ...block }: Block = JSON.parse(JSON.stringify(settings))
  return block
}
