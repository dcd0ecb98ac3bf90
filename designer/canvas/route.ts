/**
 * The way of a connection: down from its exit, in a lane, down into its block, around what stands between. It never looks at more than a
 * bounded number of ways, so that it is quick enough for dragging.
 */

/** A point in flow coordinates. */
export type Point = readonly [number, number]

/** The edges of a block. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What a line joins. `leaves` is the side of the exit's dot. */
export interface Ends {
  readonly from: Point
  readonly to: Point
  readonly leaves: 'bottom' | 'right'
  readonly source: Rect
  readonly target: Rect
  /** 0, 1 or 2: lines into the same block share one. */
  readonly lane: number
}

/** The blocks, other than the two ends, that touch a rectangle. */
export type Obstacles = (area: Rect) => readonly Rect[]

/** Between two lines side by side. */
export const LANE = 12
const LEAVE = 16
const ARRIVE = 20
const ASIDE = 24
const RADIUS = 10
/** Room enough between two blocks for a line to turn twice. */
const LEAST_FALL = 14
/** The head is drawn beyond the line's end. */
const HEAD = 7
/** Lines keep this far from blocks that they pass. */
const CLEAR = 8
/** How far around its ends a line looks for a way, in turns. */
const LOOKS: readonly number[] = [48, 400, 1600]
/** At most so many columns and levels are tried. */
const MOST_COLUMNS = 40
const MOST_LEVELS = 5
/** What a turn, and a block that is run over, count for in length. */
const TURN = 20
const HIT = 100_000

/** Corners of the line from the exit to the head. Free of blocks where one of the ways that are tried is. */
export function routeOf(ends: Ends, obstacles?: Obstacles): readonly Point[] {
  const plain = plainRoute(ends)
  if (!obstacles) return plain
  let best = plain
  for (const look of LOOKS) {
    const around = obstacles(grown(boundsOf([...plain, [ends.source.left, ends.source.top], [ends.target.right, ends.target.bottom]]), look))
    if (best === plain && hitsOf(plain, ends, around, Number.POSITIVE_INFINITY) === 0) return plain
    const found = search(ends, around)
    best = found.points
    // A wide detour may run into what this look did not see.
    if (found.hits === 0 && hitsOf(best, ends, obstacles(grown(boundsOf(best), CLEAR)), 1) === 0) return best
  }
  return best
}

/** The way if nothing else were on the canvas. */
function plainRoute({ from, to, leaves, source, target, lane }: Ends): readonly Point[] {
  const [x, y] = from
  const end: Point = [to[0], to[1] - HEAD]
  const approach = to[1] - ARRIVE - lane * LANE
  if (leaves === 'right') {
    const out = x + LEAVE
    if (to[1] - y < LEAVE + ARRIVE) {
      const side = Math.max(out, source.right + LEAVE, end[0] <= target.right ? target.right + ASIDE + lane * LANE : out)
      return [from, [side, y], [side, approach], [end[0], approach], end]
    }
    if (to[0] >= out) return [from, [to[0], y], end]
    return [from, [out, y], [out, Math.max(y + LEAVE, approach)], [to[0], Math.max(y + LEAVE, approach)], end]
  }
  const fall = end[1] - y
  // The heads stand exactly in the middle of a block, dots on whole pixels: half a pixel must not make a slant.
  if (fall >= LEAST_FALL && Math.abs(to[0] - x) < 1) return [[to[0], y], end]
  if (fall < LEAST_FALL) {
    const down = y + LEAVE
    const side = sideOf(source, target, x, to[0], lane)
    return [from, [x, down], [side, down], [side, approach], [to[0], approach], end]
  }
  const between = Math.max(y + Math.min(LEAVE, fall / 2), approach)
  return [from, [x, between], [to[0], between], end]
}

/** Past both blocks, on the nearer side. */
function sideOf(source: Rect, target: Rect, x: number, toX: number, lane: number): number {
  const right = Math.max(source.right, target.right) + ASIDE + lane * LANE
  const left = Math.min(source.left, target.left) - ASIDE - lane * LANE
  const length = (side: number) => Math.abs(side - x) + Math.abs(side - toX)
  return length(left) < length(right) ? left : right
}

interface Found {
  readonly points: readonly Point[]
  readonly hits: number
}

/** The best way out of its exit, along a level to a column, along the column to the level of arrival, and in. */
function search(ends: Ends, around: readonly Rect[]): Found {
  const columns = columnsOf(ends, around)
  const departures = departuresOf(ends, around)
  let best: Found | undefined
  let least = Number.POSITIVE_INFINITY
  for (const arrival of arrivalsOf(ends, around)) {
    for (const departure of departures) {
      for (const column of columns) {
        const points = wayBy(ends, departure, column, arrival)
        if (!points) continue
        const cost = lengthOf(points) + TURN * points.length
        if (cost >= least) continue
        const hits = hitsOf(points, ends, around, (least - cost) / HIT)
        if (cost + hits * HIT >= least) continue
        best = { points, hits }
        least = cost + hits * HIT
      }
    }
  }
  return best ?? { points: plainRoute(ends), hits: 1 }
}

/** One way; undefined when it would turn back on itself. */
function wayBy({ from, to, leaves }: Ends, departure: number, column: number, arrival: number): readonly Point[] | undefined {
  const y = from[1]
  const end: Point = [to[0], to[1] - HEAD]
  const isDown = leaves === 'bottom'
  // The heads stand exactly in the middle of a block: half a pixel must not make a jog.
  const start: Point = [isDown && Math.abs(to[0] - from[0]) < 1 ? to[0] : from[0], y]
  const x = isDown ? start[0] : start[0] + LEAVE
  if (!isDown && departure === y && column < x) return undefined
  const out: readonly Point[] = isDown ? [start] : [start, [x, y]]
  // A column below the exit or above the target makes a level superfluous.
  if (column === to[0]) return departure <= end[1] ? corners([...out, [x, departure], [column, departure], end]) : undefined
  if (isDown && column === from[0]) return arrival >= y + LEAST_FALL / 2 ? corners([...out, [x, arrival], [to[0], arrival], end]) : undefined
  return corners([...out, [x, departure], [column, departure], [column, arrival], [to[0], arrival], end])
}

/** Without points that are no corners. */
function corners(points: readonly Point[]): readonly Point[] {
  const apart = points.filter((point, index) => index === 0 || point[0] !== points[index - 1]?.[0] || point[1] !== points[index - 1]?.[1])
  return apart.filter(([x, y], index) => {
    const [before, after] = [apart[index - 1], apart[index + 1]]
    return !before || !after || !((before[0] === x && x === after[0]) || (before[1] === y && y === after[1]))
  })
}

/** Above the target, and above what stands beside it. */
function arrivalsOf({ to, lane }: Ends, around: readonly Rect[]): readonly number[] {
  const own = to[1] - ARRIVE - lane * LANE
  const higher = around.map(({ top }) => top - ARRIVE - lane * LANE).filter(level => level < own && level > own - 240)
  return [own, ...distinct([...higher, to[1] - ARRIVE], own)].slice(0, MOST_LEVELS)
}

/** Below the exit, and below what stands beside it; from a side also straight on, and above. */
function departuresOf({ from, leaves, source, lane }: Ends, around: readonly Rect[]): readonly number[] {
  const own = leaves === 'right' ? source.bottom + LEAVE : from[1] + LEAVE
  const lower = around.map(({ bottom }) => bottom + LEAVE + lane * LANE).filter(level => level > own && level < own + 240)
  const levels = [own, ...distinct([...lower, own + LANE], own)].slice(0, MOST_LEVELS)
  return leaves === 'right' ? [from[1], ...levels, source.top - ARRIVE - lane * LANE] : levels
}

/** Beside every block that is near, on both sides, and straight down from the exit or onto the target. */
function columnsOf({ from, to, leaves, source, target, lane }: Ends, around: readonly Rect[]): readonly number[] {
  const sides = around.flatMap(({ left, right }) => [left - LEAVE, right + LEAVE, left - LEAVE - LANE, right + LEAVE + LANE])
  const own = [source, target].flatMap(({ left, right }) => [left - ASIDE - lane * LANE, right + ASIDE + lane * LANE])
  const straight = [to[0], leaves === 'bottom' ? from[0] : from[0] + LEAVE]
  const middle = (from[0] + to[0]) / 2
  const all = [...own, ...sides]
  // The farthest ones lead around everything.
  return distinct([...straight, ...distinct(all, middle).slice(0, MOST_COLUMNS), Math.min(...all), Math.max(...all)], middle)
}

function distinct(values: readonly number[], near: number): readonly number[] {
  return [...new Set(values)].sort((one, other) => Math.abs(one - near) - Math.abs(other - near) || one - other)
}

/** How often the line runs over a block; counting stops at `most`. Its own two blocks it may touch where it leaves and arrives. */
function hitsOf(points: readonly Point[], { source, target }: Ends, around: readonly Rect[], most: number): number {
  let hits = 0
  for (let i = 1; i < points.length && hits < most; i++) {
    const [one, other] = [points[i - 1], points[i]]
    if (!one || !other) continue
    const left = Math.min(one[0], other[0])
    const right = Math.max(one[0], other[0])
    const top = Math.min(one[1], other[1])
    const bottom = Math.max(one[1], other[1])
    for (const rect of around) {
      if (left < rect.right + CLEAR && right > rect.left - CLEAR && top < rect.bottom + CLEAR && bottom > rect.top - CLEAR) hits++
    }
    if (i > 1 && isOver(source, left, top, right, bottom)) hits++
    if (i < points.length - 1 && isOver(target, left, top, right, bottom)) hits++
  }
  return hits
}

function isOver(rect: Rect, left: number, top: number, right: number, bottom: number): boolean {
  return left < rect.right && right > rect.left && top < rect.bottom && bottom > rect.top
}

function boundsOf(points: readonly Point[]): Rect {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

function grown({ left, top, right, bottom }: Rect, by: number): Rect {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
}

function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + distance(points[index] ?? point, point), 0)
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
