import { describe, expect, test } from 'vitest'
import { flowOrder, ofShape, placesOf, sameShape, withBlock, withExit } from '../../../designer/commands/index.ts'
import type { Flow } from '../../../server/engine/index.ts'
import { SMALL } from '../../helpers/drawing.ts'

const blockOf = (id: string) => SMALL.blocks[id] ?? { type: 'end' }

const OTHERS: readonly (readonly [string, Flow])[] = [
  ['a label', withBlock(SMALL, 'hello', { ...blockOf('hello'), label: 'Hello you' })],
  ['a type', withBlock(SMALL, 'hello', { ...blockOf('hello'), type: 'message' })],
  ['an exit that leads elsewhere', withExit(SMALL, 'hello', 'next', 'bye')],
  ['an exit that leads nowhere', withExit(SMALL, 'hello', 'next', undefined)],
  ['other exits', withBlock(SMALL, 'topic', { ...blockOf('topic'), cases: [] })],
  ['a block more', withBlock(SMALL, 'more', { type: 'end' })],
  ['another order', { ...SMALL, blocks: Object.fromEntries(Object.entries(SMALL.blocks).reverse()) }],
]
const typed = withBlock(SMALL, 'hello', { ...blockOf('hello'), text: 'Welcome' })

describe('the shape of a flow', () => {
  test.each(OTHERS)('is another one with %s', (_, other) => {
    expect(sameShape(SMALL, other)).toBe(false)
  })

  test('is the same with another text, also in a copy', () => {
    expect(sameShape(SMALL, typed)).toBe(true)
    expect(sameShape(SMALL, structuredClone(SMALL))).toBe(true)
  })

  test('what is made of it is made once, and anew for another shape', () => {
    let made = 0
    const count = ofShape(flow => {
      made++
      return Object.keys(flow.blocks)
    })
    const first = count(SMALL)
    expect([count({ ...SMALL }), count(typed), count(SMALL)].every(found => found === first)).toBe(true)
    expect(made).toBe(1)
    for (const [, other] of OTHERS) count(other)
    expect(made).toBe(1 + OTHERS.length)
    expect(count(SMALL)).toBe(first)
  })

  test('the order and the places of blocks are the same objects while somebody types, and others after a move', () => {
    expect(flowOrder(typed)).toBe(flowOrder(SMALL))
    expect(placesOf(typed)).toBe(placesOf(SMALL))
    expect(placesOf({ ...typed, layout: { ...SMALL.layout, hello: [160, 160] } }).get('hello')).toEqual([160, 160])
  })
})
