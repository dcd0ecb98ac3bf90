/** The path of a real conversation, read from its trace: for the list beside the chat and for the canvas of its version. */
import type { ConversationDetail, TraceAnswer } from '../../server/api/contract.ts'
import { SESSION_ENDED } from '../../server/engine/index.ts'
import type { Run } from '../simulator/run.ts'

/** One step of the path. */
export interface PathStep {
  /** Unique in the conversation. */
  readonly key: string
  readonly at: number
  /** The event that moved it, from 1. */
  readonly turn: number
  /** `owner`: who has the conversation changed, or it closed; then there is no block. */
  readonly kind: 'passed' | 'waits' | 'failed' | 'owner'
  /** Another flow than the session's own. */
  readonly flow: string | undefined
  readonly block: string | undefined
  readonly exit: string | undefined
  readonly why: string
  readonly endsSession: boolean
}

/** Blocks in the order they were passed, with the reason; a wait that is over becomes the step that ended it. */
export function readPath(trace: readonly TraceAnswer[]): readonly PathStep[] {
  const steps: PathStep[] = []
  trace.forEach(({ seq, at, lines }, index) => {
    lines.forEach((line, place) => {
      const kind = kindOf(line.kind)
      if (kind === undefined || (kind !== 'owner' && line.block === undefined)) return
      const last = steps.at(-1)
      if (last?.kind === 'waits' && kind !== 'owner' && last.block === line.block && last.flow === line.flow) steps.pop()
      steps.push({
        key: `${seq}.${place}`,
        at,
        turn: index + 1,
        kind,
        flow: line.flow,
        block: kind === 'owner' ? undefined : line.block,
        exit: line.exit,
        why: line.why ?? '',
        endsSession: line.code === SESSION_ENDED,
      })
    })
  })
  return steps
}

function kindOf(kind: string): PathStep['kind'] | undefined {
  if (kind === 'left') return 'passed'
  return kind === 'waits' || kind === 'failed' || kind === 'owner' ? kind : undefined
}

/** The steps of the last session that passed a block: an earlier one may have run another version. */
export function lastSession(steps: readonly PathStep[]): readonly PathStep[] {
  const lastBlock = steps.findLastIndex(step => step.block !== undefined)
  if (lastBlock < 0) return []
  const before = steps.slice(0, lastBlock).findLastIndex(step => step.endsSession)
  return steps.slice(before + 1)
}

/** What the canvas lights: as a run of the simulator, with the real reasons. `tag` says what is waited for. */
export function litPath(steps: readonly PathStep[], session: ConversationDetail['session'], tag: (waitsFor: string) => string): Partial<Run> {
  const own = lastSession(steps).filter(step => step.block !== undefined && step.flow === undefined)
  const visited = new Set<string>()
  const litExits = new Map<string, string>()
  const path: Run['path'][number][] = []
  for (const { block, exit, why, turn, kind } of own) {
    if (block === undefined) continue
    visited.add(block)
    if (kind !== 'passed') continue
    path.push({ block, ...(exit === undefined ? {} : { exit }), why, turn })
    if (exit !== undefined) litExits.set(`${block}.${exit}`, why)
  }
  if (session) visited.add(session.block)
  return {
    isActive: own.length > 0,
    visited,
    path,
    litExits,
    running: session ? { block: session.block, tag: tag(session.waits_for) } : undefined,
    turn: own.at(-1)?.turn ?? 0,
  }
}
