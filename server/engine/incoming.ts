/** What a contact's message or press means while a flow runs (rules 10 to 13, 19). */
import type { InboundMessage } from './event.ts'
import type { CompiledBlock, KeywordEntry } from './file/compile.ts'
import { GUARDS } from './guards.ts'
import { joinParts } from './kept.ts'
import { normalise } from './language/index.ts'
import { phrase } from './phrases.ts'
import type { RunningTurn } from './running-turn.ts'
import { runSafetyNet } from './safety-net.ts'
import type { Session } from './session.ts'
import { interrupt, keepForLater, resumeBlock } from './step.ts'
import { cancelTimers, restoreFrame } from './wait.ts'

/** The session and its waiting block, with the pinned flow ready; the safety net when the version is gone. */
export function loadWaiting(turn: RunningTurn): { session: Session; block: CompiledBlock } | undefined {
  const session = turn.session
  if (!session) return undefined
  const flow = turn.context.flowOf(session.flow, session.version)
  const block = flow?.blocks.get(session.at)
  if (!flow || !block) {
    runSafetyNet(turn, 'flow.missing', `Version ${session.version} of flow “${session.flow}” with its block “${session.at}” is not there any more.`)
    return undefined
  }
  turn.flow = flow
  turn.block = block
  return { session, block }
}

/** A message while the flow owns. */
export function takeMessage(turn: RunningTurn, message: InboundMessage): void {
  const waiting = loadWaiting(turn)
  if (!waiting) return
  const { session, block } = waiting
  if (session.silent !== undefined) delete session.silent
  if (session.mode === 'answer') {
    keepForLater(turn, session, message)
    return
  }
  const burst = session.burst
  if (burst?.album !== undefined && burst.album !== message.album && !session.merge) {
    flushBurst(turn)
    if (turn.session && turn.conversation.owner === 'flow') takeMessage(turn, message)
    return
  }
  if (session.mode === 'time') {
    if (interruptByKeyword(turn, session, message)) return
    if (block.exits.message !== undefined) resumeBlock(turn, { type: 'message', message })
    else keepForLater(turn, session, message)
    return
  }
  const claimed = block.type.claims?.(block.block, block.compiled, message, session.state) === true
  if (!claimed && interruptByKeyword(turn, session, message)) return
  if (!claimed && (session.merge || message.album !== undefined || session.burst)) {
    addToBurst(turn, session, message)
    return
  }
  resumeBlock(turn, { type: 'message', message })
}

/** A message while the queue owns: the queue block's own words, then keywords that keep the place (rule 21); else agents see it. */
export function takeQueuedMessage(turn: RunningTurn, message: InboundMessage): void {
  if (!turn.session) return
  const waiting = loadWaiting(turn)
  if (!waiting) return
  const { session, block } = waiting
  if (session.mode !== 'queue') {
    takeMessage(turn, message)
    return
  }
  if (block.type.claims?.(block.block, block.compiled, message, session.state)) {
    resumeBlock(turn, { type: 'message', message })
    return
  }
  const entry = session.no_interrupt ? undefined : findKeyword(turn, message, candidate => candidate.whileQueued)
  if (entry) interrupt(turn, entry.block, entry.returns, message, `“${entry.word}” was said.`)
}

function interruptByKeyword(turn: RunningTurn, session: Session, message: InboundMessage): boolean {
  if (session.no_interrupt || turn.flow.keywords.length === 0) return false
  const entry = findKeyword(turn, message, () => true)
  if (!entry) return false
  interrupt(turn, entry.block, entry.returns, message, `“${entry.word}” was said.`)
  return true
}

/** Takes out of the kept messages those that an entry is called by: they waited for the answer of an API (rule 19). */
export function takeKeptKeywords(turn: RunningTurn, session: Session): readonly InboundMessage[] {
  const called = session.kept?.filter(message => findKeyword(turn, message, () => true) !== undefined) ?? []
  if (called.length === 0) return []
  const rest = session.kept?.filter(message => !called.includes(message)) ?? []
  if (rest.length > 0) session.kept = rest
  else delete session.kept
  return called
}

function findKeyword(turn: RunningTurn, message: InboundMessage, admits: (entry: KeywordEntry) => boolean): (KeywordEntry & { word: string }) | undefined {
  if (message.text === '') return undefined
  const text = normalise(message.text)
  for (const entry of turn.flow.keywords) {
    if (!admits(entry)) continue
    const found = entry.anywhere ? entry.matcher.match(text) : entry.matcher.equals(text)
    if (found) return { ...entry, word: found.word }
  }
  return undefined
}

/** Adds a part; the burst ends after the quiet time, or at once when it is full (rule 11). */
function addToBurst(turn: RunningTurn, session: Session, message: InboundMessage): void {
  const parts = [...(session.burst?.parts ?? []), message]
  const since = session.burst?.since ?? turn.now
  session.burst = { parts, since, ...(message.album !== undefined && !session.merge ? { album: message.album } : {}) }
  const [quiet_ms, at_most_ms] = session.merge ?? [GUARDS.album_quiet_ms, GUARDS.burst_ms]
  const left = since + Math.min(at_most_ms, GUARDS.burst_ms) - turn.now
  const length = parts.reduce((sum, part) => sum + part.text.length, 0)
  if (parts.length >= GUARDS.burst_parts || length >= GUARDS.burst_text || left <= 0) {
    flushBurst(turn)
    return
  }
  turn.effect({ type: 'start_timer', timer: 'quiet', wait: session.wait, delay_ms: Math.min(quiet_ms, left), after_deliveries: false })
  if (!session.timers?.includes('quiet')) session.timers = [...(session.timers ?? []), 'quiet']
  turn.log('message', `Part ${parts.length} of a message that may go on.`)
}

/** Hands the joined parts to the waiting block. */
export function flushBurst(turn: RunningTurn): void {
  const session = turn.session
  if (!session?.burst) return
  const message = joinParts(session.burst.parts)
  endBurst(turn, session)
  resumeBlock(turn, { type: 'message', message })
}

/** Nothing is gathered any more: handed on, or all of it was taken back. */
export function endBurst(turn: RunningTurn, session: Session): void {
  delete session.burst
  const rest = session.timers?.filter(timer => timer !== 'quiet')
  if (!session.timers || !rest || rest.length === session.timers.length) return
  turn.effect({ type: 'cancel_timer', timer: 'quiet' })
  if (rest.length > 0) session.timers = rest
  else delete session.timers
}

const OWN_PAYLOAD = /^(\d{1,9}):([a-z][a-z0-9_]{0,39})$/

/** A press as a message: for buttons that are not ours, and for buttons of a plain message. */
export function pressAsMessage(payload: string, title: string | undefined, press: string | undefined): InboundMessage {
  const choice = OWN_PAYLOAD.exec(payload)?.[2]
  return { id: `press:${press ?? payload}`, text: title ?? choice ?? payload }
}

/** Whether the payload is one that Parley put on a button. */
export function isOwnPayload(payload: string): boolean {
  return OWN_PAYLOAD.test(payload)
}

/** A press on a button of ours while the flow owns (rule 13); false when it is no longer active. */
export function takePress(turn: RunningTurn, payload: string, title: string | undefined, press: string | undefined): boolean {
  const match = OWN_PAYLOAD.exec(payload)
  const waiting = loadWaiting(turn)
  if (!match || !waiting) return waiting === undefined
  const [wait, choice] = [Number(match[1]), match[2] ?? '']
  const { session, block } = waiting
  delete session.silent
  if (session.wait === wait) {
    if (block.type.offers?.(block.block, block.compiled, choice, session.state)) {
      resumeBlock(turn, { type: 'choice', choice, ...(title === undefined ? {} : { title }) })
    } else if (session.mode !== 'queue') {
      takeMessage(turn, pressAsMessage(payload, title, press))
    }
    return true
  }
  return takeOldPress(turn, session, wait, choice, title)
}

/** A press on an old menu counts when the menu is reusable, or when the menu's wait is only interrupted. */
function takeOldPress(turn: RunningTurn, session: Session, wait: number, choice: string, title: string | undefined): boolean {
  const frame = session.frames?.find(candidate => candidate.wait === wait)
  const at = frame?.at ?? session.menus?.[wait]
  const block = at === undefined ? undefined : turn.flow.blocks.get(at)
  if (!block?.type.offers?.(block.block, block.compiled, choice, frame?.state)) return false
  if (frame) {
    restoreFrame(turn, session, frame)
  } else {
    if (session.mode === 'queue') return false
    cancelTimers(turn, session)
    for (const key of ['frames', 'burst', 'state', 'mode', 'merge', 'no_interrupt', 'message'] as const) delete session[key]
    session.at = block.id
  }
  resumeBlock(turn, { type: 'choice', choice, ...(title === undefined ? {} : { title }) })
  return true
}

/** Tells the contact that a button is of the past, as the channel can. */
export function refusePress(turn: RunningTurn, press: string | undefined): void {
  const text = phrase('no_longer_active', turn.conversation.language ?? turn.contact.language)
  turn.trace.push({ kind: 'ignored', why: 'The button is no longer active.', code: 'button.old' })
  if (press !== undefined) turn.effect({ type: 'answer_press', press, text })
  else turn.deliver({ text }, 'announcement')
}
