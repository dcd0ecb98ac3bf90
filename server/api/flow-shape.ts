/** The first steps of a flow as a small picture for lists. */
import { type BlockGroup, blockTypeOf, type Flow } from '../engine/index.ts'

/** Rows of a picture, blocks in a row: more would be dust at the size of a thumbnail. */
const ROWS = 4
const WIDTH = 3

/** Groups of blocks in rows, and lines between them by their number over all rows. */
export interface Shape {
  rows: BlockGroup[][]
  lines: [number, number][]
}

/** Follows the exits from the entry that people meet first, and from one more where the first row has room. */
export function shapeOf(flow: Flow): Shape {
  const blocks = Object.entries(flow.blocks)
  const entries = blocks.filter(([, block]) => blockTypeOf(block.type)?.group === 'entries')
  const [first = blocks[0]] = entries.filter(([, block]) => block.type === 'start')
  const rows: string[][] = first ? [[first[0]]] : []
  const seen = new Set(rows.flat())
  while (rows.length > 0 && rows.length < ROWS) {
    const next = (rows.at(-1) ?? []).flatMap(id => targetsOf(flow, id)).filter(id => !seen.has(id) && seen.add(id))
    if (next.length === 0) break
    rows.push(next.slice(0, WIDTH))
  }
  const numbers = new Map(rows.flat().map((id, number) => [id, number]))
  const lines = rows.slice(0, -1).flatMap((row, depth) =>
    row.flatMap(from =>
      targetsOf(flow, from)
        .filter(to => rows[depth + 1]?.includes(to))
        .map((to): [number, number] => [numbers.get(from) ?? 0, numbers.get(to) ?? 0]),
    ),
  )
  return { rows: rows.map(row => row.map(id => groupOf(flow, id))), lines }
}

function targetsOf(flow: Flow, id: string): readonly string[] {
  return [...new Set(Object.values(flow.blocks[id]?.exits ?? {}))].filter(target => flow.blocks[target] !== undefined)
}

function groupOf(flow: Flow, id: string): BlockGroup {
  return blockTypeOf(flow.blocks[id]?.type ?? '')?.group ?? 'act'
}
