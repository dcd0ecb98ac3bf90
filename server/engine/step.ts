/** One session of a flow: enters blocks until one waits or the session ends. Everything about owners is in `advance.ts`. */
import type { Outcome, Resumption, Wait } from './blocks/block.ts'
import { closeConversation, leaveQueue } from './closing.ts'
import { DomainError } from './errors.ts'
import type { InboundMessage, TimerName } from './event.ts'
import { failBlock } from './failure.ts'
import type { CompiledBlock } from './file/compile.ts'
import { GUARDS } from './guards.ts'
import { keepMessage, takeKept } from './kept.ts'
import { GuardStruck, type RunningTurn } from './running-turn.ts'
import { runSafetyNet } from './safety-net.ts'
import type { Session } from './session.ts'
import { endWait, frameOf, placeWait, restoreFrame } from './wait.ts'

/** Runs blocks from `block` on. A guard that strikes goes to the flow's error handling, then to the safety net. */
export function runFrom(turn: RunningTurn, block: CompiledBlock): void {
  let next: CompiledBlock | undefined = block
  while (next) {
    try {
      if (++turn.blocksRun > GUARDS.blocks) throw new GuardStruck('guard.blocks', `More than ${GUARDS.blocks} blocks without waiting.`)
      next = enter(turn, next)
    } catch (error) {
      next = failWith(turn, error)
    }
  }
}

/** A struck guard, or a template that cannot be rendered, is a failure of the flow; anything else is a bug and rises. */
function failWith(turn: RunningTurn, error: unknown): CompiledBlock | undefined {
  if (error instanceof GuardStruck) return failBlock(turn, 'guard', error.code, error.message)
  if (error instanceof DomainError) return failBlock(turn, 'block_failed', error.code, error.message)
  throw error
}

function enter(turn: RunningTurn, block: CompiledBlock): CompiledBlock | undefined {
  turn.block = block
  if (block.type.branch && turn.message === null && !takeOldest(turn)) {
    startWait(
      turn,
      block,
      block.timeout_ms === undefined ? { for: 'message', accept_earlier: true } : { for: 'message', accept_earlier: true, timeout_ms: block.timeout_ms },
    )
    return undefined
  }
  return follow(turn, block, block.type.run(block.block, turn, block.compiled))
}

/** Makes the oldest kept message the current one (rule 10). */
function takeOldest(turn: RunningTurn): boolean {
  const message = turn.session ? takeKept(turn.session) : undefined
  if (!message) return false
  turn.take(message)
  return true
}

/** Does what a block decided; the next block, or undefined when the session waits or has ended. */
export function follow(turn: RunningTurn, block: CompiledBlock, outcome: Outcome): CompiledBlock | undefined {
  switch (outcome.type) {
    case 'leave': {
      turn.trace.push({ kind: 'left', block: block.id, exit: outcome.exit, why: outcome.why })
      return goTo(turn, block, outcome.exit)
    }
    case 'wait':
      return startWait(turn, block, outcome.wait, outcome.why)
    case 'stay':
      turn.log('waits', outcome.why)
      if (turn.session && outcome.state !== undefined) turn.session.state = outcome.state
      restartSilence(turn)
      return undefined
    case 'fail':
      return failBlock(turn, 'block_failed', outcome.code, outcome.why)
    case 'finish':
      turn.trace.push({ kind: 'left', block: block.id, why: outcome.why })
      closeConversation(turn, outcome.outcome)
      return undefined
    case 'return':
      turn.trace.push({ kind: 'left', block: block.id, why: outcome.why })
      return returnFromInterruption(turn)
  }
}

/** The block behind an exit; an unconnected one ends the flow with outcome `incomplete` (rule 26). */
function goTo(turn: RunningTurn, block: CompiledBlock, exit: string): CompiledBlock | undefined {
  const target = block.exits[exit]
  if (target === undefined) {
    turn.trace.push({ kind: 'owner', block: block.id, exit, why: `“${exit}” leads nowhere, so the flow ends here.`, code: 'incomplete' })
    closeConversation(turn, 'incomplete')
    return undefined
  }
  const next = turn.flow.blocks.get(target)
  if (!next) return failBlock(turn, 'block_failed', 'block.missing', `“${exit}” leads to ${target}, which is not in the flow.`)
  return next
}

/** Stores the session at a block that waits and starts what belongs to the wait. */
function startWait(turn: RunningTurn, block: CompiledBlock, wait: Wait, why?: string): CompiledBlock | undefined {
  const session = turn.session
  if (!session) throw new Error(`block ${block.id} waits without a session`)
  if (wait.for === 'message') {
    if (!wait.accept_earlier) dropKept(turn, session)
    else if (takeOldest(turn)) return takeAtOnce(turn, block, wait)
  }
  const number = ++turn.conversation.waits
  placeWait(turn, session, block, wait, number)
  const timers: TimerName[] = []
  if (wait.timeout_ms !== undefined) {
    turn.effect({ type: 'start_timer', timer: 'wait', wait: number, delay_ms: wait.timeout_ms, after_deliveries: wait.for !== 'answer' })
    timers.push('wait')
  }
  if (wait.for === 'message' && startSilence(turn, number, wait.timeout_ms)) timers.push('inactivity')
  if (wait.for === 'queue' && wait.queue) {
    joinQueue(turn, wait.queue, number)
    if (wait.queue.announce_every_ms) timers.push('announce')
  }
  if (wait.for === 'answer' && wait.call) turn.effect({ type: 'call_http', wait: number, block: block.id, call: wait.call })
  if (timers.length > 0) session.timers = timers
  if (wait.reusable) rememberMenu(session, number, block.id)
  turn.trace.push(why === undefined ? { kind: 'waits', block: block.id } : { kind: 'waits', block: block.id, why })
  return undefined
}

/** A message that came before the wait answers it at once. */
function takeAtOnce(turn: RunningTurn, block: CompiledBlock, wait: Wait): CompiledBlock | undefined {
  const session = turn.session
  const message = turn.message
  if (!session || !message) return undefined
  placeWait(turn, session, block, wait, ++turn.conversation.waits)
  const outcome = block.type.resume?.(block.block, turn, block.compiled, { type: 'message', message }, wait.state)
  if (outcome?.type === 'stay' && wait.timeout_ms !== undefined) {
    turn.effect({ type: 'start_timer', timer: 'wait', wait: session.wait, delay_ms: wait.timeout_ms, after_deliveries: true })
    session.timers = ['wait']
  }
  return outcome ? follow(turn, block, outcome) : undefined
}

function dropKept(turn: RunningTurn, session: Session): void {
  if (!session.kept) return
  turn.log('message', `${session.kept.length} earlier message${session.kept.length === 1 ? '' : 's'} dropped, the question came later.`)
  delete session.kept
}

function rememberMenu(session: Session, number: number, block: string): void {
  const menus = Object.entries<string>({ ...session.menus, [number]: block })
  session.menus = Object.fromEntries(menus.slice(-GUARDS.menus))
}

function joinQueue(turn: RunningTurn, queue: NonNullable<Wait['queue']>, wait: number): void {
  leaveQueue(turn, 'moved')
  const announce_ms = queue.announce_every_ms
  turn.conversation.queue = { slug: queue.slug, since: turn.now, wait, priority: queue.priority, ...(announce_ms ? { announce_ms } : {}) }
  turn.conversation.owner = 'queue'
  turn.log('owner', `Waits in ${queue.slug} for an agent.`)
  turn.effect({ type: 'join_queue', queue: queue.slug, wait, priority: queue.priority, since: turn.now, front: false, force: false })
  if (announce_ms) turn.effect({ type: 'start_timer', timer: 'announce', wait, delay_ms: announce_ms, after_deliveries: false })
}

/** Starts the timer of `on_inactivity`, once a silence and only if the block's own time is later (rule 20). */
export function startSilence(turn: RunningTurn, wait: number, timeout_ms: number | undefined): boolean {
  const silence = turn.flow.onInactivity
  const session = turn.session
  if (!silence || !session || session.silent) return false
  if (timeout_ms !== undefined && timeout_ms <= silence.after_ms) return false
  turn.effect({ type: 'start_timer', timer: 'inactivity', wait, delay_ms: silence.after_ms, after_deliveries: true })
  return true
}

/** The contact wrote and the wait goes on: silence counts anew. */
function restartSilence(turn: RunningTurn): void {
  const session = turn.session
  if (!session || session.mode || !startSilence(turn, session.wait, undefined)) return
  if (!session.timers?.includes('inactivity')) session.timers = [...(session.timers ?? []), 'inactivity']
}

/** Hands `came` to the waiting block and goes on from what it decides. */
export function resumeBlock(turn: RunningTurn, came: Resumption): void {
  const session = turn.session
  const block = session ? turn.flow.blocks.get(session.at) : undefined
  if (!session || !block) {
    runSafetyNet(turn, 'block.missing', `The waiting block “${session?.at}” is not in version ${session?.version} of the flow.`)
    return
  }
  turn.block = block
  if (session.message) turn.take(session.message)
  if (came.type === 'message') turn.take(came.message)
  try {
    const outcome = decide(turn, block, came, session)
    if (outcome.type !== 'stay' && outcome.type !== 'fail' && turn.session === session) endWait(turn, session, causeOf(came))
    const next = follow(turn, block, outcome)
    if (next) runFrom(turn, next)
  } catch (error) {
    const next = failWith(turn, error)
    if (next) runFrom(turn, next)
  }
}

/** Why the place in a queue is given up, by what the block was resumed with. */
function causeOf(came: Resumption): 'timeout' | 'left' | 'refused' {
  return came.type === 'timeout' ? 'timeout' : came.type === 'queue_refused' ? 'refused' : 'left'
}

function decide(turn: RunningTurn, block: CompiledBlock, came: Resumption, session: Session): Outcome {
  const engineWait = block.type.branch && session.state === undefined
  if (engineWait || block.type.entry) {
    if (came.type === 'message') return block.type.run(block.block, turn, block.compiled)
    if (came.type === 'timeout') return { type: 'leave', exit: 'timeout', why: 'Nobody wrote in time.' }
  }
  return (
    block.type.resume?.(block.block, turn, block.compiled, came, session.state) ?? {
      type: 'fail',
      code: 'block.cannot_resume',
      why: `${block.type.title} cannot go on with ${came.type}.`,
    }
  )
}

/** Begins an interruption at an entry: the wait is kept when a `return` can be reached, else it ends (rule 19). */
export function interrupt(turn: RunningTurn, entry: CompiledBlock, returns: boolean, message: InboundMessage | null, why: string): void {
  const session = turn.session
  if (!session) return
  if (returns) {
    const frames = session.frames ?? []
    if (frames.length >= GUARDS.depth) {
      turn.block = entry
      const next = failBlock(turn, 'guard', 'guard.depth', `More than ${GUARDS.depth} interruptions at once.`)
      if (next) runFrom(turn, next)
      return
    }
    session.frames = [...frames, frameOf(session)]
    for (const timer of session.timers ?? []) {
      turn.effect(timer === 'wait' ? { type: 'pause_timer', timer, slot: session.wait } : { type: 'cancel_timer', timer })
    }
    delete session.timers
    delete session.burst
    delete session.mode
  } else if (session.mode === 'queue') {
    for (const timer of session.timers ?? []) turn.effect({ type: 'cancel_timer', timer })
    delete session.timers
    delete session.mode
  } else {
    endWait(turn, session)
  }
  turn.message = null
  if (message) turn.take(message)
  turn.trace.push({ kind: 'left', block: entry.id, exit: 'next', why })
  const next = goTo(turn, entry, 'next')
  if (next) runFrom(turn, next)
}

function returnFromInterruption(turn: RunningTurn): CompiledBlock | undefined {
  const session = turn.session
  const frame = session?.frames?.at(-1)
  const block = frame ? turn.flow.blocks.get(frame.at) : undefined
  if (!session || !frame || !block) return failBlock(turn, 'block_failed', 'return.nothing_interrupted', 'There is no interrupted wait to return to.')
  restoreFrame(turn, session, frame)
  const timers: TimerName[] = []
  if (frame.paused) {
    turn.effect({ type: 'resume_timer', timer: 'wait', slot: frame.wait, wait: frame.wait })
    timers.push('wait')
  }
  turn.block = block
  turn.message = frame.message ?? null
  turn.forget()
  turn.remindsOf = frame.wait
  block.type.remind?.(block.block, turn, block.compiled, frame.state)
  turn.remindsOf = undefined
  const announce_ms = frame.mode === 'queue' ? turn.conversation.queue?.announce_ms : undefined
  if (announce_ms) {
    turn.effect({ type: 'start_timer', timer: 'announce', wait: frame.wait, delay_ms: announce_ms, after_deliveries: false })
    timers.push('announce')
  }
  if (!frame.mode && startSilence(turn, frame.wait, undefined)) timers.push('inactivity')
  if (timers.length > 0) session.timers = timers
  turn.trace.push({ kind: 'waits', block: block.id, why: 'Back to the wait that was interrupted.' })
  return undefined
}

/** Keeps a message that no block waits for (rule 10). */
export function keepForLater(turn: RunningTurn, session: Session, message: InboundMessage): void {
  const dropped = keepMessage(session, message)
  turn.log('message', 'Kept: nothing waits for a message now.')
  if (dropped > 0) turn.log('message', `${dropped} older message${dropped === 1 ? '' : 's'} left the kept ones, there were too many.`)
}
