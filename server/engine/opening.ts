/** Opens conversations and starts sessions (rules 8 and 25). */
import { closeConversation } from './closing.ts'
import type { InboundMessage } from './event.ts'
import { GUARDS } from './guards.ts'
import type { RunningTurn } from './running-turn.ts'
import { runSafetyNet } from './safety-net.ts'
import type { Session } from './session.ts'
import { runFrom } from './step.ts'

const HOUR_MS = 3_600_000

/** Opens the conversation of a contact whom nobody owns: the same one again within the session duration, else a new one. */
export function openConversation(turn: RunningTurn): void {
  const { conversation } = turn
  if (conversation.number === 0 || !reopens(turn)) {
    conversation.number++
    conversation.opened_at = turn.now
    delete conversation.greeted
    delete conversation.language
    delete conversation.tags
    delete conversation.priority
    turn.trace.push({ kind: 'owner', why: 'A conversation opens.' })
  } else {
    turn.trace.push({ kind: 'owner', why: 'The conversation opens again.' })
  }
  delete conversation.closed_at
  delete conversation.outcome
  conversation.owner = 'flow'
}

/** Goes on in the same conversation that was just ended. */
export function openAgain(turn: RunningTurn): void {
  delete turn.conversation.closed_at
  delete turn.conversation.outcome
  turn.conversation.owner = 'flow'
}

/** Rule 25: 0 always reopens, -1 never, n within n hours of the close. */
function reopens(turn: RunningTurn): boolean {
  const hours = turn.context.connector.session_hours
  if (hours <= 0) return hours === 0
  return turn.now - (turn.conversation.closed_at ?? 0) < hours * HOUR_MS
}

/** Starts a session of the connector's flow (or another) in its live version, at `start`; an album waits for its other parts first (rule 11). */
export function startSession(turn: RunningTurn, message: InboundMessage | null, flowId = turn.context.connector.flow): void {
  const { conversation, context } = turn
  if (conversation.session) turn.effect({ type: 'cancel_all_timers' })
  const flow = context.flowOf(flowId)
  const start = flow?.start
  if (!flow || !start) {
    runSafetyNet(turn, 'flow.not_live', `Flow “${flowId}” has no live version to start with.`)
    return
  }
  turn.flow = flow
  turn.forget()
  const session: Session = { flow: flow.id, version: flow.version, at: start.id, wait: conversation.waits }
  conversation.session = session
  startExpiry(turn, context.connector.session_hours * HOUR_MS)
  if (message?.album !== undefined) {
    session.wait = ++conversation.waits
    session.burst = { parts: [message], since: turn.now, album: message.album }
    session.timers = ['quiet']
    turn.effect({ type: 'start_timer', timer: 'quiet', wait: session.wait, delay_ms: GUARDS.album_quiet_ms, after_deliveries: false })
    return
  }
  if (message) turn.take(message)
  runFrom(turn, start)
}

/** The session duration as a timer; nothing when it does not run. */
export function startExpiry(turn: RunningTurn, delay_ms: number): void {
  if (delay_ms > 0) turn.effect({ type: 'start_timer', timer: 'expiry', wait: 0, delay_ms, after_deliveries: false })
}

/** What the expiry timer means now: closes a flow's silent conversation, else waits on (rule 25). */
export function expire(turn: RunningTurn): void {
  const duration = turn.context.connector.session_hours * HOUR_MS
  if (duration <= 0) return
  const left = turn.conversation.last_message_at + duration - turn.now
  if (turn.conversation.owner === 'flow' && left <= 0) closeConversation(turn, 'expired')
  else startExpiry(turn, left > 0 ? left : duration)
}
