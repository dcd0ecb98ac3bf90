import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxOf, type EditorView, keepPlaces, type Place, placesOf, tidy, tidyTo } from '../../../designer/commands/index.ts'
import type { Flow } from '../../../server/engine/index.ts'
import { drawnFlow, readied, SMALL, viewOf } from '../../helpers/drawing.ts'

const tidyUp = (view: EditorView): Flow => readied(tidy, view).apply(view, undefined)?.flow ?? view.flow

/** Messages that lead to each other at random, at random places. */
const scattered: fc.Arbitrary<Flow> = fc
  .array(fc.tuple(fc.nat(30), fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }), fc.boolean()), { minLength: 2, maxLength: 30 })
  .map(rows =>
    drawnFlow(
      Object.fromEntries(
        rows.map(([to, , , leads], index) => [`b${index}`, { type: 'message', text: 'x', ...(leads ? { exits: { next: `b${to % rows.length}` } } : {}) }]),
      ),
      Object.fromEntries(rows.map(([, x, y], index): [string, Place] => [`b${index}`, [x, y]])),
    ),
  )

function overlapping(flow: Flow): readonly string[] {
  const boxes = Object.keys(flow.blocks).map(id => ({ id, ...boxOf(flow, new Map(), id) }))
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .flatMap(b => (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height ? [`${a.id} ${b.id}`] : [])),
  )
}

describe('tidying up', () => {
  test('never leaves one block over another', () => {
    fc.assert(
      fc.property(scattered, flow => {
        expect(overlapping(tidyUp(viewOf(flow)))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('moves nothing in a flow that is tidy', () => {
    fc.assert(
      fc.property(scattered, flow => {
        const once = tidyUp(viewOf(flow))
        const twice = tidyUp(viewOf(once))
        expect(twice.layout).toEqual(once.layout)
      }),
      { numRuns: 30 },
    )
  })

  test('of a chosen part leaves the others where they are and covers none of them', () => {
    fc.assert(
      fc.property(scattered, flow => {
        const tidied = tidyUp(viewOf(flow))
        const blocks = Object.keys(tidied.blocks).filter((_, index) => index % 2 === 0)
        const part = tidyUp(viewOf(tidied, { blocks }))
        expect(overlapping(part)).toEqual([])
        for (const [id, place] of placesOf(tidied)) if (blocks.length > 1 && !blocks.includes(id)) expect(placesOf(part).get(id)).toEqual(place)
      }),
      { numRuns: 30 },
    )
  })

  test('keeps who is left and who is right', () => {
    const ends: Flow = {
      ...SMALL,
      blocks: {
        first: { type: 'message', text: 'x', exits: { next: 'end' } },
        second: { type: 'message', text: 'x', exits: { next: 'end' } },
        end: { type: 'end' },
      },
      layout: { first: [300, 0], second: [-300, 10], end: [0, 300] },
    }
    const places = placesOf(tidyUp(viewOf(ends)))
    expect((places.get('second')?.[0] ?? 0) < (places.get('first')?.[0] ?? 0)).toBe(true)
  })

  test('puts blocks in the order of the exits that lead to them, with what follows them', () => {
    const branch: Flow = {
      ...SMALL,
      blocks: {
        start: { type: 'start', exits: { next: 'topic' } },
        topic: { type: 'keywords', cases: [{ id: 'one', words: ['one'] }], exits: { one: 'left', else: 'right' } },
        left: { type: 'message', text: 'x', exits: { next: 'left_end' } },
        right: { type: 'message', text: 'x', exits: { next: 'right_end' } },
        left_end: { type: 'end' },
        right_end: { type: 'end' },
      },
      layout: { start: [0, 0], topic: [0, 100], left: [300, 300], right: [-300, 310], left_end: [310, 500], right_end: [-310, 500] },
    }
    const places = placesOf(tidyUp(viewOf(branch)))
    const across = (id: string) => places.get(id)?.[0] ?? 0
    expect([across('left') < across('right'), across('left_end') < across('right_end')]).toEqual([true, true])
  })

  test('leads downwards: a block is below whatever leads to it first', () => {
    const flow: Flow = JSON.parse(readFileSync('flows/support.json', 'utf8'))
    const places = placesOf(tidyUp(viewOf(flow)))
    const top = (id: string) => places.get(id)?.[1] ?? 0
    expect(top('start') < top('hello') && top('hello') < top('length') && top('length') < top('topic')).toBe(true)
  })
})

test('blocks without a place get one that covers nothing, below what leads to them, before anything is laid out aside', () => {
  fc.assert(
    fc.property(scattered, ({ layout: _layout, ...never }) => {
      expect(overlapping(never)).toEqual([])
    }),
    { numRuns: 60 },
  )
  const { layout: _layout, ...support }: Flow = JSON.parse(readFileSync('flows/support.json', 'utf8'))
  const top = (id: string) => placesOf(support).get(id)?.[1] ?? 0
  expect(top('start') < top('hello') && top('hello') < top('length') && top('length') < top('topic')).toBe(true)
})

test('blocks without a place get one that covers nothing, and moves nobody', () => {
  fc.assert(
    fc.property(scattered, fc.nat(100), (flow, seed) => {
      const tidied = tidyUp(viewOf(flow))
      const layout = Object.fromEntries(Object.entries(tidied.layout ?? {}).filter((_, index) => (index + seed) % 3 > 0))
      const partly: Flow = { ...tidied, layout }
      expect(overlapping(partly)).toEqual([])
      for (const [id, place] of Object.entries(layout)) expect(placesOf(partly).get(id)).toEqual(place)
    }),
    { numRuns: 30 },
  )
})

test('moves only what is still there when the layout comes', () => {
  const places = new Map<string, Place>([
    ['hello', [160, 160]],
    ['gone', [0, 0]],
  ])
  const flow = tidyTo(places).apply(viewOf(SMALL), undefined)?.flow ?? SMALL
  expect([flow.layout?.hello, flow.layout?.bye, flow.layout?.gone]).toEqual([[160, 160], SMALL.layout?.bye, undefined])
})

test('an edit that knows nothing of places moves no block that has none in the file', () => {
  const { layout: _layout, ...undrawn } = SMALL
  const before: Flow = { ...undrawn, layout: { start: [640, 0] } }
  const after: Flow = { ...before, blocks: { ...before.blocks, bye: { type: 'end', label: 'Good bye', exits: {} }, alone: { type: 'end' } } }
  const shown = placesOf(before)
  keepPlaces(before, after)
  for (const [id, place] of shown) expect(placesOf(after).get(id), id).toEqual(place)
  expect(placesOf(after).has('alone')).toBe(true)
  expect(after.layout).toEqual({ start: [640, 0] })
})
