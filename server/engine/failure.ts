/** When something fails inside a flow: the block's `error` exit, then `on_error`, then the safety net. */
import type { CompiledBlock } from './file/compile.ts'
import type { RunningTurn } from './running-turn.ts'
import { runSafetyNet } from './safety-net.ts'
import { endWait } from './wait.ts'

/** What `on_error` can be limited to. */
export type FailureCause = 'block_failed' | 'delivery_failed' | 'guard'

/** The block to go on with; undefined when the safety net took over. */
export function failBlock(turn: RunningTurn, cause: FailureCause, code: string, why: string): CompiledBlock | undefined {
  const next = findErrorPath(turn, cause, code, why)
  if (!next) runSafetyNet(turn, code, why)
  return next
}

/** Logs the failure and finds where the flow wants to go; the current wait ends if there is such a place. */
export function findErrorPath(turn: RunningTurn, cause: FailureCause, code: string, why: string): CompiledBlock | undefined {
  turn.log('failed', why, code)
  const session = turn.session
  const next = turn.failing || !session ? undefined : (errorExit(turn, cause) ?? onError(turn, cause))
  if (next && session) endWait(turn, session)
  return next
}

function errorExit(turn: RunningTurn, cause: FailureCause): CompiledBlock | undefined {
  const block = turn.block
  const target = block && cause !== 'guard' ? block.exits.error : undefined
  if (!block || target === undefined) return undefined
  turn.trace.push({ kind: 'left', block: block.id, exit: 'error', why: 'The block failed.' })
  return turn.flow.blocks.get(target)
}

/** The first `on_error` entry for the cause. It gets a budget of its own; if it fails too, the safety net acts (rule 24). */
function onError(turn: RunningTurn, cause: FailureCause): CompiledBlock | undefined {
  const entry = turn.flow.onError.find(candidate => candidate.causes === undefined || candidate.causes.includes(cause))
  const target = entry?.block.exits.next
  if (!entry || target === undefined) return undefined
  turn.failing = true
  turn.blocksRun = 0
  turn.sends = 0
  if (turn.session) delete turn.session.frames
  turn.trace.push({ kind: 'left', block: entry.block.id, exit: 'next', why: `Taken because of ${cause.replace('_', ' ')}.` })
  return turn.flow.blocks.get(target)
}
