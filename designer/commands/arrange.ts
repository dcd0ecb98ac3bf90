/** Places blocks so that time runs down and nothing overlaps, keeping who is left and right of whom. */
import { Graph, layout } from '@dagrejs/dagre'
import type { Drawing } from './drawing.ts'
import { type Place, snap } from './flow-edits.ts'
import { exitShares, laidNode, orderRows } from './row-order.ts'

const RANK_GAP = 56
const NODE_GAP = 40

/** Where a block is now. */
type Now = (id: string) => Place | undefined
type Size = (id: string) => Place

/** Rounds to the grid can move a neighbour once more: lays out again until nothing moves, so that tidying twice is tidying once. */
const MOST_ROUNDS = 8
/** Above this many blocks one round has to do. */
const MANY_BLOCKS = 300

/**
 * New places of the blocks as the middle of their upper edges. Blocks that have a place now stay where they are on the whole: the typical
 * block of each connected group does not move.
 */
export function arrange(drawing: Drawing): ReadonlyMap<string, Place> {
  if (!drawing.keepsPlaces) return layOut(drawing, undefined)
  const places = new Map(drawing.blocks.flatMap(({ id, at }) => (at ? [[id, at] as const] : [])))
  let laid = layOut(drawing, id => places.get(id))
  for (let round = 1; round < MOST_ROUNDS && drawing.blocks.length <= MANY_BLOCKS; round++) {
    const before = laid
    laid = layOut(drawing, id => before.get(id))
    if ([...laid].every(([id, [x, y]]) => before.get(id)?.[0] === x && before.get(id)?.[1] === y)) break
  }
  return laid
}

function layOut(drawing: Drawing, now: Now | undefined): ReadonlyMap<string, Place> {
  const sizes = new Map(drawing.blocks.map(({ id, size }) => [id, size]))
  const size: Size = id => sizes.get(id) ?? [0, 0]
  const laid = connectedGroups(drawing).map(group => anchor(layGroup(drawing, group, size, now), now))
  return spread(laid, size, now === undefined)
}

function layGroup(drawing: Drawing, group: readonly string[], size: Size, now: Now | undefined): Map<string, Place> {
  const inGroup = new Set(group)
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', ranksep: RANK_GAP, nodesep: NODE_GAP, edgesep: 16, ranker: group.length > 400 ? 'longest-path' : 'network-simplex' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of group) {
    const [width, height] = size(id)
    graph.setNode(id, { width, height })
  }
  for (const { from, to, exit } of drawing.ways) if (inGroup.has(from) && from !== to) graph.setEdge(from, to, {}, exit)
  const shareOf = exitShares(drawing)
  layout(graph, { customOrder: (drawn, order) => orderRows(drawn, order, shareOf, now) })
  // Dagre centres a row; upper edges in one line are calmer to read.
  const tallest = new Map<number, number>()
  for (const id of group) {
    const { y, height } = laidNode(graph.node(id))
    tallest.set(y, Math.max(tallest.get(y) ?? 0, height))
  }
  const places = new Map<string, Place>()
  for (const id of group) {
    const { x, y, height } = laidNode(graph.node(id))
    places.set(id, snap([x, y - (tallest.get(y) ?? height) / 2]))
  }
  return places
}

/** Shifts a group so that its typical block stays: the median of all moves becomes none. */
function anchor(places: Map<string, Place>, now: Now | undefined): Map<string, Place> {
  if (!now) return places
  const median = (values: readonly number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
  const moves = [...places].flatMap(([id, [x, y]]): Place[] => {
    const place = now(id)
    return place ? [[place[0] - x, place[1] - y]] : []
  })
  const shift: Place = [median(moves.map(([x]) => x)), median(moves.map(([, y]) => y))]
  return new Map([...places].map(([id, [x, y]]) => [id, snap([x + shift[0], y + shift[1]])]))
}

interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Groups that would cover each other move apart, to the right; the largest keeps its place. */
function spread(groups: readonly ReadonlyMap<string, Place>[], size: Size, inRow: boolean): ReadonlyMap<string, Place> {
  const placed: Rect[] = []
  const result = new Map<string, Place>()
  const queue = inRow ? groups : [...groups].sort((one, other) => other.size - one.size)
  for (const group of queue) {
    let shift = 0
    const rects = [...group].map(([id, [x, y]]): Rect => {
      const [width, height] = size(id)
      return { left: x - width / 2, top: y, right: x + width / 2, bottom: y + height }
    })
    if (inRow && placed.length > 0) shift = Math.max(...placed.map(rect => rect.right)) + NODE_GAP * 2 - Math.min(...rects.map(rect => rect.left))
    for (let hit = collision(rects, shift, placed); hit !== undefined; hit = collision(rects, shift, placed)) shift += hit
    shift = Math.ceil(shift / 16) * 16
    for (const rect of rects) placed.push({ ...rect, left: rect.left + shift, right: rect.right + shift })
    for (const [id, [x, y]] of group) result.set(id, snap([x + shift, y]))
  }
  return result
}

/** How far to the right a group has to go to pass the first thing it covers. */
function collision(rects: readonly Rect[], shift: number, placed: readonly Rect[]): number | undefined {
  for (const rect of rects) {
    for (const other of placed) {
      const isHit =
        rect.left + shift < other.right + NODE_GAP && rect.right + shift > other.left - NODE_GAP && rect.top < other.bottom + 16 && rect.bottom > other.top - 16
      if (isHit) return Math.ceil((other.right + NODE_GAP - rect.left - shift) / 16) * 16 || 16
    }
  }
  return undefined
}

/** Groups of blocks that hang together, in the order of the drawing. */
function connectedGroups({ blocks, ways }: Drawing): readonly (readonly string[])[] {
  const leader = new Map<string, string>()
  const find = (id: string): string => {
    let top = id
    for (let next = leader.get(top); next !== undefined && next !== top; next = leader.get(top)) top = next
    leader.set(id, top)
    return top
  }
  for (const { from, to } of ways) leader.set(find(to), find(from))
  const groups = new Map<string, string[]>()
  for (const { id } of blocks) {
    const group = groups.get(find(id))
    if (group) group.push(id)
    else groups.set(find(id), [id])
  }
  return [...groups.values()]
}
