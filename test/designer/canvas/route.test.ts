import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headOf, middleOf, type Point, pathOf, type Rect, routeOf } from '../../../designer/canvas/route.ts'

const block = (x: number, top: number) => ({ left: x - 104, top, right: x + 104, bottom: top + 96 })
const route = (from: Point, to: Point, leaves: 'bottom' | 'right' = 'bottom', lane = 0) =>
  routeOf({ from, to, leaves, source: block(from[0], from[1] - 96), target: block(to[0], to[1]), lane })

describe('a connection', () => {
  test('runs straight down to the block below', () => {
    expect(route([0, 0], [0, 100])).toEqual([
      [0, 0],
      [0, 93],
    ])
  })

  test('turns twice on its way to a block at the side, in a lane above it', () => {
    expect(route([0, 0], [200, 100])).toEqual([
      [0, 0],
      [0, 80],
      [200, 80],
      [200, 93],
    ])
  })

  test('shares the last lane with others into the same block and stays apart from those into a neighbour', () => {
    expect(route([0, 0], [200, 100], 'bottom', 1)[1]?.[1]).toBe(68)
    expect(route([50, 0], [200, 100], 'bottom', 1)[1]?.[1]).toBe(68)
  })

  test('goes around both blocks when it leads back up', () => {
    const points = route([0, 400], [100, 0])
    const outermost = Math.max(...points.map(([x]) => x))
    expect(outermost > 204 || Math.min(...points.map(([x]) => x)) < -104).toBe(true)
    expect(points.at(-1)).toEqual([100, -7])
  })

  test('always runs along the axes, begins at its exit and comes from above', () => {
    const places = fc.integer({ min: -2000, max: 2000 })
    fc.assert(
      fc.property(
        fc.tuple(places, places, places, places),
        fc.constantFrom('bottom' as const, 'right' as const),
        fc.nat(2),
        ([x, y, toX, toY], leaves, lane) => {
          const points = route([x, y], [toX, toY], leaves, lane)
          expect(points[0]?.[1]).toBe(y)
          expect(points.at(-1)).toEqual([toX, toY - 7])
          for (const [index, point] of points.slice(1).entries()) {
            const before = points[index] ?? point
            expect(before[0] === point[0] || before[1] === point[1]).toBe(true)
          }
          expect((points.at(-2)?.[1] ?? 0) <= toY - 7).toBe(true)
          expect(pathOf(points)).not.toContain('NaN')
        },
      ),
    )
  })

  test('has its + in the middle and its tip at the block', () => {
    expect(
      middleOf([
        [0, 0],
        [0, 100],
        [100, 100],
      ]),
    ).toEqual([0, 100])
    expect(headOf([10, 20])).toContain('L10 20')
  })
})

/** Rows of blocks of different sizes, with room between them for lanes. */
const rows = fc
  .array(
    fc.array(fc.record({ gap: fc.integer({ min: 40, max: 200 }), width: fc.integer({ min: 140, max: 320 }), height: fc.integer({ min: 44, max: 160 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map(sizes => {
    let top = 0
    return sizes.flatMap(row => {
      let left = 0
      const blocks = row.map(({ gap, width, height }) => {
        left += gap
        const rect: Rect = { left, top, right: left + width, bottom: top + height }
        left += width
        return rect
      })
      top = Math.max(...blocks.map(({ bottom }) => bottom)) + 72
      return blocks
    })
  })

const obstaclesOf =
  (blocks: readonly Rect[], ...ends: readonly Rect[]) =>
  (area: Rect) =>
    blocks.filter(
      block => !ends.includes(block) && block.left <= area.right && block.right >= area.left && block.top <= area.bottom && block.bottom >= area.top,
    )

/** Blocks that a line runs over; at its own two only what is inside. */
const runsOver = (points: readonly Point[], blocks: readonly Rect[]) =>
  blocks.filter(block =>
    points.slice(1).some(([x, y], index) => {
      const [fromX, fromY] = points[index] ?? [x, y]
      return Math.min(x, fromX) < block.right && Math.max(x, fromX) > block.left && Math.min(y, fromY) < block.bottom && Math.max(y, fromY) > block.top
    }),
  )

describe('a connection among other blocks', () => {
  const between = (source: Rect, target: Rect, blocks: readonly Rect[], leaves: 'bottom' | 'right' = 'bottom', lane = 0) =>
    routeOf(
      {
        from: leaves === 'bottom' ? [(source.left + source.right) / 2, source.bottom] : [source.right, source.bottom - 13],
        to: [(target.left + target.right) / 2, target.top],
        leaves,
        source,
        target,
        lane,
      },
      obstaclesOf(blocks, source, target),
    )
  const rect = (left: number, top: number): Rect => ({ left, top, right: left + 208, bottom: top + 96 })

  test('goes around a block that stands in the way, on the nearer side', () => {
    const [source, hindrance, target] = [rect(0, 0), rect(-60, 160), rect(0, 320)]
    const points = between(source, target, [source, hindrance, target])
    expect(runsOver(points, [hindrance])).toEqual([])
    expect(Math.max(...points.map(([x]) => x))).toBeLessThan(148 + 40)
    expect(Math.min(...points.map(([x]) => x))).toBeGreaterThanOrEqual(104)
  })

  test('stays as it is when nothing stands in the way', () => {
    const [source, target] = [rect(0, 0), rect(300, 200)]
    const ends = { from: [104, 96] as Point, to: [404, 200] as Point, leaves: 'bottom' as const, source, target, lane: 0 }
    expect(routeOf(ends, () => [])).toEqual(routeOf(ends))
  })

  test('comes back up beside its own block, far enough from it', () => {
    const [source, target] = [rect(0, 320), rect(0, 0)]
    const points = between(source, target, [source, target])
    expect(runsOver(points, [source, target])).toEqual([])
    expect(Math.min(...points.map(([x]) => Math.abs(x - 104)))).toBe(0)
    expect(Math.max(...points.map(([x]) => Math.abs(x - 104)))).toBeGreaterThanOrEqual(104 + 24)
  })

  test('runs over no block in rows with room between them, and always takes the same way', () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat(), fc.constantFrom('bottom' as const, 'right' as const), fc.nat(2), (blocks, one, other, leaves, lane) => {
        const [source, target] = [blocks[one % blocks.length], blocks[other % blocks.length]]
        if (!source || !target) return
        const points = between(source, target, blocks, leaves, lane)
        expect(runsOver(points, blocks)).toEqual([])
        expect(points.at(-1)).toEqual([(target.left + target.right) / 2, target.top - 7])
        for (const [index, [x, y]] of points.slice(1).entries()) {
          const [fromX, fromY] = points[index] ?? [x, y]
          expect(x === fromX || y === fromY).toBe(true)
        }
        expect(between(source, target, [...blocks].reverse(), leaves, lane)).toEqual(points)
      }),
      { numRuns: 300 },
    )
  })
})
