/**
 * Moves a running conversation to another version of its flow, as whoever published it decided (design 5).
 *
 * What happens to the wait follows from what it is for. A block that does the same as before goes on waiting without a word, with
 * its timer. A block that waits for the contact and was changed begins its wait anew and asks again, because an answer to the old
 * question need not be one to the new. A wait for time, for agents or for an answer from outside goes on whatever was changed:
 * the time already waited and the place in the queue are the contact's (rules 21, 23). A message that is still being collected is
 * an answer already, so the wait that collects it goes on too.
 */
import { blockTypeOf } from './blocks/index.ts'
import { closeConversation } from './closing.ts'
import type { Event, Json } from './event.ts'
import { nameBlock } from './file/block-name.ts'
import type { CompiledBlock, CompiledFlow } from './file/compile.ts'
import { type Counterpart, counterpartOf } from './file/counterpart.ts'
import type { Flow } from './file/flow.ts'
import { openAgain, startSession } from './opening.ts'
import type { RunningTurn } from './running-turn.ts'
import type { Frame, Session } from './session.ts'
import { runFrom, startSilence } from './step.ts'
import { NOT_MOVED } from './trace.ts'
import { coerceVariable } from './variables.ts'
import { endWait } from './wait.ts'

type Moved = Extract<Event, { type: 'conversation_moved' }>
type Values = Readonly<Record<string, Json>>

/** What a move would do to whoever waits: nothing they notice, say the prompt again, or leave them on their version. */
export type Foresight = 'goes_on' | 'asks_again' | 'stays'

/** Foresees a move without making it; `moveConversation` does the same. */
export function foreseeMove(session: Session, before: Flow | undefined, after: Flow): Foresight {
  if (findGone(session, before, after) !== undefined) return 'stays'
  const block = after.blocks[session.at]
  const type = block && blockTypeOf(block.type)
  // A branch waits silently, and so does what has no prompt to say again.
  return startsAnew(session, counterpartOf(before?.blocks[session.at], block)) && type?.remind && !type.branch ? 'asks_again' : 'goes_on'
}

/** The first waiting block, interrupted ones too, with nothing in its place. */
function findGone(session: Session, before: Flow | undefined, after: Flow): string | undefined {
  const places = [...(session.frames ?? []), session].filter(place => isOf(place, { flow: session.flow, from: session.version }))
  return places.find(({ at }) => counterpartOf(before?.blocks[at], after.blocks[at]) === 'gone')?.at
}

function startsAnew(session: Session, there: Counterpart): boolean {
  return there === 'changed' && session.mode === undefined && session.burst === undefined
}

/** Carries the decision out, or says in the trace why it no longer applies; then nothing changes. */
export function moveConversation(turn: RunningTurn, event: Moved): void {
  const { conversation, session } = turn
  const before = turn.context.flowOf(event.flow, event.from)
  const nameBefore = (at: string) => (before ? nameBlock(before.flow, at) : at)
  if (!session || session.flow !== event.flow || session.version !== event.from || session.at !== event.block) {
    return leaveAlone(turn, `The conversation does not wait in “${nameBefore(event.block)}” of version ${event.from} any more.`)
  }
  if (event.how === 'restart') {
    if (conversation.owner !== 'flow') return leaveAlone(turn, 'It is not started again while it waits for an agent or has one.')
    return restartConversation(turn, event.by, event.flow)
  }
  const after = turn.context.flowOf(event.flow, event.version)
  const block = after?.blocks.get(session.at)
  if (!after || event.version === event.from) return leaveAlone(turn, `There is no version ${event.version} to move to.`)
  const there = (at: string) => counterpartOf(before?.flow.blocks[at], after.flow.blocks[at])
  const gone = findGone(session, before?.flow, after.flow)
  if (!block || gone !== undefined) return leaveAlone(turn, `Version ${event.version} has nothing in the place of “${nameBefore(gone ?? session.at)}”.`)

  turn.flow = after
  turn.block = block
  turn.trace.push({ kind: 'owner', why: `${event.by} moves the conversation from version ${event.from} to version ${event.version}.` })
  const fitting = (values: Values | undefined) => keepFitting(turn, values, before, after)
  session.version = after.version
  setOrDelete(session, 'vars', fitting(session.vars))
  if (session.frames) session.frames = session.frames.map(frame => (isOf(frame, event) ? moveFrame(frame, after, there(frame.at), fitting) : frame))
  if (session.menus)
    setOrDelete(
      session,
      'menus',
      withEntries(session.menus, ([, at]) => there(at) !== 'gone'),
    )
  turn.forget()
  if (startsAnew(session, there(block.id))) waitAnew(turn, session, block)
  else goOn(turn, session, block, before)
}

/** Starts the conversation again in the live version of its flow, or of the connector's. */
export function restartConversation(turn: RunningTurn, by: string, flow?: string): void {
  turn.trace.push({ kind: 'owner', why: `${by} starts the conversation again.` })
  closeConversation(turn, 'restarted')
  openAgain(turn)
  startSession(turn, null, flow)
}

function leaveAlone(turn: RunningTurn, why: string): void {
  turn.trace.push({ kind: 'ignored', why, code: NOT_MOVED })
}

function isOf(place: Pick<Frame, 'flow' | 'version'>, { flow, from }: Pick<Moved, 'flow' | 'from'>): boolean {
  return place.flow === flow && place.version === from
}

/** An interrupted wait. One that was changed forgets its notes, and its timer when it has none any more: its row goes with the conversation. */
function moveFrame(frame: Frame, after: CompiledFlow, there: Counterpart, fitting: (values: Values | undefined) => Values | undefined): Frame {
  const { vars, paused, state, ...rest } = frame
  const kept = fitting(vars)
  const isSame = there === 'same'
  return {
    ...rest,
    version: after.version,
    ...(paused && (isSame || hasTimeout(after.blocks.get(frame.at))) ? { paused } : {}),
    ...(state !== undefined && isSame ? { state } : {}),
    ...(kept ? { vars: kept } : {}),
  }
}

function hasTimeout(block: CompiledBlock | undefined): boolean {
  return block !== undefined && (block.type.type === 'wait' || block.exitList.some(exit => exit.name === 'timeout'))
}

/** Values of variables that both versions declare with the same type; the others are dropped, with a line for each. */
function keepFitting(turn: RunningTurn, values: Values | undefined, before: CompiledFlow | undefined, after: CompiledFlow): Values | undefined {
  return (
    values &&
    withEntries(values, ([name, value]) => {
      const declared = after.flow.variables?.[name]
      const was = before?.flow.variables?.[name]
      const fits = was ? was.type === declared?.type : coerceVariable(declared, value) === value
      if (!fits) turn.log('message', `Variable “${name}” is dropped: version ${after.version} ${declared ? `has it as ${declared.type}` : 'does not have it'}.`)
      return fits
    })
  )
}

/** The entries that are wanted; undefined when there are none. */
function withEntries<T>(entries: Readonly<Record<string, T>>, isWanted: (entry: [string, T]) => boolean): Readonly<Record<string, T>> | undefined {
  const kept = Object.entries(entries).filter(isWanted)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

function setOrDelete<K extends 'vars' | 'menus'>(session: Session, key: K, value: Session[K] | undefined): void {
  if (value === undefined) delete session[key]
  else session[key] = value
}

/** Ends the wait and enters the block as if the flow had just come to it; a branch waits for a message, as it did. */
function waitAnew(turn: RunningTurn, session: Session, block: CompiledBlock): void {
  const message = session.message ?? null
  endWait(turn, session)
  turn.message = block.type.branch ? null : message
  runFrom(turn, block)
}

/** The wait stays as it is; only timers that the other version does not know, or newly asks for, change. */
function goOn(turn: RunningTurn, session: Session, block: CompiledBlock, before: CompiledFlow | undefined): void {
  if (session.mode === 'queue') fitLongestWait(turn, session, block)
  if (session.mode === undefined) fitSilence(turn, session, before)
  turn.log('waits', 'The wait goes on as it was.')
}

/** A contact in a queue waits no longer than the other version allows, counted from now if there was no limit. */
function fitLongestWait(turn: RunningTurn, session: Session, block: CompiledBlock): void {
  // An agent has had the conversation: only `ended` applies any more.
  if (turn.conversation.queue?.served) return
  // Entering a queue block says nothing yet; it tells how long it would wait.
  const entered = block.type.run(block.block, turn, block.compiled)
  const timeout_ms = entered.type === 'wait' ? entered.wait.timeout_ms : undefined
  const runs = session.timers?.includes('wait') ?? false
  if (runs && timeout_ms === undefined) {
    turn.effect({ type: 'cancel_timer', timer: 'wait' })
    removeTimer(session, 'wait')
  } else if (!runs && timeout_ms !== undefined) {
    turn.effect({ type: 'start_timer', timer: 'wait', wait: session.wait, delay_ms: timeout_ms, after_deliveries: true })
    session.timers = ['wait', ...(session.timers ?? [])]
  }
}

/** `on_inactivity` may have gone or come; beside a time of the block's own it is left to the next wait. */
function fitSilence(turn: RunningTurn, session: Session, before: CompiledFlow | undefined): void {
  const runs = session.timers?.includes('inactivity') ?? false
  if (runs && !turn.flow.onInactivity) {
    turn.effect({ type: 'cancel_timer', timer: 'inactivity' })
    removeTimer(session, 'inactivity')
  } else if (!before?.onInactivity && !session.timers?.includes('wait') && startSilence(turn, session.wait, undefined)) {
    session.timers = [...(session.timers ?? []), 'inactivity']
  }
}

function removeTimer(session: Session, name: 'wait' | 'inactivity'): void {
  const left = session.timers?.filter(timer => timer !== name) ?? []
  if (left.length > 0) session.timers = left
  else delete session.timers
}
