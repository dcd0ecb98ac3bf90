/** Two versions in one picture: the newer one, what was removed from the older one, and marks on what differs. */
import type { BlockDiff, ChangeKind, Flow, FlowDiff, Layout } from '../../server/engine/index.ts'
import type { Mark, Marks } from '../canvas/index.ts'

/** The order in which changes are told. */
export const KINDS: readonly ChangeKind[] = ['added', 'changed', 'removed']

/** What the canvas draws of a comparison. */
export interface Picture {
  readonly flow: Flow
  readonly marks: Pick<Marks, 'blocks' | 'connections'>
}

/** Marks of a flow that is only looked at. */
export const NO_MARKS: Picture['marks'] = { blocks: new Map(), connections: new Map() }

/** Draws `after` with the blocks and connections of `before` that are gone. */
export function drawComparison(before: Flow, after: Flow, diff: FlowDiff): Picture {
  // Dimming brings out what differs; when no block does, there is nothing to bring out.
  if (diff.blocks.length === 0 && diff.connections.length === 0) return { flow: after, marks: NO_MARKS }
  const kinds = new Map(diff.blocks.map(change => [change.block, change.kind]))
  const blocks: Record<string, Flow['blocks'][string]> = { ...after.blocks }
  const layout: Record<string, Layout[string]> = { ...after.layout }
  for (const [id, block] of Object.entries(before.blocks)) {
    if (kinds.get(id) !== 'removed') continue
    blocks[id] = block
    const place = before.layout?.[id]
    if (place) layout[id] = place
  }
  // An exit that leads nowhere now is drawn as it was: the line is what was removed.
  for (const { kind, block, exit, from } of diff.connections) {
    const shown = blocks[block]
    if (kind !== 'removed' || from === undefined || !shown || kinds.get(block) === 'removed' || !Object.hasOwn(blocks, from)) continue
    blocks[block] = { ...shown, exits: { ...shown.exits, [exit]: from } }
  }
  const marks = new Map<string, Mark>(Object.keys(blocks).map(id => [id, { states: [kinds.get(id) ?? 'dimmed'] }]))
  const connections = new Map<string, 'added' | 'removed' | 'dimmed'>()
  for (const [id, block] of Object.entries(blocks)) for (const exit of Object.keys(block.exits ?? {})) connections.set(`${id}.${exit}`, 'dimmed')
  for (const { kind, block, exit } of diff.connections) connections.set(`${block}.${exit}`, kind === 'removed' ? 'removed' : 'added')
  return { flow: { ...after, blocks, layout }, marks: { blocks: marks, connections } }
}

/** Changes in the order they are read and walked: by kind, then down the canvas. */
export function orderChanges({ blocks }: FlowDiff, flow: Flow): readonly BlockDiff[] {
  const place = (id: string) => {
    const at = flow.layout?.[id]
    return Array.isArray(at) ? Number(at[1]) : 0
  }
  return KINDS.flatMap(kind => blocks.filter(change => change.kind === kind).sort((one, other) => place(one.block) - place(other.block)))
}

/** How many blocks were added, changed and removed. */
export function countKinds({ blocks }: FlowDiff): Readonly<Record<'added' | 'changed' | 'removed', number>> {
  const count = (kind: string) => blocks.filter(change => change.kind === kind).length
  return { added: count('added'), changed: count('changed'), removed: count('removed') }
}
