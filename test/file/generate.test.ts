import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { BLOCK_TYPES } from '../../server/engine/blocks/index.ts'
import { FLOW_TEST_SCHEMA } from '../../server/engine/file/flow-test.ts'
import { parseFlowTest } from '../../server/engine/file/parse-flow-test.ts'
import { FLOW_SCHEMA } from '../../server/engine/file/schema.ts'
import { validateFlow, validateFlowTest } from '../../server/engine/file/validate.gen.js'
import { findStaleFiles } from '../../server/generate.ts'

const schema = JSON.parse(readFileSync('schemas/flow.schema.json', 'utf8'))

describe('generated files', () => {
  it('rule 37: are what their sources say (else: npm run generate)', async () => {
    expect(await findStaleFiles()).toEqual([])
  })

  it('rule 37: the validator needs no require, no eval and no import', () => {
    expect(readFileSync('server/engine/file/validate.gen.js', 'utf8')).not.toMatch(/\brequire\s*\(|\bnew Function\b|\beval\s*\(|\bimport\b|\bprocess\b/)
  })

  it('the schema of flows is strict JSON Schema 2020-12 that other validators take', () => {
    const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema)
    for (const type of BLOCK_TYPES) {
      const flow = { format: 1, id: 'f', name: 'F', languages: ['en'], blocks: { a: type.example } }
      expect([type.type, validate(flow), validateFlow(flow)]).toEqual([type.type, true, true])
    }
  })

  it('the schemas use no keyword that the explanation and the printer do not know', () => {
    const known = new Set(
      '$schema $ref $defs title description examples default type const enum anyOf oneOf discriminator properties required additionalProperties patternProperties propertyNames minProperties maxProperties items prefixItems minItems maxItems uniqueItems minLength maxLength pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'.split(
        ' ',
      ),
    )
    const maps = new Set(['properties', 'patternProperties', '$defs'])
    const data = new Set(['const', 'enum', 'examples', 'default', 'discriminator', 'required', 'type'])
    const unknown: string[] = []
    const walk = (part: unknown): void => {
      if (Array.isArray(part)) return part.forEach(walk)
      if (typeof part !== 'object' || part === null) return
      for (const [keyword, value] of Object.entries(part)) {
        if (!known.has(keyword)) unknown.push(keyword)
        if (maps.has(keyword)) walk(Object.values(value))
        else if (!data.has(keyword)) walk(value)
      }
    }
    walk(FLOW_SCHEMA)
    walk(FLOW_TEST_SCHEMA)
    expect(unknown).toEqual([])
  })

  it('every setting of a block has a title and help', () => {
    for (const [name, block] of Object.entries<{ properties: Record<string, { title?: string; $ref?: string }> }>(schema.$defs)) {
      if (!name.startsWith('block_')) continue
      for (const [key, setting] of Object.entries(block.properties)) expect([name, key, Boolean(setting.title ?? setting.$ref)]).toEqual([name, key, true])
    }
  })
})

describe('a file of flow tests', () => {
  const file = (...steps: readonly unknown[]) => ({
    flow: 'support',
    tests: [{ name: 'It answers', channel: 'telegram', now: '2026-03-02T09:00:00Z', contact: { first_name: 'Ada' }, steps }],
  })

  it.each<[unknown]>([
    [{ customer: 'Hello' }],
    [{ start: 'promo' }],
    [{ press: 'prices' }],
    [{ send: { image: true, text: 'Look' } }],
    [{ send: { file: { name: 'a.pdf', size: 5 } } }],
    [{ send: { location: { latitude: 1, longitude: 2 } } }],
    [{ burst: ['a', 'b'] }],
    [{ edit: 'Hello!' }],
    [{ contact: 'blocked' }],
    [{ bot: 'Hello' }],
    [{ bot: { contains: 'order', buttons: ['Yes', 'No'] } }],
    [{ bot: { matches: '^Order \\d+' } }],
    [{ pass: '5 min' }],
    [{ until: '09:00' }],
    [{ until: '2026-03-02T09:00:00+01:00' }],
    [{ agent: 'join' }],
    [{ agent: { say: 'Hi' } }],
    [{ queue: 'nobody_on_shift' }],
    [{ queue: { position: 2 } }],
    [{ delivery_fails: 'contact' }],
    [{ expect: { block: 'ask', owner: 'queue', variables: { order: 'A1', items: ['a', 1] }, exits: ['length.too_long'], kept: 0, silent: true } }],
  ])('knows the step %j', step => {
    expect(parseFlowTest(JSON.stringify(file(step)))).toEqual({ ok: true, file: file(step) })
    expect(validateFlowTest(file(step))).toBe(true)
  })

  it.each([
    [{ custmer: 'Hello' }, '/tests/0/steps/0/custmer', 'Unknown key “custmer”. Did you mean “customer”?'],
    [{ customer: 'Hello', bot: 'Hi' }, '/tests/0/steps/0', 'Entry 1 has 2 entries; at most 1 are possible.'],
    [{ agent: 'joins' }, '/tests/0/steps/0/agent', '“joins” is not possible here. Did you mean “join”?'],
    [{ pass: 'a while' }, '/tests/0/steps/0/pass', '“pass” cannot be “a while”: write it like 10 min or 2 h.'],
    [{ expect: { onwer: 'flow' } }, '/tests/0/steps/0/expect/onwer', 'Unknown key “onwer”. Did you mean “owner”?'],
  ])('refuses the step %j', (step, at, message) => {
    expect(parseFlowTest(JSON.stringify(file(step)))).toMatchObject({ ok: false, problems: [{ at, message }] })
  })
})
