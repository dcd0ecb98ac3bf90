/** Adds a block: alone, behind an exit, or into a connection. */
import type { Block } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import { type ChosenExit, type Command, type EditorView, NOTHING_CHOSEN } from './command.ts'
import { exitsOf, firstFreeExit, nameOfBlock, takesConnections } from './exits.ts'
import { freeId, MOST_BLOCKS, type Place, snap, withExit, withNewBlock } from './flow-edits.ts'
import { makeRoom } from './make-room.ts'
import { boxOf, freePlace, GAP_BELOW, guessSize, withAllPlaces } from './places.ts'

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
    const place = at ? snap(at) : freePlace(flow, view.sizes, wish(view, from, next), size)
    let added = withNewBlock(flow, id, block, place)
    if (isJoined) {
      added = withExit(added, from.block, from.exit, id)
      const onward = firstFreeExit(block)
      if (next !== undefined && onward !== undefined) added = withExit(added, id, onward, next)
      if (next !== undefined) added = makeRoom(added, view.sizes, [from.block, id])
    }
    return { flow: added, selection: { ...NOTHING_CHOSEN, blocks: [id] }, said: words.added(nameOfBlock(block)) }
  },
}

/** Where a click or a key adds: into the chosen connection, behind the chosen block, else nowhere in particular. */
export function exitToAddTo({ flow, selection }: EditorView): ChosenExit | undefined {
  const [connection] = selection.connections
  if (connection && selection.connections.length === 1) return connection
  const [id] = selection.blocks
  const block = id === undefined || selection.blocks.length !== 1 ? undefined : flow.blocks[id]
  const exit = block && firstFreeExit(block)
  return id !== undefined && exit !== undefined ? { block: id, exit } : undefined
}

function wish(view: EditorView, from: ChosenExit | undefined, next: string | undefined): Place {
  const flow = withAllPlaces(view.flow)
  const block = from && flow.blocks[from.block]
  if (!from || !block) return view.pointer ?? [0, 0]
  const box = boxOf(flow, view.sizes, from.block)
  if (next !== undefined) {
    const target = boxOf(flow, view.sizes, next)
    // Between the two where there is room, else right below the first: what follows makes room.
    return [target.x + target.width / 2, box.y + box.height + GAP_BELOW]
  }
  const exits = exitsOf(block)
  const index = exits.findIndex(exit => exit.name === from.exit)
  const share = exits.length > 1 ? (index + 0.5) / exits.length - 0.5 : 0
  return [box.x + box.width / 2 + share * Math.max(box.width, exits.length * 120), box.y + box.height + GAP_BELOW]
}
