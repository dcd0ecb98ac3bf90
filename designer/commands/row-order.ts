/** Who is left and right of whom in a row: as few crossings as can be, counting those of lines that leave one block in another order than its exits. */
import type { Graph } from '@dagrejs/dagre'
import type { Drawing } from './drawing.ts'
import type { Place } from './flow-edits.ts'

/** How far to the right an exit is on its block, 0 to 1, by the names of the graph's edges. */
export type ExitShare = (block: string, exit: string | undefined) => number

/** What the layout writes into the labels that it was given. */
export interface LaidNode {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rank?: number
  order?: number
  /** Of a bend in a line over several rows: the line. */
  readonly edgeObj?: { readonly v: string; readonly w: string }
}

type Order = ReadonlyMap<string, number>
type Rows = readonly (readonly string[])[]

const ROUNDS = 4
/** Above this many blocks and bends only the present order and the layout's own are compared. */
const MANY = 1500

/** The label of a node, as the layout filled it in. */
export function laidNode(label: unknown): LaidNode {
  return label as LaidNode
}

/** The shares of all exits that lead on in a drawing. */
export function exitShares({ ways }: Drawing): ExitShare {
  const exits = new Map<string, string[]>()
  for (const { from, exit } of ways) exits.set(from, [...(exits.get(from) ?? []), exit])
  return (block, exit) => {
    const own = exits.get(block)
    const index = own?.indexOf(exit ?? '') ?? -1
    return own && index >= 0 ? (index + 0.5) / own.length : 0.5
  }
}

/** Orders every row. The present order stays unless another has fewer crossings. */
export function orderRows(graph: Graph, orderItself: (graph: Graph) => void, shareOf: ExitShare, now: ((id: string) => Place | undefined) | undefined): void {
  orderItself(graph)
  const rows = rowsOf(graph)
  const layouts: Order = new Map(graph.nodes().map(id => [id, laidNode(graph.node(id)).order ?? 0]))
  const present = now && placed(rows, presentWish(graph, now), layouts)
  let best: { readonly order: Order; readonly crossings: number } | undefined
  const weigh = (order: Order) => {
    const crossings = countCrossings(graph, order, shareOf)
    if (best === undefined || crossings < best.crossings) best = { order, crossings }
  }
  const starts = [present, alongExits(graph, rows, shareOf, present ?? layouts), layouts].filter(order => order !== undefined)
  for (const order of starts) {
    weigh(order)
    if (best?.crossings === 0) break
  }
  if (graph.nodeCount() <= MANY) {
    for (const start of starts) {
      let order = start
      for (let round = 0; round < ROUNDS && best?.crossings !== 0; round++) {
        order = swept(graph, rows, order, shareOf, round % 2 === 0)
        weigh(order)
      }
    }
  }
  for (const [id, index] of best?.order ?? []) laidNode(graph.node(id)).order = index
}

/** Each row sorted by a wish; who wishes the same stays as in `otherwise`. */
function placed(rows: Rows, wish: ReadonlyMap<string, number>, otherwise: Order): Order {
  const at = (id: string) => wish.get(id) ?? 0
  return new Map(
    rows.flatMap(row =>
      [...row].sort((one, other) => at(one) - at(other) || (otherwise.get(one) ?? 0) - (otherwise.get(other) ?? 0)).map((id, index) => [id, index] as const),
    ),
  )
}

/** Where blocks are now. A bend lies on the way between the ends of its line. */
function presentWish(graph: Graph, now: (id: string) => Place | undefined): ReadonlyMap<string, number> {
  const wish = new Map<string, number>()
  for (const id of graph.nodes()) {
    const node = laidNode(graph.node(id))
    const [from, to] = [node.edgeObj?.v, node.edgeObj?.w]
    if (from === undefined || to === undefined) {
      wish.set(id, now(id)?.[0] ?? 0)
      continue
    }
    const [x, toX] = [now(from)?.[0] ?? 0, now(to)?.[0] ?? 0]
    const [rank, toRank] = [laidNode(graph.node(from)).rank ?? 0, laidNode(graph.node(to)).rank ?? 1]
    wish.set(id, x + ((toX - x) * ((node.rank ?? 0) - rank)) / (toRank - rank || 1))
  }
  return wish
}

/** The order in which a walk from the beginnings along the exits first comes by. */
function alongExits(graph: Graph, rows: Rows, shareOf: ExitShare, beginnings: Order): Order {
  const seen = new Map<string, number>()
  const first = graph.nodes().filter(id => (graph.inEdges(id) ?? []).length === 0)
  const stack = first.sort((one, other) => (beginnings.get(other) ?? 0) - (beginnings.get(one) ?? 0))
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue
    seen.set(id, seen.size)
    const out = [...(graph.outEdges(id) ?? [])].sort((one, other) => shareOf(other.v, other.name) - shareOf(one.v, one.name))
    for (const { w } of out) stack.push(w)
  }
  return placed(rows, seen, beginnings)
}

/** Row by row, each sorted by the middle of what it hangs on in the row before: downwards by where lines come from, upwards by where they go. */
function swept(graph: Graph, rows: Rows, order: Order, shareOf: ExitShare, isDown: boolean): Order {
  const next = new Map(order)
  for (const row of isDown ? rows : [...rows].reverse()) {
    const wish = new Map<string, number>()
    for (const id of row) {
      const ends = isDown
        ? (graph.inEdges(id) ?? []).map(({ v, name }) => (next.get(v) ?? 0) + shareOf(v, name))
        : (graph.outEdges(id) ?? []).map(({ w, v, name }) => (next.get(w) ?? 0) + 1 - shareOf(v, name))
      wish.set(id, ends.length > 0 ? ends.reduce((sum, end) => sum + end, 0) / ends.length : (next.get(id) ?? 0))
    }
    for (const [id, index] of placed([row], wish, order)) next.set(id, index)
  }
  return next
}

function rowsOf(graph: Graph): Rows {
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
function countCrossings(graph: Graph, order: Order, shareOf: ExitShare): number {
  const between = new Map<number, [number, number][]>()
  for (const { v, w, name } of graph.edges()) {
    const { rank } = laidNode(graph.node(v))
    if (rank === undefined) continue
    const lines = between.get(rank) ?? []
    lines.push([(order.get(v) ?? 0) + shareOf(v, name), order.get(w) ?? 0])
    between.set(rank, lines)
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
