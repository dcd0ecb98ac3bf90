/** The safety net: whatever goes wrong, the contact reads something and an agent takes over; never silence (design 4). */
import { leaveQueue } from './closing.ts'
import { pickByLanguage } from './phrases.ts'
import type { RunningTurn } from './running-turn.ts'
import { SESSION_ENDED } from './trace.ts'

/** Says the connector's fallback and joins its default queue, even a closed or full one (rule 24). An agent keeps what an agent has. */
export function runSafetyNet(turn: RunningTurn, code: string, why: string): void {
  turn.log('failed', why, code)
  if (turn.conversation.owner === 'agent') return
  const { connector } = turn.context
  const language = turn.conversation.language ?? turn.conversation.contact.language
  const text = pickByLanguage(connector.fallback, language)
  if (text) turn.deliver({ text }, 'fallback')
  turn.note(`The flow could not go on: ${why}`)
  joinForced(turn, connector.queue, turn.now, false)
}

/** Puts the conversation into a queue without a block: its session ends, the connector's maximum wait applies. */
export function joinForced(turn: RunningTurn, queue: string, since: number, front: boolean): void {
  const { conversation, context } = turn
  leaveQueue(turn, 'moved')
  turn.effect({ type: 'cancel_all_timers' })
  conversation.session = null
  conversation.owner = 'queue'
  delete conversation.agent
  const wait = ++conversation.waits
  const priority = conversation.priority ?? 5
  conversation.queue = { slug: queue, since, wait, priority, forced: true }
  turn.trace.push({ kind: 'owner', why: `Waits in ${queue} for an agent.`, code: SESSION_ENDED })
  turn.effect({ type: 'join_queue', queue, wait, priority, since, front, force: true })
  if (context.connector.max_wait_ms !== null) {
    turn.effect({ type: 'start_timer', timer: 'queue', wait, delay_ms: context.connector.max_wait_ms, after_deliveries: false })
  }
}
