/** `first_message_unread`: what a conversation begins with is dropped before any block has looked at it (rules 8 to 10). */
import { blockProblem, type Connection, type FlowRule, type LintedBlock, showPath, titleOf } from './view.ts'
import { pathTo, reach } from './walk.ts'

/** Blocks that wait, but for no message: the opening one is still there behind them. */
const GOES_ON: ReadonlySet<string> = new Set(['wait', 'http'])

/**
 * The opening message is the current one, and a `listen` waits for the next: whoever opens with a question has to ask it again. A question
 * or a menu asks for something of its own, and an agent reads the whole conversation, so neither counts.
 */
export const firstMessageUnread: FlowRule = view => {
  const starts = view.blocks.filter(linted => linted.block.type === 'start')
  const unread = reach(starts, keepsUnread)
  return view.blocks
    .filter(linted => linted.block.type === 'listen' && unread.has(linted.id))
    .map(linted => {
      const path = pathTo(unread, linted.id)
      const message = `${linted.name} does not see the message that a conversation begins with: ${showPath(view, path)}.`
      const hint = `Whoever begins with a question has to ask it again. Lead straight to a block that reads it, like ${titleOf('keywords')}: it waits when there is nothing to read.`
      return blockProblem(linted, 'first_message_unread', 'warning', '', message, { hint, path })
    })
}

/** Whether a conversation leaves a block this way with its opening message unread. Links and `/start` begin without one. */
function keepsUnread({ block, type, references }: LintedBlock, { exit }: Connection): boolean {
  if (block.type === 'start') return exit === 'next'
  if (!type || type.branch) return false
  if (type.resume !== undefined && !GOES_ON.has(block.type)) return false
  return !(block.type === 'wait' && exit === 'message') && !references.reads.some(({ path }) => path.split('.')[0] === 'message')
}
