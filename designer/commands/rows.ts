/** A plain layout that is there at once: blocks in rows by how far they are from the beginning, each row below what leads to it. */
import type { Drawing } from './drawing.ts'
import { type Place, snap } from './flow-edits.ts'

const ROW_GAP = 56
const BLOCK_GAP = 48

/** Places of all blocks as the middle of their upper edges; nothing covers anything. */
export function inRows(drawing: Drawing): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  const parents = parentsOf(drawing)
  let top = 0
  for (const row of rowsOf(drawing, parents)) {
    // Under the middle of what leads there; a block that nothing leads to goes behind its neighbours.
    const wish = (id: string): number | undefined => {
      const above = (parents.get(id) ?? []).flatMap(parent => places.get(parent)?.[0] ?? [])
      return above.length === 0 ? undefined : above.reduce((sum, x) => sum + x, 0) / above.length
    }
    const wished = row.map(block => ({ ...block, x: wish(block.id) })).sort((one, other) => (one.x ?? Infinity) - (other.x ?? Infinity) || 0)
    let right = Number.NEGATIVE_INFINITY
    const laid = wished.map(({ id, size: [width], x }) => {
      const free = right + BLOCK_GAP + width / 2
      const middle = Math.max(x ?? free, free, x === undefined && right === Number.NEGATIVE_INFINITY ? 0 : Number.NEGATIVE_INFINITY)
      right = middle + width / 2
      return { id, middle, moved: middle - (x ?? middle) }
    })
    const shift = laid.reduce((sum, { moved }) => sum + moved, 0) / Math.max(1, laid.length)
    const [left] = snap([shift, 0])
    for (const { id, middle } of laid) places.set(id, snap([middle - left, top]))
    top += Math.max(...row.map(({ size: [, height] }) => height)) + ROW_GAP
  }
  return places
}

/** What leads to a block, without the ways that go back to where a conversation was already. */
function parentsOf({ blocks, ways }: Drawing): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>()
  for (const { from, to } of ways) next.set(from, [...(next.get(from) ?? []), to])
  const parents = new Map<string, string[]>()
  const open = new Set<string>()
  const done = new Set<string>()
  for (const { id: start } of blocks) {
    const stack = [{ id: start, from: undefined as string | undefined, isLeft: false }]
    for (let step = stack.pop(); step; step = stack.pop()) {
      const { id, from, isLeft } = step
      if (isLeft) {
        open.delete(id)
        continue
      }
      if (open.has(id)) continue
      if (from !== undefined) parents.set(id, [...(parents.get(id) ?? []), from])
      if (done.has(id)) continue
      done.add(id)
      open.add(id)
      stack.push({ id, from, isLeft: true })
      for (const to of [...(next.get(id) ?? [])].reverse()) stack.push({ id: to, from: id, isLeft: false })
    }
  }
  return parents
}

/** Blocks by the longest way from a beginning, in the order of the drawing. */
function rowsOf({ blocks }: Drawing, parents: ReadonlyMap<string, readonly string[]>): readonly Drawing['blocks'][] {
  const ranks = new Map<string, number>()
  const children = new Map<string, string[]>()
  const waiting = new Map(blocks.map(({ id }) => [id, parents.get(id)?.length ?? 0]))
  for (const [id, above] of parents) for (const parent of above) children.set(parent, [...(children.get(parent) ?? []), id])
  const ready = blocks.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id)
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const rank = ranks.get(id) ?? 0
    ranks.set(id, rank)
    for (const child of children.get(id) ?? []) {
      ranks.set(child, Math.max(ranks.get(child) ?? 0, rank + 1))
      const left = (waiting.get(child) ?? 0) - 1
      waiting.set(child, left)
      if (left === 0) ready.push(child)
    }
  }
  const rows: Drawing['blocks'][number][][] = []
  for (const block of blocks) {
    const rank = ranks.get(block.id) ?? 0
    const row = rows[rank]
    if (row) row.push(block)
    else rows[rank] = [block]
  }
  return rows.filter(row => row !== undefined)
}
