/** The smallest edits, which commands are made of: flow in, flow out, and everything that did not change stays the same object. */
import type { Block, Flow, Layout } from '../../server/engine/index.ts'

/** Across and down, in pixels of the canvas. Of a block: the middle of its upper edge. */
export type Place = readonly [number, number]
/** A frame or a note. */
export type CanvasNote = { readonly text: string; readonly at: Place; readonly size?: Place }
/** Frames lie behind blocks, notes are pinned beside them. */
export type NoteKind = 'note' | 'frame'

/** The largest flow the file format takes. */
export const MOST_BLOCKS = 2000
/** Positions are multiples of this. */
export const GRID = 16
const FARTHEST = 1_000_000

/** A place on the grid and inside of what a file may say. */
export function snap([x, y]: Place): Place {
  const on = (value: number) => Math.max(-FARTHEST, Math.min(FARTHEST, Math.round(value / GRID) * GRID)) + 0
  return [on(x), on(y)]
}

/** Replaces one block. */
export function withBlock(flow: Flow, id: string, block: Block): Flow {
  return flow.blocks[id] === block ? flow : { ...flow, blocks: { ...flow.blocks, [id]: block } }
}

/** Connects an exit, or with `undefined` frees it. A block without connections has no `exits`. */
export function withExit(flow: Flow, id: string, exit: string, to: string | undefined): Flow {
  const block = flow.blocks[id]
  if (!block || block.exits?.[exit] === to) return flow
  const { [exit]: _old, ...others } = block.exits ?? {}
  const exits = to === undefined ? others : { ...block.exits, [exit]: to }
  const { exits: _exits, ...rest } = block
  return withBlock(flow, id, Object.keys(exits).length > 0 ? { ...rest, exits } : rest)
}

/** Adds a block with a place. */
export function withNewBlock(flow: Flow, id: string, block: Block, place: Place): Flow {
  return withPlaces({ ...flow, blocks: { ...flow.blocks, [id]: block } }, new Map([[id, place]]))
}

/** Removes blocks, their places and every connection that leads to them. */
export function withoutBlocks(flow: Flow, ids: ReadonlySet<string>): Flow {
  const blocks: Record<string, Block> = {}
  for (const [id, block] of Object.entries(flow.blocks)) {
    if (ids.has(id)) continue
    const leads = Object.entries(block.exits ?? {})
    const kept = leads.filter(([, to]) => !ids.has(to))
    if (kept.length === leads.length) {
      blocks[id] = block
      continue
    }
    const { exits: _exits, ...rest } = block
    blocks[id] = kept.length > 0 ? { ...rest, exits: Object.fromEntries(kept) } : rest
  }
  const layout = Object.fromEntries(Object.entries(flow.layout ?? {}).filter(([id]) => !ids.has(id)))
  return withLayout({ ...flow, blocks }, layout)
}

/** Moves blocks; same flow when all are there already. */
export function withPlaces(flow: Flow, places: ReadonlyMap<string, Place>): Flow {
  const moved = [...places].filter(([id, [x, y]]) => {
    const known = placeIn(flow, id)
    return !known || known[0] !== x || known[1] !== y
  })
  return moved.length === 0 ? flow : withLayout(flow, { ...flow.layout, ...Object.fromEntries(moved) })
}

/** Adds, replaces or with `undefined` removes a note or frame. */
export function withNote(flow: Flow, kind: NoteKind, id: string, note: CanvasNote | undefined): Flow {
  const key = kind === 'note' ? '$notes' : '$frames'
  const { [id]: _old, ...others } = flow.layout?.[key] ?? {}
  const notes = note === undefined ? others : { ...flow.layout?.[key], [id]: note }
  const { [key]: _notes, ...rest } = flow.layout ?? {}
  return withLayout(flow, Object.keys(notes).length > 0 ? { ...rest, [key]: notes } : rest)
}

/** The notes or frames of a flow. */
export function notesOf(flow: Flow, kind: NoteKind): Readonly<Record<string, CanvasNote>> {
  return (kind === 'note' ? flow.layout?.$notes : flow.layout?.$frames) ?? {}
}

/** Where the file puts a block; undefined when it does not say. */
export function placeIn(flow: Flow, id: string): Place | undefined {
  const place = flow.layout?.[id]
  return isPlace(place) ? place : undefined
}

/** A free id, readable: the wish, else the wish with a number. */
export function freeId(wish: string, taken: (id: string) => boolean): string {
  const plain = wish
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36)
  const base = plain === '' ? 'block' : plain
  if (!taken(base)) return base
  const stem = base.replace(/_\d+$/, '')
  for (let number = 2; ; number++) if (!taken(`${stem}_${number}`)) return `${stem}_${number}`
}

function withLayout(flow: Flow, layout: Layout): Flow {
  const { layout: _layout, ...rest } = flow
  return Object.keys(layout).length > 0 ? { ...rest, layout } : rest
}

function isPlace(value: Layout[string]): value is Place {
  return Array.isArray(value)
}
