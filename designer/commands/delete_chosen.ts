import type { Flow } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import { type Command, type EditorView, NOTHING_CHOSEN, type Selection } from './command.ts'
import { nameOf } from './exits.ts'
import { withExit, withNote, withoutBlocks } from './flow-edits.ts'
import { flowOrder } from './flow-order.ts'

/** Removes what is chosen: blocks with their connections, connections, notes and frames (what a frame surrounds stays). */
export const deleteChosen: Command = {
  name: 'delete_chosen',
  group: 'edit',
  label: words.delete,
  keys: ['Delete', 'Backspace'],
  isAvailable: ({ selection, readOnly }) => !readOnly && countChosen(selection) > 0,
  focusAfter: neighbourOf,
  apply: view => ({ flow: withoutChosen(view.flow, view.selection), selection: NOTHING_CHOSEN, said: words.deleted(whatIsChosen(view)) }),
}

/** The flow without what is chosen. */
export function withoutChosen(flow: Flow, { blocks, connections, notes, frames }: Selection): Flow {
  let left = blocks.length > 0 ? withoutBlocks(flow, new Set(blocks)) : flow
  for (const { block, exit } of connections) left = withExit(left, block, exit, undefined)
  for (const id of notes) left = withNote(left, 'note', id, undefined)
  for (const id of frames) left = withNote(left, 'frame', id, undefined)
  return left
}

/** How many things are chosen. */
export function countChosen({ blocks, connections, notes, frames }: Selection): number {
  return blocks.length + connections.length + notes.length + frames.length
}

/** What is chosen, in words: the name of one block, else how many things. */
export function whatIsChosen({ flow, selection }: EditorView): string {
  const [block] = selection.blocks
  if (block !== undefined && selection.blocks.length === 1) return nameOf(flow, block)
  if (selection.blocks.length > 1) return words.blocks(selection.blocks.length)
  if (selection.connections.length > 0) return words.connections(selection.connections.length)
  return selection.notes.length > 0 ? words.note : words.frame
}

/** The block before the first removed one, else the one behind it. */
function neighbourOf({ flow, selection }: EditorView): string | undefined {
  if (selection.blocks.length === 0) return selection.connections[0]?.block
  const gone = new Set(selection.blocks)
  const order = flowOrder(flow)
  const first = order.findIndex(id => gone.has(id))
  return order.slice(0, first).findLast(id => !gone.has(id)) ?? order.slice(first).find(id => !gone.has(id))
}
