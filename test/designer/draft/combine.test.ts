import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { combineFlows, sameValue } from '../../../designer/draft/combine.ts'
import { type Flow, parseFlow, printFlow } from '../../../server/engine/index.ts'
import { SMALL } from '../../helpers/drawing.ts'
import { randomFlow } from '../../helpers/random-flow.ts'

const withText = (flow: Flow, id: string, text: string): Flow => ({
  ...flow,
  blocks: { ...flow.blocks, [id]: { ...flow.blocks[id], type: flow.blocks[id]?.type ?? 'end', text } },
})

describe('two edits of one flow', () => {
  test('of different blocks are both kept, without a clash', () => {
    const { flow, clashes } = combineFlows(SMALL, withText(SMALL, 'hello', 'Mine'), withText(SMALL, 'bye', 'Theirs'))
    expect([flow.blocks.hello?.text, flow.blocks.bye?.text, clashes]).toEqual(['Mine', 'Theirs', []])
  })

  test('of the same block clash, and mine is taken', () => {
    const { flow, clashes } = combineFlows(SMALL, withText(SMALL, 'bye', 'Mine'), withText(SMALL, 'bye', 'Theirs'))
    expect([flow.blocks.bye?.text, clashes]).toEqual(['Mine', [{ kind: 'block', id: 'bye' }]])
  })

  test('that are the same are no clash', () => {
    expect(combineFlows(SMALL, withText(SMALL, 'bye', 'Same'), withText(SMALL, 'bye', 'Same')).clashes).toEqual([])
  })

  test('keep a removal', () => {
    const { bye: _bye, ...blocks } = SMALL.blocks
    expect(Object.keys(combineFlows(SMALL, { ...SMALL, blocks }, withText(SMALL, 'hello', 'Theirs')).flow.blocks)).toEqual(['start', 'hello', 'topic'])
  })

  test('with only one side changed give that side, well-formed', () => {
    fc.assert(
      fc.property(randomFlow(), randomFlow(), (base, mine) => {
        const { flow } = combineFlows(base, mine, base)
        expect(sameValue(flow, mine)).toBe(true)
        expect(parseFlow(printFlow(flow)).ok).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
