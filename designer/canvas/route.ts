/** The way of a connection: down from its exit, in a lane, down into its block; around both when it has to go back up. */

/** A point in flow coordinates. */
export type Point = readonly [number, number]

/** Left and right edges of a block that a line must not cross. */
export interface Span {
  readonly left: number
  readonly right: number
}

/** What a line joins. `leaves` is the side of the exit's dot. */
export interface Ends {
  readonly from: Point
  readonly to: Point
  readonly leaves: 'bottom' | 'right'
  readonly source: Span
  readonly target: Span
  /** 0, 1 or 2: lines into the same block share one. */
  readonly lane: number
}

const LANE = 12
const LEAVE = 16
const ARRIVE = 20
const ASIDE = 24
const RADIUS = 10
/** Room enough between two blocks for a line to turn twice. */
const LEAST_FALL = 14
/** The head is drawn beyond the line's end. */
const HEAD = 7

/** Corners of the line from the exit to the head. */
export function routeOf({ from, to, leaves, source, target, lane }: Ends): readonly Point[] {
  const [x, y] = from
  const end: Point = [to[0], to[1] - HEAD]
  const approach = to[1] - ARRIVE - lane * LANE
  if (leaves === 'right') {
    const out = x + LEAVE
    if (to[1] - y < LEAVE + ARRIVE) return around([x, y], out, end, approach, source, target)
    if (to[0] >= out) return [from, [to[0], y], end]
    return [from, [out, y], [out, Math.max(y + LEAVE, approach)], [to[0], Math.max(y + LEAVE, approach)], end]
  }
  const fall = end[1] - y
  // The heads stand exactly in the middle of a block, dots on whole pixels: half a pixel must not make a slant.
  if (fall >= LEAST_FALL && Math.abs(to[0] - x) < 1) return [[to[0], y], end]
  if (fall < LEAST_FALL) {
    const down = y + LEAVE
    const side = sideOf(source, target, x, to[0])
    return [from, [x, down], [side, down], [side, approach], [to[0], approach], end]
  }
  const between = Math.max(y + Math.min(LEAVE, fall / 2), approach)
  return [from, [x, between], [to[0], between], end]
}

function around(from: Point, out: number, end: Point, approach: number, source: Span, target: Span): readonly Point[] {
  const side = Math.max(out, source.right + LEAVE, end[0] <= target.right ? target.right + ASIDE : out)
  return [from, [side, from[1]], [side, approach], [end[0], approach], end]
}

/** Past both blocks, on the nearer side. */
function sideOf(source: Span, target: Span, x: number, toX: number): number {
  const right = Math.max(source.right, target.right) + ASIDE
  const left = Math.min(source.left, target.left) - ASIDE
  const length = (side: number) => Math.abs(side - x) + Math.abs(side - toX)
  return length(left) < length(right) ? left : right
}

/** An SVG path through the points with round corners. */
export function pathOf(points: readonly Point[]): string {
  const [first] = points
  if (!first) return ''
  const parts = [`M${first[0]} ${first[1]}`]
  for (let i = 1; i < points.length; i++) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]]
    if (!before || !corner) continue
    if (!after) {
      parts.push(`L${corner[0]} ${corner[1]}`)
      continue
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2)
    const start = towards(corner, before, radius)
    const stop = towards(corner, after, radius)
    parts.push(`L${start[0]} ${start[1]}Q${corner[0]} ${corner[1]} ${stop[0]} ${stop[1]}`)
  }
  return parts.join('')
}

/** The middle of the line, where `+` stands. */
export function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index] ?? point, point))
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [points[index], points[index + 1]]
    if (from && to && length >= left) return towards(from, to, left)
    left -= length
  }
  return points[0] ?? [0, 0]
}

/** The head: 9 wide, 7 high, its tip at the block. */
export function headOf([x, y]: Point): string {
  return `M${x - 4.5} ${y - HEAD}h9L${x} ${y}z`
}

const distance = (one: Point, other: Point) => Math.hypot(one[0] - other[0], one[1] - other[1])

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole]
}
