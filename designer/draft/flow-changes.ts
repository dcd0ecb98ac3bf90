/** What differs between two states of a draft, as little as the other side needs to follow: a key in a text changes one block of a thousand. */
import type { Block, Flow } from '../../server/engine/index.ts'

/** Everything of a flow that says what it means, apart from its blocks. */
type Head = Omit<Flow, 'blocks' | 'layout'>

/** From one flow to the next. Places are left out: nothing that follows a flow this way looks at them. */
export interface FlowChanges {
  readonly head?: Head
  readonly blocks: Readonly<Record<string, Block>>
  /** All blocks in their order, when blocks came, went or changed places. */
  readonly ids?: readonly string[]
}

/** The changes; undefined when there are none. Objects that are the same are taken as unchanged. */
export function changesBetween(before: Flow | undefined, after: Flow): FlowChanges | undefined {
  const isHeadSame = before !== undefined && sameHead(before, after)
  if (isHeadSame && before.blocks === after.blocks) return undefined
  const blocks: Record<string, Block> = {}
  const known = before ? Object.keys(before.blocks) : []
  const ids = Object.keys(after.blocks)
  let isOrderSame = known.length === ids.length
  for (const [index, id] of ids.entries()) {
    const block = after.blocks[id]
    if (block && before?.blocks[id] !== block) blocks[id] = block
    if (known[index] !== id) isOrderSame = false
  }
  if (isHeadSame && isOrderSame && Object.keys(blocks).length === 0) return undefined
  return { blocks, ...(isHeadSame ? {} : { head: headOf(after) }), ...(isOrderSame ? {} : { ids }) }
}

/** The next flow. What did not change stays the same object. Undefined when there was none to change. */
export function withChanges(before: Flow | undefined, { head, blocks, ids }: FlowChanges): Flow | undefined {
  const { blocks: known = {}, ...rest } = before ?? {}
  const start = head ?? (before ? rest : undefined)
  if (!start) return undefined
  const changed: Record<string, Block> = {}
  for (const id of ids ?? Object.keys(known)) {
    const block = blocks[id] ?? known[id]
    if (block) changed[id] = block
  }
  // A head is all of a flow but blocks and layout.
  return { ...(start as Head), blocks: changed }
}

function headOf({ blocks: _blocks, layout: _layout, ...head }: Flow): Head {
  return head
}

function sameHead(one: Flow, other: Flow): boolean {
  const [before, after] = [Object.entries(headOf(one)), new Map<string, unknown>(Object.entries(headOf(other)))]
  return before.length === after.size && before.every(([key, value]) => after.get(key) === value)
}
