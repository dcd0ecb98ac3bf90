/** The answer of an API that a block waits for (rules 17 and 19). */
import type { Resumption } from './blocks/block.ts'
import type { Event } from './event.ts'
import { loadWaiting, takeKeptKeywords, takeMessage, takeQueuedMessage } from './incoming.ts'
import type { RunningTurn } from './running-turn.ts'
import { resumeBlock } from './step.ts'

/** An answer came: for the wait that asked, or for none any more. */
export function takeAnswer(turn: RunningTurn, { wait, answer }: Extract<Event, { type: 'http_answered' }>): void {
  const { session } = turn
  if (session?.mode !== 'answer' || session.wait !== wait) {
    turn.trace.push({ kind: 'ignored', why: 'The answer belongs to a wait that is over.' })
    return
  }
  if (loadWaiting(turn)) resumeFromCall(turn, { type: 'answered', answer })
}

/** Goes on after a call. Words of `on_keyword` entries that were said meanwhile count now, wherever the flow stands then (rule 19). */
export function resumeFromCall(turn: RunningTurn, came: Extract<Resumption, { type: 'answered' | 'timeout' }>): void {
  const { session } = turn
  const called = session ? takeKeptKeywords(turn, session) : []
  resumeBlock(turn, came)
  for (const message of called) {
    if (!turn.session) return
    if (turn.conversation.owner === 'flow') takeMessage(turn, message)
    else if (turn.conversation.owner === 'queue') takeQueuedMessage(turn, message)
  }
}
