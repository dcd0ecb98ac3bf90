/** Which lane lines take above the block they lead to: those into one block share it, those into its neighbours stay apart. */
import type { Flow } from '../../server/engine/index.ts'
import { exitsOf, guessSize, ofShape, type Place, placesOf } from '../commands/index.ts'

/** There is room for so many between two rows of blocks. */
const LANES = 3
/** Blocks whose upper edges differ by less share the room above them. */
const SAME_ROW = 40

/** All that comes into one block from above or beside: how far it runs above the block. */
interface Arrivals {
  readonly id: string
  readonly top: number
  readonly left: number
  readonly right: number
}

const lanesByPlaces = ofShape(() => new WeakMap<ReadonlyMap<string, Place>, ReadonlyMap<string, number>>())

/** The lane of each block that lines lead to; 0 where it is not named. The same map for the same shape and places. */
export function lanesOf(flow: Flow): ReadonlyMap<string, number> {
  const places = placesOf(flow)
  const known = lanesByPlaces(flow)
  const before = known.get(places)
  if (before) return before
  const lanes = new Map<string, number>()
  let row: { readonly arrivals: Arrivals; readonly lane: number }[] = []
  for (const arrivals of arrivalsOf(flow, places)) {
    row = row.filter(other => arrivals.top - other.arrivals.top < SAME_ROW)
    const taken = new Set(row.filter(other => other.arrivals.left < arrivals.right && arrivals.left < other.arrivals.right).map(other => other.lane))
    const free = Array.from({ length: LANES }, (_, lane) => lane).find(lane => !taken.has(lane))
    const lane = free ?? lanes.size % LANES
    lanes.set(arrivals.id, lane)
    row.push({ arrivals, lane })
  }
  known.set(places, lanes)
  return lanes
}

/** From top to bottom, then from left to right. Lines that come straight down from above need no lane. */
function arrivalsOf(flow: Flow, places: ReadonlyMap<string, Place>): readonly Arrivals[] {
  const found = new Map<string, Arrivals>()
  for (const [id, block] of Object.entries(flow.blocks)) {
    const [x, y] = places.get(id) ?? [0, 0]
    for (const { to } of exitsOf(block)) {
      const place = to === undefined ? undefined : places.get(to)
      if (to === undefined || !place || (place[0] === x && place[1] > y)) continue
      // What comes back up runs around a block, at least its own.
      const aside = place[1] > y ? 0 : guessSize(block)[0] / 2
      const before = found.get(to) ?? { id: to, top: place[1], left: place[0], right: place[0] }
      found.set(to, { ...before, left: Math.min(before.left, x - aside), right: Math.max(before.right, x + aside) })
    }
  }
  return [...found.values()].sort((one, other) => one.top - other.top || one.left - other.left || (one.id < other.id ? -1 : 1))
}
