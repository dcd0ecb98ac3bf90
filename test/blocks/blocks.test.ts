import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { BLOCK_TYPES, blockTypeOf } from '../../server/engine/blocks/index.ts'
import { compileFlow } from '../../server/engine/file/compile.ts'
import type { BlockType, Flow, Problem } from '../../server/engine/index.ts'
import { createRuntime, flowAround, playRow, type Row } from './row.ts'

/** A row that lints instead of running: `code at` of what the block's own lint finds, in order; warnings say so. */
interface LintRow extends Pick<Row, 'name' | 'block' | 'flow'> {
  readonly problems: readonly string[]
}

const tableOf = (type: string) => new URL(`./${type}.json`, import.meta.url)

/** Tables are written by hand for this runner: their shape is the rows' own test. */
function readTable(type: string): readonly (Row | LintRow)[] {
  return JSON.parse(readFileSync(tableOf(type), 'utf8'))
}

/** What the examples name. */
const EXAMPLES: Partial<Flow> = {
  languages: ['en', 'de'],
  variables: {
    order_number: { type: 'text' },
    urgent: { type: 'boolean' },
    first_name: { type: 'text' },
    amount: { type: 'number' },
    age: { type: 'number' },
    rating: { type: 'number' },
  },
  intents: { prices: { phrases: { en: ['how much is it'] } }, delivery: { phrases: { en: ['when will it arrive'] } } },
}

const ajv = new Ajv2020({ strict: true, strictTypes: false })

describe.each(BLOCK_TYPES.map(type => [type.type, type] as const))('%s', (name, type) => {
  it('has a table', () => expect(existsSync(tableOf(name)), `test/blocks/${name}.json is missing`).toBe(true))

  for (const row of existsSync(tableOf(name)) ? readTable(name) : []) {
    it(row.name, () => {
      expect(settingsErrors(type, row.block)).toEqual([])
      if ('problems' in row) expect(lint(type, row)).toEqual(row.problems)
      else check(row)
    })
  }

  it('has an example that fits its schema and runs to a wait or an end', () => {
    const { exits: _exits, ...example } = type.example
    expect(settingsErrors(type, example)).toEqual([])
    expect(lint(type, { name, block: example, flow: EXAMPLES }).filter(problem => !problem.startsWith('warning: wait_without_timeout'))).toEqual([])
    const runtime = createRuntime({ name, block: example, flow: EXAMPLES })
    const handled = [
      ...runtime.receive({ type: 'conversation_started' }),
      ...runtime.receive({ type: 'message_received', message: { id: 'm1', text: 'Hello, what is the price?' } }),
      ...runtime.pass(3 * 86_400_000),
    ]
    const failures = handled.flatMap(entry => entry.trace).filter(line => line.kind === 'failed' && name !== 'return')
    expect(failures).toEqual([])
  })

  it('connects in its example only exits that it has', () => {
    const names = type.exits(type.example).map(exit => exit.name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(type.example.exits ?? {})))
    expect(new Set(names).size).toBe(names.length)
    for (const exit of names) expect(exit).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
  })

  it('says what it does and what each setting is for', () => {
    expect(type.title).not.toBe('')
    expect(type.purpose).toMatch(/\.$/)
    expect(undescribed(type.schema, '')).toEqual([])
  })
})

describe('the list of block types', () => {
  it('finds a type by its name', () => {
    expect(blockTypeOf('menu')?.title).toBe('Menu')
    expect(blockTypeOf('no_such_type')).toBeUndefined()
    expect(blockTypeOf('constructor')).toBeUndefined()
  })

  it('rule 33: every type with nothing filled in is well-formed, compiles and lints', () => {
    for (const type of BLOCK_TYPES) {
      const block = { type: type.type, ...emptySettings(type) }
      expect(settingsErrors(type, block), type.type).toEqual([])
      const compiled = compileFlow(flowAround({ block }), { version: 1, hash: '' })
      expect(compiled.ok, type.type).toBe(true)
      expect(() => lint(type, { name: type.type, block })).not.toThrow()
    }
  })
})

function check(row: Row): void {
  const result = playRow(row)
  const {
    name: _name,
    block: _block,
    event: _event,
    resume: _resume,
    flow: _flow,
    contact: _contact,
    channel: _channel,
    now: _now,
    queue: _queue,
    sets,
    sends,
    calls,
    ...expected
  } = row
  const keys = Object.keys(expected) as (keyof typeof expected)[]
  expect(Object.keys(row).length, 'a row has to expect something').toBeGreaterThan(2)
  expect(Object.fromEntries(keys.map(key => [key, result[key]]))).toEqual(expected)
  if (sends) expect(result.sends).toMatchObject(sends)
  if (calls) expect(result.calls).toMatchObject(calls)
  for (const [path, value] of Object.entries(sets ?? {})) expect(result.sets(path) ?? null, path).toEqual(value)
}

function settingsErrors(type: BlockType, block: object): readonly string[] {
  const { type: _type, exits: _exits, ...settings } = { type: '', exits: {}, ...block }
  const validate = ajv.compile(type.schema)
  return validate(settings) ? [] : (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`)
}

function lint(type: BlockType, row: Pick<Row, 'name' | 'block' | 'flow'>): readonly string[] {
  const flow = flowAround(row)
  const problem = (code: string, severity: Problem['severity'], at: string, message: string, hint?: string): Problem => {
    expect(message).toMatch(/^[A-Z“].*\.$/)
    expect(hint ?? 'Fine.').toMatch(/\.$/)
    return { code, severity, at, message, ...(hint === undefined ? {} : { hint }) }
  }
  const counts = new Map<string, number>()
  for (const block of Object.values(flow.blocks)) counts.set(block.type, (counts.get(block.type) ?? 0) + 1)
  return (type.lint?.(row.block, { flow, counts, channels: [], problem }) ?? []).map(({ code, severity, at }) =>
    `${severity === 'warning' ? 'warning: ' : ''}${code} ${at}`.trim(),
  )
}

interface Described {
  readonly title?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Described>>
  readonly items?: Described
  readonly anyOf?: readonly Described[]
}

/** Paths of settings without a title or a description. */
function undescribed(schema: Described, at: string): readonly string[] {
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, setting]) => [
      ...(setting.title && setting.description ? [] : [`${at}/${key}`]),
      ...undescribed(setting, `${at}/${key}`),
    ]),
    ...(schema.items ? undescribed(schema.items, `${at}/items`) : []),
    ...(schema.anyOf ?? []).flatMap(branch => undescribed(branch, at)),
  ]
}

/** Every required setting as an empty form has it. */
function emptySettings(type: BlockType): Record<string, unknown> {
  const schema: { required?: readonly string[]; properties?: Readonly<Record<string, { type?: string; anyOf?: readonly { type?: string }[] }>> } = type.schema
  return Object.fromEntries((schema.required ?? []).map(key => [key, key === 'after' ? '30 min' : emptyOf(schema.properties?.[key])]))
}

function emptyOf(setting: { type?: string; anyOf?: readonly { type?: string }[] } | undefined): unknown {
  const type = setting?.type ?? setting?.anyOf?.[0]?.type
  return type === 'array' ? [] : type === 'string' ? '' : 0
}
