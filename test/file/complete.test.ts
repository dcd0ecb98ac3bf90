import { describe, expect, it } from 'vitest'
import { completeKeys, completeValues } from '../../server/engine/index.ts'

const FILE = {
  format: 1,
  id: 'f',
  name: 'F',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'ask' } },
    ask: { type: 'question', label: 'Ask', text: 'Well?', exits: {} },
    half: {},
  },
}
const labels = (found: readonly { readonly label: string }[]) => found.map(({ label }) => label)

describe('completion of a flow file', () => {
  it('offers the keys of the flow that are not there yet', () => {
    const found = labels(completeKeys(FILE, []))
    expect(found).toEqual(expect.arrayContaining(['variables', 'intents', 'layout']))
    expect(found).not.toContain('blocks')
  })

  it('offers the settings of the block type, with title and the beginning of the value', () => {
    const found = completeKeys(FILE, ['blocks', 'ask'])
    expect(labels(found)).toEqual(expect.arrayContaining(['variable', 'timeout', 'note']))
    expect(labels(found)).not.toContain('text')
    expect(found.find(({ label }) => label === 'timeout')).toMatchObject({ insert: '"timeout": ""', title: expect.stringMatching(/./) })
  })

  it('offers type, name and note for a block without a type, and every type for it', () => {
    expect(labels(completeKeys(FILE, ['blocks', 'half']))).toEqual(['type', 'label', 'note'])
    const types = completeValues(FILE, ['blocks', 'half', 'type'])
    expect(labels(types)).toEqual(expect.arrayContaining(['start', 'question', 'queue', 'end']))
    expect(types.find(({ label }) => label === 'question')?.insert).toBe('"question"')
  })

  it('offers block ids where an exit leads, with their names', () => {
    expect(completeValues(FILE, ['blocks', 'start', 'exits', 'next'])).toContainEqual({ label: 'ask', title: 'Ask', description: '', insert: '"ask"' })
  })

  it('offers the choices of a setting', () => {
    expect(labels(completeValues({ ...FILE, blocks: { hi: { type: 'greeting', once: '' } } }, ['blocks', 'hi', 'once']))).toEqual([
      'conversation',
      'day',
      'contact',
      'always',
    ])
    expect(labels(completeValues({ ...FILE, blocks: { k: { type: 'on_keyword', anywhere: true } } }, ['blocks', 'k', 'anywhere']))).toEqual(['true', 'false'])
    expect(labels(completeValues({ ...FILE, variables: { a: { type: '' } } }, ['variables', 'a', 'type']))).toEqual([
      'text',
      'number',
      'boolean',
      'date',
      'list',
    ])
  })

  it('offers nothing at a place that does not exist', () => {
    expect(completeKeys(FILE, ['nowhere', 'deep'])).toEqual([])
    expect(completeValues(undefined, ['blocks', 'x', 'y', 'z'])).toEqual([])
  })
})
