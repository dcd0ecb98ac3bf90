import { expect, test } from 'vitest'
import { rankTypes } from '../../../designer/canvas/rank-types.ts'
import { readBlock, searchFlow } from '../../../designer/canvas/search.ts'
import { drawnFlow, SMALL } from '../../helpers/drawing.ts'

const rows = [
  { query: 'topic', finds: ['topic name'] },
  { query: 'HALLO', finds: ['hello text'] },
  { query: 'name', finds: ['ask sets', 'hello reads', 'hello text'] },
  { query: 'vars.name', finds: ['ask sets', 'hello reads', 'hello text'] },
  { query: 'agent', finds: ['topic exit', 'topic text'] },
  { query: 'bye', finds: ['bye name', 'bye text'] },
  { query: ' ', finds: [] },
  { query: 'nowhere', finds: [] },
]

for (const { query, finds } of rows) {
  test(`“${query}” finds ${finds.join(', ') || 'nothing'}`, () => {
    const flow = { ...SMALL, blocks: { ...SMALL.blocks, ask: { type: 'question', text: 'Who?', expects: 'text', variable: 'name' } } }
    expect(searchFlow(flow, query).map(hit => `${hit.block} ${hit.kind}`)).toEqual(finds)
  })
}

const ALONE = { isBehind: false, hasStart: false }

test('a block names the variables and intents it uses', () => {
  const block = {
    type: 'intent',
    intents: ['prices'],
    text: 'Hi {{ contact.first_name }}',
    cases: [{ rows: [{ variable: 'vars.age', operator: 'is', value: 3 }] }],
  }
  expect(readBlock(block)).toMatchObject({ intents: ['prices'], reads: ['contact.first_name', 'vars.age'], sets: [] })
})

test('a long text is cut around what was found', () => {
  const flow = drawnFlow({ a: { type: 'end', text: `${'x'.repeat(60)} parcel ${'y'.repeat(60)}` } })
  const [hit] = searchFlow(flow, 'parcel')
  expect(hit?.excerpt.length).toBeLessThan(70)
  expect(hit?.excerpt).toMatch(/^…x+ parcel y+…$/)
})

test('types are found by the beginning of their name first, then by what they do', () => {
  expect(
    rankTypes('me', ALONE)
      .map(type => type.type)
      .slice(0, 3),
  ).toEqual(['message', 'menu', 'message_check'])
  expect(rankTypes('', { isBehind: true, hasStart: true }).some(type => type.entry)).toBe(false)
  expect(rankTypes('xyzzy', ALONE)).toEqual([])
})

test('types without a wish are those that talk first and entries last; a second start is not offered', () => {
  const types = rankTypes('', ALONE)
  expect([types[0]?.group, types.at(-1)?.group]).toEqual(['talk', 'entries'])
  expect(types.some(({ type }) => type === 'start')).toBe(true)
  expect(rankTypes('start', { isBehind: false, hasStart: true }).some(({ type }) => type === 'start')).toBe(false)
})
