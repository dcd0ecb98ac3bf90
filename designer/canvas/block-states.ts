/** What the looks of a block depend on, as attributes: its group, its shape and its states. */
import { type Block, blockTypeOf } from '../../server/engine/index.ts'
import { exitsOf, isPlain } from '../commands/index.ts'
import { useRun } from '../simulator/run.ts'
import { useCanvas } from './canvas-state.ts'

/** "visited running dimmed …", as one text so that a block is drawn anew only when its own states change. */
export function useStates(id: string, marked: readonly string[] | undefined): string {
  const isVisited = useRun(run => run.visited.has(id))
  const isRunning = useRun(run => run.running?.block === id)
  const isPointed = useRun(run => run.pointed === id)
  const coverage = useRun(run => (run.coverage ? (run.coverage.coveredBlocks.has(id) ? 'covered' : run.coverage.missedBlocks.has(id) ? 'missed' : '') : ''))
  const isOutside = useCanvas(state => state.found !== undefined && !state.found.has(id))
  return [...(marked ?? []), isVisited && 'visited', isRunning && 'running', isPointed && 'pointed', isOutside && 'dimmed', coverage].filter(Boolean).join(' ')
}

/** Colour and shape of a block; `hasGist`: it says something below its name. */
export function looksOf(block: Block, hasGist: boolean) {
  const type = blockTypeOf(block.type)
  const group = type?.group ?? 'finish'
  const exits = exitsOf(block)
  const isPill = (group === 'entries' || group === 'finish') && !hasGist && (exits.length === 0 || isPlain(exits))
  return { 'data-group': group, 'data-shape': isPill ? 'pill' : undefined, 'data-entry': type?.entry || undefined }
}
