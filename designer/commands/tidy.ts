import { editWords as words } from '../words/edits.ts'
import { arrange } from './arrange.ts'
import type { Command } from './command.ts'
import { GRID, type Place, withPlaces } from './flow-edits.ts'
import { boxOf, overlaps, placesOf, sizeOf, withAllPlaces } from './places.ts'

/** Lays out the chosen blocks, or all: downwards, nothing over anything, who was left stays left. */
export const tidy: Command = {
  name: 'tidy',
  group: 'arrange',
  label: words.tidy,
  keys: ['shift+T'],
  isAvailable: ({ flow, readOnly }) => !readOnly && Object.keys(flow.blocks).length > 1,
  apply({ flow: given, selection, sizes }) {
    const flow = withAllPlaces(given)
    const ids = selection.blocks.length > 1 ? selection.blocks : Object.keys(flow.blocks)
    const places = placesOf(flow)
    const laid = settle(ids.length, known =>
      arrange(
        flow,
        ids,
        id => sizeOf(flow, sizes, id),
        id => known?.get(id) ?? places.get(id),
      ),
    )
    const isPart = ids.length < places.size
    const tidied = withPlaces(flow, isPart ? clearOfOthers(flow, sizes, laid) : laid)
    return tidied === given ? undefined : { flow: tidied, said: words.tidied }
  },
}

/** Rounds to the grid can move a neighbour once more: lays out again until nothing moves, so that tidying twice is tidying once. */
const MOST_ROUNDS = 8
/** Above this many blocks one round has to do. */
const MANY_BLOCKS = 300

function settle(blocks: number, layOut: (known: ReadonlyMap<string, Place> | undefined) => ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  let laid = layOut(undefined)
  for (let round = 1; round < MOST_ROUNDS && blocks <= MANY_BLOCKS; round++) {
    const next = layOut(laid)
    if ([...next].every(([id, [x, y]]) => laid.get(id)?.[0] === x && laid.get(id)?.[1] === y)) break
    laid = next
  }
  return laid
}

/** A tidied part goes to the right until it covers nobody else. */
function clearOfOthers(flow: Parameters<typeof boxOf>[0], sizes: Parameters<typeof boxOf>[1], laid: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const others = Object.keys(flow.blocks)
    .filter(id => !laid.has(id))
    .map(id => boxOf(flow, sizes, id))
  for (let shift = 0; ; shift += GRID) {
    const hits = [...laid].some(([id, [x, y]]) => {
      const [width, height] = sizeOf(flow, sizes, id)
      const box = { x: x + shift - width / 2, y, width, height }
      return others.some(other => overlaps(box, other, GRID))
    })
    if (!hits) return new Map([...laid].map(([id, [x, y]]) => [id, [x + shift, y]]))
  }
}
