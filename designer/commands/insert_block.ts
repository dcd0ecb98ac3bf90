import { editWords as words } from '../words/edits.ts'
import { type ChosenExit, type Command, NOTHING_CHOSEN } from './command.ts'
import { firstFreeExit, nameOf, takesConnections } from './exits.ts'
import { type Place, snap, withExit, withPlaces } from './flow-edits.ts'
import { makeRoom } from './make-room.ts'
import { withAllPlaces } from './places.ts'

/** A block that is there and the connection it goes into. */
export interface Insertion {
  readonly block: string
  readonly into: ChosenExit
  readonly at?: Place
}

/** Puts a block that nothing leads to into a connection: dropping it there is enough. */
export const insertBlock: Command<Insertion> = {
  name: 'insert_block',
  group: 'edit',
  label: words.insert,
  isAvailable: ({ readOnly }) => !readOnly,
  apply(view, { block: id, into, at }) {
    const block = view.flow.blocks[id]
    const next = view.flow.blocks[into.block]?.exits?.[into.exit]
    if (!block || next === undefined || next === id || into.block === id || !takesConnections(block)) return undefined
    if (Object.values(view.flow.blocks).some(other => Object.values(other.exits ?? {}).includes(id))) return undefined
    let flow = withExit(withAllPlaces(view.flow), into.block, into.exit, id)
    const onward = firstFreeExit(block)
    if (onward !== undefined) flow = withExit(flow, id, onward, next)
    if (at) flow = withPlaces(flow, new Map([[id, snap(at)]]))
    return { flow: makeRoom(flow, view.sizes, [into.block, id]), selection: { ...NOTHING_CHOSEN, blocks: [id] }, said: words.inserted(nameOf(flow, id)) }
  },
}
