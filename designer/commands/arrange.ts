/** Places blocks so that time runs down and nothing overlaps, keeping who is left and right of whom. */
import { Graph, layout } from '@dagrejs/dagre'
import type { Flow } from '../../server/engine/index.ts'
import { exitsOf } from './exits.ts'
import { type Place, snap } from './flow-edits.ts'
import { flowOrder } from './flow-order.ts'

const RANK_GAP = 56
const NODE_GAP = 40

/** Where a block is now; undefined for all when the flow was never drawn. */
export type Now = (id: string) => Place | undefined

interface LaidNode {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  rank?: number
  order?: number
  dummy?: string
}

/**
 * New places of `ids` as the middle of their upper edges. With `now` each connected group stays where it is on the whole: the typical
 * block of it does not move.
 */
export function arrange(flow: Flow, ids: readonly string[], size: (id: string) => Place, now: Now | undefined): ReadonlyMap<string, Place> {
  const wanted = new Set(ids)
  const groups = connectedGroups(flow, wanted)
  const laid = groups.map(group => anchor(layGroup(flow, group, size, now), now))
  return spread(laid, size, now === undefined)
}

function layGroup(flow: Flow, group: readonly string[], size: (id: string) => Place, now: Now | undefined): Map<string, Place> {
  const inGroup = new Set(group)
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', ranksep: RANK_GAP, nodesep: NODE_GAP, edgesep: 16, ranker: group.length > 400 ? 'longest-path' : 'network-simplex' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of group) {
    const [width, height] = size(id)
    graph.setNode(id, { width, height })
  }
  for (const id of group) {
    const block = flow.blocks[id]
    if (!block) continue
    for (const exit of exitsOf(block)) {
      if (exit.to !== undefined && exit.to !== id && inGroup.has(exit.to)) graph.setEdge(id, exit.to, {}, exit.name)
    }
  }
  layout(graph, now ? { customOrder: (drawn, order) => orderLike(drawn, order, now) } : {})
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

/** Keeps the present order of each row, unless another has fewer crossings. */
function orderLike(graph: Graph, order: (graph: Graph) => void, now: Now): void {
  order(graph)
  const best = readOrder(graph)
  const crossingsOfBest = countCrossings(graph)
  const rows = rowsOf(graph)
  const wish = new Map<string, number>()
  for (const id of graph.nodes()) {
    const place = now(id)
    if (place) wish.set(id, place[0])
  }
  // Bends of long lines have no place of their own: they lie between their ends, row by row.
  for (const row of rows) {
    for (const id of row) {
      if (wish.has(id)) continue
      const above = (graph.predecessors(id) ?? []).map(other => wish.get(String(other))).filter(x => x !== undefined)
      wish.set(id, above.length > 0 ? above.reduce((sum, x) => sum + x, 0) / above.length : 0)
    }
  }
  for (const row of rows) {
    const sorted = [...row].sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0) || (best.get(one) ?? 0) - (best.get(other) ?? 0))
    for (const [index, id] of sorted.entries()) laidNode(graph.node(id)).order = index
  }
  if (countCrossings(graph) <= crossingsOfBest) return
  for (const [id, index] of best) laidNode(graph.node(id)).order = index
}

function readOrder(graph: Graph): ReadonlyMap<string, number> {
  return new Map(graph.nodes().map(id => [id, laidNode(graph.node(id)).order ?? 0]))
}

function rowsOf(graph: Graph): readonly (readonly string[])[] {
  const rows = new Map<number, string[]>()
  for (const id of graph.nodes()) {
    const { rank } = laidNode(graph.node(id))
    if (rank === undefined) continue
    const row = rows.get(rank)
    if (row) row.push(id)
    else rows.set(rank, [id])
  }
  return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row)
}

/** Pairs of lines between neighbouring rows that cross. */
function countCrossings(graph: Graph): number {
  const between = new Map<number, [number, number][]>()
  for (const { v, w } of graph.edges()) {
    const from = laidNode(graph.node(v))
    const to = laidNode(graph.node(w))
    if (from.rank === undefined) continue
    const lines = between.get(from.rank) ?? []
    lines.push([from.order ?? 0, to.order ?? 0])
    between.set(from.rank, lines)
  }
  let crossings = 0
  for (const lines of between.values()) {
    for (let i = 0; i < lines.length; i++) {
      for (let k = i + 1; k < lines.length; k++) {
        const [a, b] = [lines[i], lines[k]]
        if (a && b && (a[0] - b[0]) * (a[1] - b[1]) < 0) crossings++
      }
    }
  }
  return crossings
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
function spread(groups: readonly ReadonlyMap<string, Place>[], size: (id: string) => Place, inRow: boolean): ReadonlyMap<string, Place> {
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

/** Groups of blocks that hang together, in flow order. */
function connectedGroups(flow: Flow, wanted: ReadonlySet<string>): readonly (readonly string[])[] {
  const leader = new Map<string, string>()
  const find = (id: string): string => {
    let top = id
    for (let next = leader.get(top); next !== undefined && next !== top; next = leader.get(top)) top = next
    leader.set(id, top)
    return top
  }
  for (const id of wanted) {
    for (const to of Object.values(flow.blocks[id]?.exits ?? {})) if (wanted.has(to)) leader.set(find(to), find(id))
  }
  const groups = new Map<string, string[]>()
  for (const id of flowOrder(flow)) {
    if (!wanted.has(id)) continue
    const group = groups.get(find(id))
    if (group) group.push(id)
    else groups.set(find(id), [id])
  }
  return [...groups.values()]
}

/** Dagre writes these into the labels that we gave it. */
function laidNode(label: unknown): LaidNode {
  return label as LaidNode
}
