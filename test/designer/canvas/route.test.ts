import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headOf, middleOf, type Point, pathOf, routeOf } from '../../../designer/canvas/route.ts'

const span = (x: number) => ({ left: x - 104, right: x + 104 })
const route = (from: Point, to: Point, leaves: 'bottom' | 'right' = 'bottom', lane = 0) =>
  routeOf({ from, to, leaves, source: span(from[0]), target: span(to[0]), lane })

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
