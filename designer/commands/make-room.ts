/** Pushes blocks down just as far as something new needs, and nobody else. */
import type { Flow } from '../../server/engine/index.ts'
import { exitsOf } from './exits.ts'
import { GRID, type Place, snap, withPlaces } from './flow-edits.ts'
import { type Box, boxOf, GAP_BELOW, LEAST_GAP, overlaps, placesOf, type Sizes } from './places.ts'

/** Moves what `ids` cover, and what follows those blocks, downwards until nothing overlaps. `ids` stay. */
export function makeRoom(flow: Flow, sizes: Sizes, ids: readonly string[]): Flow {
  const before = new Map(Object.keys(flow.blocks).map(id => [id, boxOf(flow, sizes, id)]))
  const boxes = new Map(before)
  const fixed = new Set(ids)
  const queue = [...ids]
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const box = boxes.get(id)
    if (!box) continue
    for (const [other, theirs] of boxes) {
      if (other === id || fixed.has(other)) continue
      const least = leastTop(flow, id, box, other, theirs, before)
      if (least === undefined || least <= theirs.y) continue
      boxes.set(other, { ...theirs, y: Math.ceil(least / GRID) * GRID })
      queue.push(other)
    }
  }
  const places = placesOf(flow)
  const moved = new Map<string, Place>()
  for (const [id, box] of boxes) {
    const place = places.get(id)
    if (place && box.y !== before.get(id)?.y) moved.set(id, snap([place[0], box.y]))
  }
  return withPlaces(flow, moved)
}

/** How far down `other` has to be because of `id`; undefined when it may stay. */
function leastTop(flow: Flow, id: string, box: Box, other: string, theirs: Box, before: ReadonlyMap<string, Box>): number | undefined {
  if (overlaps(box, theirs, GRID)) return box.y + box.height + GAP_BELOW
  const was = before.get(other)
  const block = flow.blocks[id]
  // What came below stays below: a line that suddenly ran upwards would change the picture.
  const follows = was && was.y >= (before.get(id)?.y ?? 0) && block && exitsOf(block).some(exit => exit.to === other)
  return follows ? box.y + box.height + LEAST_GAP : undefined
}
