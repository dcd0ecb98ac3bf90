/** Adds a block: alone, behind an exit, or into a connection. */
import type { Block, Flow } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import { type ChosenExit, type Command, type EditorView, NOTHING_CHOSEN } from './command.ts'
import { countChosen } from './delete_chosen.ts'
import { exitsOf, firstFreeExit, nameOf, takesConnections } from './exits.ts'
import { freeId, MOST_BLOCKS, type Place, snap, withExit, withNewBlock } from './flow-edits.ts'
import { makeRoom } from './make-room.ts'
import { boxOf, freePlace, GAP_BELOW, guessSize, LEAST_GAP, withAllPlaces } from './places.ts'

/** The first and last of many exits lead no farther aside than this. */
const WIDEST_FAN = 372

/** What to add and where. */
export interface NewBlock {
  /** Settings of the block, as its type begins. */
  readonly block: Block
  /** Where its upper edge's middle goes. Without it a good place is found. */
  readonly at?: Place
  /** Connected from this exit. Where the exit led already, the new block goes in between. */
  readonly from?: ChosenExit
}

/** Adds a block and chooses it. */
export const addBlock: Command<NewBlock> = {
  name: 'add_block',
  group: 'add',
  label: words.addBlock,
  isAvailable: ({ flow, readOnly }) => !readOnly && Object.keys(flow.blocks).length < MOST_BLOCKS,
  apply(view, { block, at, from }) {
    const flow = withAllPlaces(view.flow)
    const id = freeId(block.type, known => flow.blocks[known] !== undefined)
    const size = guessSize(block)
    const source = from && flow.blocks[from.block]
    const isJoined = from !== undefined && source !== undefined && takesConnections(block)
    const next = isJoined ? source.exits?.[from.exit] : undefined
    const place = at && next !== undefined ? snap(at) : placeFor(view, flow, at ?? wish(view, from, next, size), size, at === undefined && isJoined)
    let added = withNewBlock(flow, id, block, place)
    if (isJoined) {
      added = withExit(added, from.block, from.exit, id)
      const onward = firstFreeExit(block)
      if (next !== undefined && onward !== undefined) added = withExit(added, id, onward, next)
      if (next !== undefined) added = makeRoom(added, view.sizes, [from.block, id])
    }
    return { flow: added, selection: { ...NOTHING_CHOSEN, blocks: [id] }, said: words.added(nameOf(added, id)) }
  },
}

/** Where a click or a key adds: into the chosen connection, behind the chosen block, else where the flow is obviously to go on. */
export function exitToAddTo({ flow, selection }: EditorView): ChosenExit | undefined {
  if (countChosen(selection) === 0) return onlyOpenExit(flow)
  const [connection] = selection.connections
  if (connection && selection.connections.length === 1) return connection
  const [id] = selection.blocks
  const block = id === undefined || selection.blocks.length !== 1 ? undefined : flow.blocks[id]
  const exit = block && firstFreeExit(block)
  return id !== undefined && exit !== undefined ? { block: id, exit } : undefined
}

/** The one exit of the whole flow that leads nowhere yet, or that of a start which leads nowhere. */
function onlyOpenExit(flow: Flow): ChosenExit | undefined {
  const open = Object.entries(flow.blocks).flatMap(([block, known]) =>
    exitsOf(known).flatMap(({ name, to }) => (to === undefined && name !== 'error' ? [{ block, exit: name }] : [])),
  )
  const only = open.length === 1 ? open[0] : undefined
  return only ?? open.find(({ block }) => flow.blocks[block]?.type === 'start')
}

/** A place that covers nothing. What goes on from a block lies below it or to the right, never beside or above. */
function placeFor(view: EditorView, flow: Flow, wished: Place, size: Place, isBelow: boolean): Place {
  return freePlace(flow, view.sizes, wished, size, isBelow ? { gap: LEAST_GAP, isDownwards: true } : undefined)
}

function wish(view: EditorView, from: ChosenExit | undefined, next: string | undefined, [width]: Place): Place {
  const flow = withAllPlaces(view.flow)
  const block = from && flow.blocks[from.block]
  if (!from || !block) return view.pointer ?? [0, 0]
  const box = boxOf(flow, view.sizes, from.block)
  const below = box.y + box.height + GAP_BELOW
  if (next !== undefined) {
    const target = boxOf(flow, view.sizes, next)
    // Between the two where there is room, else right below the first: what follows makes room.
    return [target.x + target.width / 2, below]
  }
  const exits = exitsOf(block)
  const index = exits.findIndex(exit => exit.name === from.exit)
  const fan = (index - (exits.length - 1) / 2) * (width + LEAST_GAP)
  const middle = box.x + box.width / 2 + Math.max(-WIDEST_FAN, Math.min(WIDEST_FAN, fan))
  // Blocks stand in the order of the exits that lead to them.
  const before = exits.slice(0, Math.max(0, index)).flatMap(({ to }) => (to !== undefined && flow.blocks[to] ? [boxOf(flow, view.sizes, to)] : []))
  const right = Math.max(...before.filter(other => other.y >= box.y + box.height).map(other => other.x + other.width))
  return [Math.max(middle, right + LEAST_GAP + width / 2), below]
}
