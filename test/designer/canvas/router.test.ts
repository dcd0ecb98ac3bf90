import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lanesOf } from '../../../designer/canvas/lanes.ts'
import { fromMap, mapScale, onMap, seenBox } from '../../../designer/canvas/map.ts'
import type { Ends, Rect } from '../../../designer/canvas/route.ts'
import { createRouter, type Router } from '../../../designer/canvas/router.ts'
import type { Block } from '../../../server/engine/index.ts'
import { drawnFlow } from '../../helpers/drawing.ts'

const rect = (left: number, top: number): Rect => ({ left, top, right: left + 208, bottom: top + 96 })
const ends = (source: Rect, target: Rect): Ends => ({
  from: [source.left + 104, source.bottom],
  to: [target.left + 104, target.top],
  leaves: 'bottom',
  source,
  target,
  lane: 0,
})

describe('the router', () => {
  const [above, between, below] = [rect(0, 0), rect(0, 160), rect(0, 320)]

  test('leads around a block that came between, and straight again when it is gone', () => {
    const router = createRouter()
    router.place(new Map(Object.entries({ above, below })))
    const straight = router.route('above.next', 'above', 'below', ends(above, below))
    expect(straight).toHaveLength(2)
    let told = 0
    router.subscribe(() => told++)
    router.place(new Map(Object.entries({ above, between, below })))
    expect(router.route('above.next', 'above', 'below', ends(above, below)).length).toBeGreaterThan(2)
    router.place(new Map(Object.entries({ above, below })))
    expect(router.route('above.next', 'above', 'below', ends(above, below))).toEqual(straight)
    expect(told).toBe(2)
  })

  test('after any moves the ways are those of a router that has seen only the end', () => {
    const step = fc.tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'above', 'below'),
      fc.option(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 8 }))),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const moved = createRouter()
        const boxes = new Map<string, Rect>(Object.entries({ above, below }))
        for (const [id, to] of steps) {
          if (to) boxes.set(id, rect(to[0] * 80, to[1] * 80))
          else if (id.length === 1) boxes.delete(id)
          moved.place(new Map(boxes))
        }
        const fresh = createRouter()
        fresh.place(new Map([...boxes].reverse()))
        const [source, target] = [boxes.get('above') ?? above, boxes.get('below') ?? below]
        const way = (router: Router) => router.route('above.next', 'above', 'below', ends(source, target))
        expect(way(moved)).toEqual(way(fresh))
      }),
    )
  })

  test('keeps the way of a line that nothing near it moved', () => {
    const router = createRouter()
    router.place(new Map(Object.entries({ above, between, below, far: rect(4000, 0) })))
    const way = router.route('above.next', 'above', 'below', ends(above, below))
    router.place(new Map(Object.entries({ above, between, below, far: rect(4000, 160) })))
    expect(router.route('above.next', 'above', 'below', ends(above, below))).toBe(way)
  })

  test('does not lead lines around a block that is being dragged', () => {
    const router = createRouter()
    router.place(new Map(Object.entries({ above, between, below })))
    router.setMoving(new Set(['between']))
    expect(router.route('above.next', 'above', 'below', ends(above, below))).toHaveLength(2)
  })
})

describe('lanes', () => {
  const leadingTo = (...to: string[]): Block => ({
    type: 'keywords',
    cases: to.map(id => ({ id, words: [id] })),
    exits: Object.fromEntries(to.map(id => [id, id])),
  })

  test('lines to neighbours run in lanes of their own where they would meet', () => {
    const flow = drawnFlow(
      { a: leadingTo('c', 'd'), b: leadingTo('c', 'd'), c: { type: 'end' }, d: { type: 'end' } },
      { a: [0, 0], b: [300, 0], c: [0, 200], d: [300, 200] },
    )
    const lanes = lanesOf(flow)
    expect(lanes.get('c')).not.toBe(lanes.get('d'))
  })

  test('a line that comes straight down needs none', () => {
    expect(lanesOf(drawnFlow({ a: leadingTo('c'), c: { type: 'end' } }, { a: [0, 0], c: [0, 200] })).get('c')).toBeUndefined()
  })
})

describe('the map', () => {
  test('shows all blocks and what is seen, and finds the way back', () => {
    const all = { x: -1000, y: 0, width: 4000, height: 3000 }
    const seen = seenBox([500, 100, 0.5], 1000, 800)
    expect(seen).toEqual({ x: -1000, y: -200, width: 2000, height: 1600 })
    const scale = mapScale(all, seen)
    const box = onMap(scale, seen)
    expect([box.x >= 0, box.y >= 0, box.x + box.width <= 132, box.y + box.height <= 99]).toEqual([true, true, true, true])
    const [x, y] = fromMap(scale, [box.x, box.y])
    expect([Math.round(x), Math.round(y)]).toEqual([-1000, -200])
  })
})
