/** The wait of a session: put in place, ended, kept as a frame while something interrupts. */
import type { Wait } from './blocks/block.ts'
import { leaveQueue } from './closing.ts'
import type { Effect } from './effect.ts'
import type { CompiledBlock } from './file/compile.ts'
import type { RunningTurn } from './running-turn.ts'
import type { Frame, Session } from './session.ts'

/** Writes a wait into the session; everything of the one before it goes. */
export function placeWait(turn: RunningTurn, session: Session, block: CompiledBlock, wait: Wait, number: number): void {
  session.at = block.id
  session.wait = number
  forgetWait(session)
  if (wait.for !== 'message') session.mode = wait.for
  if (wait.merge) session.merge = [wait.merge.quiet_ms, wait.merge.at_most_ms]
  if (wait.no_interrupt) session.no_interrupt = true
  if (wait.state !== undefined) session.state = wait.state
  if (block.keepsMessage && turn.message) session.message = turn.message
}

/** Removes what belongs to one wait only. Deletes only what is there: a needless delete makes the object slow to print. */
function forgetWait(session: Session): void {
  if (session.mode !== undefined) delete session.mode
  if (session.merge !== undefined) delete session.merge
  if (session.no_interrupt !== undefined) delete session.no_interrupt
  if (session.state !== undefined) delete session.state
  if (session.message !== undefined) delete session.message
  if (session.burst !== undefined) delete session.burst
  if (session.timers !== undefined) delete session.timers
}

/** Cancels the running timers of the wait. */
export function cancelTimers(turn: RunningTurn, session: Session): void {
  if (session.timers === undefined) return
  for (const timer of session.timers) turn.effect({ type: 'cancel_timer', timer })
  delete session.timers
}

/** Ends the current wait; leaving a queue block gives up its place and its kept messages, which were the agent's (rule 10). */
export function endWait(turn: RunningTurn, session: Session, cause: Extract<Effect, { type: 'leave_queue' }>['cause'] = 'left'): void {
  cancelTimers(turn, session)
  if (session.burst !== undefined) delete session.burst
  if (session.message !== undefined) delete session.message
  if (session.mode === 'queue') {
    delete session.kept
    leaveQueue(turn, cause)
    turn.conversation.owner = 'flow'
    delete turn.conversation.agent
  }
  if (session.mode !== undefined) delete session.mode
}

/** The wait as a frame, to come back to. */
export function frameOf(session: Session): Frame {
  return {
    flow: session.flow,
    version: session.version,
    at: session.at,
    wait: session.wait,
    ...(session.mode ? { mode: session.mode } : {}),
    ...(session.merge ? { merge: session.merge } : {}),
    ...(session.no_interrupt ? { no_interrupt: true } : {}),
    ...(session.timers?.includes('wait') ? { paused: true } : {}),
    ...(session.state !== undefined ? { state: session.state } : {}),
    ...(session.message ? { message: session.message } : {}),
  }
}

/** Puts the wait of a frame back in place, without a word to the contact; frames inside it are dropped. */
export function restoreFrame(turn: RunningTurn, session: Session, frame: Frame): void {
  const outer = session.frames?.slice(0, session.frames.indexOf(frame)) ?? []
  cancelTimers(turn, session)
  session.at = frame.at
  session.wait = frame.wait
  forgetWait(session)
  if (frame.mode) session.mode = frame.mode
  if (frame.merge) session.merge = frame.merge
  if (frame.no_interrupt) session.no_interrupt = true
  if (frame.state !== undefined) session.state = frame.state
  if (frame.message) session.message = frame.message
  if (outer.length > 0) session.frames = outer
  else delete session.frames
}
