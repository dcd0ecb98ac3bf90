/** Ends a conversation, or its place in a queue. */
import type { Effect } from './effect.ts'
import type { RunningTurn } from './running-turn.ts'
import { closingLine } from './trace.ts'

/** Gives up the place in the queue; nothing to do once an agent has had the conversation. */
export function leaveQueue(turn: RunningTurn, cause: Extract<Effect, { type: 'leave_queue' }>['cause']): void {
  const place = turn.conversation.queue
  if (!place) return
  if (!place.served) turn.effect({ type: 'leave_queue', queue: place.slug, cause })
  delete turn.conversation.queue
}

/** Closes the conversation: no session, no owner, no timers. */
export function closeConversation(turn: RunningTurn, outcome: string): void {
  const { conversation } = turn
  leaveQueue(turn, 'closed')
  turn.effect({ type: 'cancel_all_timers' })
  conversation.session = null
  conversation.owner = 'nobody'
  conversation.closed_at = turn.now
  conversation.outcome = outcome
  delete conversation.agent
  turn.trace.push(closingLine(outcome))
}
