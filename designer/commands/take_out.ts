import type { Block } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import { type Command, NOTHING_CHOSEN } from './command.ts'
import { exitsOf, nameOf } from './exits.ts'
import { withExit, withoutBlocks } from './flow-edits.ts'

/** Removes a block and leads what came to it to where its first exit went. */
export const takeOut: Command = {
  name: 'take_out',
  group: 'edit',
  label: words.takeOut,
  keys: ['shift+Delete', 'shift+Backspace'],
  isAvailable: ({ flow, selection, readOnly }) => !readOnly && selection.blocks.length === 1 && onward(flow.blocks[selection.blocks[0] ?? '']) !== undefined,
  focusAfter: ({ flow, selection }) => onward(flow.blocks[selection.blocks[0] ?? '']),
  apply({ flow, selection }) {
    const [id] = selection.blocks
    const next = id === undefined ? undefined : onward(flow.blocks[id])
    if (id === undefined || next === undefined || next === id) return undefined
    let closed = withoutBlocks(flow, new Set([id]))
    for (const [other, block] of Object.entries(flow.blocks)) {
      if (other === id) continue
      for (const [exit, to] of Object.entries(block.exits ?? {})) if (to === id) closed = withExit(closed, other, exit, next)
    }
    return { flow: closed, selection: NOTHING_CHOSEN, said: words.takenOut(nameOf(flow, id)) }
  },
}

function onward(block: Block | undefined): string | undefined {
  return block && exitsOf(block).find(exit => exit.to !== undefined && exit.name !== 'error')?.to
}
