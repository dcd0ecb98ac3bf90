import type { Flow } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import { type ChosenExit, type Command, NOTHING_CHOSEN } from './command.ts'
import { exitsOf, nameOf, takesConnections } from './exits.ts'
import { withExit } from './flow-edits.ts'

/** A connection to make. `instead` is the connection that is drawn anew, and gives way. */
export interface NewConnection {
  readonly from: ChosenExit
  readonly to: string
  readonly instead?: ChosenExit
}

/** Leads an exit to a block; where it led before it leads no more. */
export const connect: Command<NewConnection> = {
  name: 'connect',
  group: 'edit',
  label: words.connect,
  isAvailable: ({ readOnly }) => !readOnly,
  apply({ flow }, { from, to, instead }) {
    if (refusal(flow, from, to) !== undefined) return undefined
    const isMoved = instead !== undefined && (instead.block !== from.block || instead.exit !== from.exit)
    const connected = withExit(isMoved ? withExit(flow, instead.block, instead.exit, undefined) : flow, from.block, from.exit, to)
    if (connected === flow) return undefined
    return {
      flow: connected,
      // Not the connection: the next click in the palette would go in between.
      selection: { ...NOTHING_CHOSEN, blocks: [from.block] },
      said: words.connected(nameOf(flow, from.block), exitLabel(flow, from), nameOf(flow, to)),
    }
  },
}

/** Why a connection cannot be made, as a sentence; undefined when it can. */
export function refusal(flow: Flow, from: ChosenExit, to: string): string | undefined {
  const source = flow.blocks[from.block]
  const target = flow.blocks[to]
  if (!source || !target) return words.gone
  if (!takesConnections(target)) return words.entryTakesNone(nameOf(flow, to))
  if (from.exit !== 'error' && !exitsOf(source).some(exit => exit.name === from.exit)) return words.gone
  return undefined
}

/** An exit as people read it. */
export function exitLabel(flow: Flow, { block, exit }: ChosenExit): string {
  const source = flow.blocks[block]
  return (source && exitsOf(source).find(known => known.name === exit)?.label) ?? exit.replaceAll('_', ' ')
}
