/** The path of a run: which blocks and exits were passed since the flow last began, and where it stands. */
import { type CompiledFlow, formatDuration, type VirtualEntry, type VirtualState } from '../../server/engine/index.ts'
import { simulator as words } from '../words/simulator.ts'
import type { LitExit, Run, RunningBlock } from './run.ts'

/** The drawn part of a run: everything but its values, pointer and coverage. */
export type DrawnPath = Pick<Run, 'isActive' | 'visited' | 'path' | 'litExits' | 'running' | 'turn'>

/** The path of a state. `turns` are the lengths of the log after each turn, oldest first. */
export function drawPath(state: VirtualState, flow: CompiledFlow, turns: readonly number[]): DrawnPath {
  const path = state.log.flatMap((entry, index) => litExits(entry, flow, turnOf(index, turns)))
  const began = path.findLastIndex(lit => flow.blocks.get(lit.block)?.type.type === 'start')
  const since = path.slice(Math.max(0, began))
  const running = runningBlock(state, flow)
  const visited = new Set(since.map(lit => lit.block))
  if (running) visited.add(running.block)
  return {
    isActive: state.log.length > 0,
    visited,
    path: since,
    litExits: new Map(since.flatMap(lit => (lit.exit === undefined ? [] : [[`${lit.block}.${lit.exit}`, lit.why] as const]))),
    running,
    turn: turns.length,
  }
}

function turnOf(index: number, turns: readonly number[]): number {
  const turn = turns.findIndex(end => index < end)
  return turn < 0 ? turns.length : turn + 1
}

function litExits(entry: VirtualEntry, flow: CompiledFlow, turn: number): readonly LitExit[] {
  return entry.trace.flatMap(line => {
    if (line.kind !== 'left' || line.block === undefined || (line.flow ?? flow.id) !== flow.id) return []
    return [{ block: line.block, ...(line.exit === undefined ? {} : { exit: line.exit }), why: line.why ?? '', turn }]
  })
}

function runningBlock({ conversation, timers, now }: VirtualState, flow: CompiledFlow): RunningBlock | undefined {
  const { session, owner, queue } = conversation
  if (!session || owner === 'nobody' || session.flow !== flow.id) return undefined
  if (owner === 'agent') return { block: session.at, tag: words.tag.agent }
  if (session.mode === 'answer') return { block: session.at, tag: words.tag.api }
  const timer = timers.get('wait')
  if (timer && timer.wait === session.wait) return { block: session.at, tag: words.tag.left(formatDuration(timer.due_at - now)) }
  if (owner !== 'queue') return { block: session.at, tag: words.tag.message }
  return { block: session.at, tag: queue?.position === undefined ? words.tag.queue : words.tag.position(queue.position) }
}
