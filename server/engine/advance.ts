/** The whole meaning of an event for a conversation (rule 1). Pure: same inputs, same bytes. */
import { closeConversation } from './closing.ts'
import type { Context } from './context.ts'
import type { Effect } from './effect.ts'
import type { Event, InboundMessage } from './event.ts'
import { findErrorPath } from './failure.ts'
import { GUARDS } from './guards.ts'
import { resumeFromCall, takeAnswer } from './http-answer.ts'
import { endBurst, flushBurst, isOwnPayload, loadWaiting, pressAsMessage, refusePress, takeMessage, takePress, takeQueuedMessage } from './incoming.ts'
import { editKept, removeKept } from './kept.ts'
import { moveConversation, restartConversation } from './move.ts'
import { expire, openAgain, openConversation, startSession } from './opening.ts'
import { type Handling, OWNERSHIP } from './ownership.ts'
import { acceptByAgent, agentLeaves, contactGone, handOver, heardFromQueue, takeOver } from './people.ts'
import { phrase } from './phrases.ts'
import { RunningTurn } from './running-turn.ts'
import { runSafetyNet } from './safety-net.ts'
import type { Conversation } from './session.ts'
import { interrupt, resumeBlock, runFrom } from './step.ts'
import { SESSION_ENDED, type TraceLine } from './trace.ts'

/** What `advance` gives: the conversation as it is now, what to do, and why. */
export interface Advanced {
  readonly conversation: Conversation
  readonly effects: readonly Effect[]
  readonly trace: readonly TraceLine[]
}

/** Handles one event. Throws only on a bug; the caller then commits `safetyNet` in its place (rule 27). */
export function advance(conversation: Conversation, event: Event, context: Context): Advanced {
  const turn = new RunningTurn(conversation, event, context)
  handle(turn, OWNERSHIP[conversation.owner][event.type], event)
  boundSession(turn)
  return { conversation: turn.conversation, effects: turn.effects, trace: turn.trace }
}

/** In place of an `advance` that threw or that crashed the process twice: the contact gets an answer and an agent. Never throws. */
export function safetyNet(conversation: Conversation, event: Event, context: Context, reason: string): Advanced {
  const turn = new RunningTurn(conversation, event, context)
  const speaks = event.type === 'message_received' || event.type === 'conversation_started' || event.type === 'button_pressed'
  if (conversation.owner === 'nobody' && speaks) openConversation(turn)
  if (turn.conversation.owner === 'nobody') turn.log('failed', reason, 'step.failed')
  else runSafetyNet(turn, 'step.failed', reason)
  return { conversation: turn.conversation, effects: turn.effects, trace: turn.trace }
}

function handle(turn: RunningTurn, handling: Handling, event: Event): void {
  switch (event.type) {
    case 'conversation_started':
      return started(turn, handling, event)
    case 'message_received':
      return received(turn, handling, event.message)
    case 'button_pressed':
      return pressed(turn, handling, event)
    case 'message_edited':
    case 'message_deleted':
      return edited(turn, handling, event)
    case 'timer_fired':
      return handling === 'timer' ? fired(turn, event) : ignore(turn, 'A timer of a closed conversation.')
    case 'queue_joined':
    case 'queue_refused':
    case 'queue_position':
      return handling === 'queue_news' ? heardFromQueue(turn, event) : ignore(turn, 'The conversation does not wait in a queue any more.')
    case 'http_answered':
      return handling === 'answer' ? takeAnswer(turn, event) : ignore(turn, 'No flow waits for this answer any more.')
    case 'agent_joined':
      return handling === 'accept' ? acceptByAgent(turn, event.agent) : handling === 'take_over' ? takeOver(turn, event.agent) : refuse(turn)
    case 'agent_said':
      return handling === 'say' ? say(turn, event) : refuse(turn)
    case 'agent_noted':
      return turn.note(event.text)
    case 'agent_left':
      return handling === 'agent_leaves' ? agentLeaves(turn, event) : refuse(turn)
    case 'contact_blocked':
    case 'contact_unblocked':
      return marked(turn, handling, event.type === 'contact_blocked')
    case 'contact_left':
      return handling === 'contact_gone' ? contactGone(turn) : ignore(turn, 'The contact left the chat.')
    case 'contact_changed':
      return change(turn, event)
    case 'delivery_failed':
      return failed(turn, event)
    case 'conversation_closed':
      return handling === 'close' ? closeConversation(turn, event.outcome ?? 'closed') : refuse(turn)
    case 'conversation_restarted':
      return handling === 'restart' ? restartConversation(turn, event.by) : refuse(turn)
    case 'conversation_handed_over':
      return handling === 'hand_over' ? handOver(turn, event.queue ?? turn.context.connector.queue, event.by) : refuse(turn)
    case 'conversation_moved':
      return handling === 'move' ? moveConversation(turn, event) : refuse(turn)
  }
}

function ignore(turn: RunningTurn, why: string): void {
  turn.trace.push({ kind: 'ignored', why })
}

function refuse(turn: RunningTurn): void {
  const owner = turn.conversation.owner
  turn.trace.push({
    kind: 'ignored',
    why: `Not possible while ${owner === 'nobody' ? 'the conversation is closed' : `the ${owner} owns it`}.`,
    code: 'conversation.refused',
  })
}

function started(turn: RunningTurn, handling: Handling, event: Extract<Event, { type: 'conversation_started' }>): void {
  if (handling === 'show') return ignore(turn, 'Opened again; shown only.')
  if (event.language && !turn.contact.language) turn.setContact({ language: event.language })
  if (handling === 'open') openConversation(turn)
  else turn.trace.push({ kind: 'owner', why: 'The session starts anew.', code: SESSION_ENDED })
  startSession(turn, null)
}

function received(turn: RunningTurn, handling: Handling, message: InboundMessage): void {
  turn.conversation.last_message_at = turn.now
  if (handling === 'show') return
  if (handling === 'queued_message') return takeQueuedMessage(turn, message)
  if (floods(turn)) return
  if (handling === 'message' && turn.context.connector.session_hours === -1) closeConversation(turn, 'superseded')
  else if (handling === 'message') return takeMessage(turn, message)
  openConversation(turn)
  startSession(turn, message)
}

/** Counts a message of the running minute; above the guard it is stored, not run, with one notice (rule 27). */
function floods(turn: RunningTurn): boolean {
  const { conversation } = turn
  const fresh = !conversation.flood || turn.now - conversation.flood.since >= 60_000
  const count = fresh ? 1 : (conversation.flood?.count ?? 0) + 1
  conversation.flood = { since: fresh ? turn.now : (conversation.flood?.since ?? turn.now), count }
  if (count <= GUARDS.messages_a_minute) return false
  turn.trace.push({ kind: 'ignored', why: `More than ${GUARDS.messages_a_minute} messages in a minute.`, code: 'guard.messages' })
  if (count === GUARDS.messages_a_minute + 1) {
    turn.deliver({ text: phrase('too_fast', conversation.language ?? conversation.contact.language) }, 'fallback')
  }
  return true
}

function pressed(turn: RunningTurn, handling: Handling, event: Extract<Event, { type: 'button_pressed' }>): void {
  const { payload, title, press } = event
  const { owner } = turn.conversation
  turn.conversation.last_message_at = turn.now
  if (handling === 'show') {
    if (press !== undefined) turn.effect({ type: 'answer_press', press })
    return ignore(turn, 'Pressed while an agent has the conversation; shown only.')
  }
  if (!isOwnPayload(payload)) {
    if (press !== undefined) turn.effect({ type: 'answer_press', press })
    const opening = owner === 'nobody' ? 'open' : owner === 'queue' ? 'queued_message' : 'message'
    return received(turn, opening, pressAsMessage(payload, title, press))
  }
  if (owner === 'nobody') return refusePress(turn, press)
  if (owner === 'flow' && floods(turn)) return
  if (owner === 'flow' && turn.context.connector.session_hours === -1) {
    if (press !== undefined) turn.effect({ type: 'answer_press', press })
    closeConversation(turn, 'superseded')
    openConversation(turn)
    return startSession(turn, pressAsMessage(payload, title, press))
  }
  const before = turn.effects.length
  if (!takePress(turn, payload, title, press)) return refusePress(turn, press)
  if (press !== undefined) turn.effects.splice(before, 0, { type: 'answer_press', press })
}

function edited(turn: RunningTurn, handling: Handling, event: Extract<Event, { type: 'message_edited' | 'message_deleted' }>): void {
  const session = handling === 'edit' ? turn.session : null
  if (!session) return ignore(turn, 'Changed afterwards; shown only.')
  if (event.type === 'message_edited' && editKept(session, event.message_id, event.text))
    return turn.log('message', 'The new text replaces the one that was kept.')
  if (event.type === 'message_deleted' && removeKept(session, event.message_id)) {
    if (session.burst?.parts.length === 0) endBurst(turn, session)
    return turn.log('message', 'Taken back before anybody read it.')
  }
  ignore(turn, 'Changed after it was read; the flow does not move.')
}

function fired(turn: RunningTurn, event: Extract<Event, { type: 'timer_fired' }>): void {
  const { conversation } = turn
  if (event.timer === 'expiry') return expire(turn)
  if (event.timer === 'queue') {
    if (conversation.owner === 'queue' && conversation.queue?.forced && conversation.queue.wait === event.wait) return queueTimedOut(turn)
    return ignore(turn, 'The wait for an agent is over already.')
  }
  if (event.timer === 'announce') {
    const place = conversation.queue
    if (conversation.owner !== 'queue' || !place || place.served || place.wait !== event.wait)
      return ignore(turn, 'Nobody waits for this announcement any more.')
    turn.effect({ type: 'ask_position', queue: place.slug, wait: place.wait })
    if (place.announce_ms) turn.effect({ type: 'start_timer', timer: 'announce', wait: place.wait, delay_ms: place.announce_ms, after_deliveries: false })
    return
  }
  if (conversation.owner === 'agent' || !turn.session || turn.session.wait !== event.wait) return ignore(turn, 'The timer belongs to a wait that is over.')
  const waiting = loadWaiting(turn)
  if (!waiting) return
  const { session } = waiting
  const left = session.timers?.filter(timer => timer !== event.timer)
  if (left && left.length > 0) session.timers = left
  else delete session.timers
  if (event.timer === 'inactivity') return silence(turn)
  if (session.burst) return flushBurst(turn)
  if (event.timer === 'wait' && session.mode === 'answer') resumeFromCall(turn, { type: 'timeout' })
  else if (event.timer === 'wait') resumeBlock(turn, { type: 'timeout' })
}

/** Nothing from the contact for the duration of `on_inactivity`, once a silence (rule 20). */
function silence(turn: RunningTurn): void {
  const entry = turn.flow.onInactivity
  const session = turn.session
  if (!entry || !session || session.silent) return ignore(turn, 'This silence was noticed already.')
  session.silent = true
  interrupt(turn, entry.block, entry.returns, null, 'Nothing came from the contact.')
}

/** The connector's timeout action for a wait that no block began (rule 24). */
function queueTimedOut(turn: RunningTurn): void {
  const action = turn.context.connector.timeout_action
  if (action.type === 'abandon') return closeConversation(turn, 'abandoned')
  closeConversation(turn, 'queue_timeout')
  openAgain(turn)
  startSession(turn, null, action.flow)
}

function say(turn: RunningTurn, event: Extract<Event, { type: 'agent_said' }>): void {
  if (event.text) turn.deliver({ text: event.text }, 'agent')
  for (const { kind, file, url, name } of event.attachments ?? []) {
    turn.deliver({ attachment: { kind, ...(file ? { file } : {}), ...(url ? { url } : {}), ...(name ? { name } : {}) } }, 'agent')
  }
}

function marked(turn: RunningTurn, handling: Handling, blocked: boolean): void {
  if (blocked) turn.setContact({ blocked: true })
  else {
    const { blocked: _blocked, ...contact } = turn.contact
    turn.conversation.contact = contact
  }
  turn.trace.push({ kind: 'owner', why: blocked ? 'The contact blocked us.' : 'The contact lets us write again.' })
  if (handling === 'contact_gone') contactGone(turn)
}

function change(turn: RunningTurn, event: Extract<Event, { type: 'contact_changed' }>): void {
  turn.setContact({
    ...(event.fields ? { fields: { ...turn.contact.fields, ...event.fields } } : {}),
    ...(event.tags ? { tags: event.tags } : {}),
    ...(event.language ? { language: event.language } : {}),
  })
}

/** Rule 29: a late failure moves the session only if the contact is out of reach, or the block that sent it still waits. */
function failed(turn: RunningTurn, event: Extract<Event, { type: 'delivery_failed' }>): void {
  const { conversation } = turn
  const known = turn.contact.blocked === true
  if (event.level === 'contact' && !known) turn.setContact({ blocked: true })
  const session = turn.session
  const waitsThere = session !== null && session.at === event.block && session.wait === event.wait
  if (conversation.owner !== 'flow' || !session || (event.level === 'contact' ? known : !waitsThere)) {
    return ignore(turn, `A delivery failed: ${event.reason}`)
  }
  const waiting = loadWaiting(turn)
  if (!waiting) return
  turn.block = (event.block === undefined ? undefined : turn.flow.blocks.get(event.block)) ?? waiting.block
  const next = findErrorPath(turn, 'delivery_failed', 'delivery.failed', event.reason)
  if (next) return runFrom(turn, next)
  if (event.level === 'message') runSafetyNet(turn, 'delivery.failed', event.reason)
}

/** A session above its bound goes to the safety net; what was decided stays (rule 27). */
function boundSession(turn: RunningTurn): void {
  const session = turn.session
  if (!session || !(session.vars || session.kept || session.burst || session.frames || session.state !== undefined || session.message)) return
  if (JSON.stringify(session).length <= GUARDS.session) return
  turn.block = undefined
  runSafetyNet(turn, 'guard.session', 'The session holds more than 64 kB.')
}
