/** Keeps the ways of all connections: knows where blocks are, finds a way when it is asked for, and forgets those that a moved block concerns. */
import { type Ends, type Point, type Rect, routeOf } from './route.ts'

/** What the canvas asks for ways. */
export interface Router {
  /** The way of a connection; the same array until something near it changes. */
  route(id: string, source: string, target: string, ends: Ends): readonly Point[]
  /** Where blocks are now. */
  place(boxes: ReadonlyMap<string, Rect>): void
  /** Blocks that are being dragged. Lines of many take the plain way until they are dropped. */
  setMoving(blocks: ReadonlySet<string>): void
  /** Tells when a way may have changed. */
  subscribe(tell: () => void): () => void
}

/** Side of a square of the index, px. */
const SQUARE = 320
/** Dragged together, more blocks than this do not look for ways around others. */
const MOST_MOVING = 3
/** A line as far as this from a block is not concerned by it; as far as lines look for a way at first. */
const NEAR = 400

interface Kept {
  readonly ends: Ends
  readonly isPlain: boolean
  readonly points: readonly Point[]
  readonly area: Rect
}

/** Makes the router of one canvas. */
export function createRouter(): Router {
  let boxes: ReadonlyMap<string, Rect> = new Map()
  const squares = new Map<string, Set<string>>()
  let moving: ReadonlySet<string> = new Set()
  const kept = new Map<string, Kept>()
  const listeners = new Set<() => void>()

  const obstacles = (source: string, target: string) => (area: Rect) => {
    const found = new Set<string>()
    for (const square of squaresOf(area)) for (const id of squares.get(square) ?? []) found.add(id)
    const rects: Rect[] = []
    for (const id of found) {
      const box = boxes.get(id)
      // A dragged block is where it was only for the index.
      if (box && id !== source && id !== target && !moving.has(id) && isTouching(box, area)) rects.push(box)
    }
    // The way does not depend on the order in which blocks came.
    return rects.sort((one, other) => one.top - other.top || one.left - other.left)
  }

  return {
    route(id, source, target, ends) {
      const isPlain = moving.size > MOST_MOVING && (moving.has(source) || moving.has(target))
      const before = kept.get(id)
      if (before && before.isPlain === isPlain && sameEnds(before.ends, ends)) return before.points
      const points = isPlain ? routeOf(ends) : routeOf(ends, obstacles(source, target))
      kept.set(id, { ends, isPlain, points, area: areaOf(points) })
      return points
    },
    place(next) {
      const changed: Rect[] = []
      for (const { id, was, is } of changesBetween(boxes, next)) {
        if (was) {
          changed.push(was)
          for (const square of squaresOf(was)) squares.get(square)?.delete(id)
        }
        if (is) {
          changed.push(is)
          for (const square of squaresOf(is)) squares.set(square, (squares.get(square) ?? new Set()).add(id))
        }
      }
      if (changed.length === 0) return
      boxes = next
      for (const [id, { area }] of kept) if (changed.some(box => isTouching(box, area))) kept.delete(id)
      for (const tell of listeners) tell()
    },
    setMoving(blocks) {
      moving = blocks
    },
    subscribe(tell) {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
  }
}

function* squaresOf({ left, top, right, bottom }: Rect): Generator<string> {
  for (let x = Math.floor(left / SQUARE); x <= Math.floor(right / SQUARE); x++) {
    for (let y = Math.floor(top / SQUARE); y <= Math.floor(bottom / SQUARE); y++) yield `${x} ${y}`
  }
}

interface Change {
  readonly id: string
  readonly was: Rect | undefined
  readonly is: Rect | undefined
}

/** Each block that moved, came or went. */
function* changesBetween(before: ReadonlyMap<string, Rect>, after: ReadonlyMap<string, Rect>): Generator<Change> {
  for (const [id, is] of after) {
    const was = before.get(id)
    if (was !== is && !(was && sameRect(was, is))) yield { id, was, is }
  }
  for (const [id, was] of before) if (!after.has(id)) yield { id, was, is: undefined }
}

function areaOf(points: readonly Point[]): Rect {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return { left: Math.min(...xs) - NEAR, top: Math.min(...ys) - NEAR, right: Math.max(...xs) + NEAR, bottom: Math.max(...ys) + NEAR }
}

function isTouching(one: Rect, other: Rect): boolean {
  return one.left <= other.right && one.right >= other.left && one.top <= other.bottom && one.bottom >= other.top
}

function sameRect(one: Rect, other: Rect): boolean {
  return one.left === other.left && one.top === other.top && one.right === other.right && one.bottom === other.bottom
}

function sameEnds(one: Ends, other: Ends): boolean {
  return (
    one.from[0] === other.from[0] &&
    one.from[1] === other.from[1] &&
    one.to[0] === other.to[0] &&
    one.to[1] === other.to[1] &&
    one.leaves === other.leaves &&
    one.lane === other.lane &&
    sameRect(one.source, other.source) &&
    sameRect(one.target, other.target)
  )
}
