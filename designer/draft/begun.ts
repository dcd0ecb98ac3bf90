/** Blocks that somebody has just added and is still filling in: what they lack is no mistake yet. */
import type { Flow, Problem } from '../../server/engine/index.ts'
import type { EditorView } from '../commands/command.ts'

type Moment = Pick<EditorView, 'flow' | 'selection'>

/** Nothing is being filled in. */
export const NOTHING_BEGUN: ReadonlySet<string> = new Set()

/** What a block lacks while it is being drawn. Anything else is wrong at once. */
const LACKS: ReadonlySet<string> = new Set([
  'unconnected_exit',
  'unconnected_next',
  'dead_end',
  'unreachable_block',
  'empty_text',
  'no_words',
  'no_phrases',
  'no_choices',
  'no_cases',
  'no_intents',
  'no_bands',
  'no_queue',
  'no_url',
  'no_address',
  'no_variable',
  'no_value',
  'no_pattern',
  'no_languages',
  'empty_case',
])

/** A block that an edit added alone is begun, until it was chosen and is no longer. `known` are ids that were there before: undo brings back, it begins nothing. */
export function begunAfter(begun: ReadonlySet<string>, known: ReadonlySet<string>, before: Moment, after: Moment): ReadonlySet<string> {
  const added = after.flow.blocks === before.flow.blocks ? [] : Object.keys(after.flow.blocks).filter(id => !Object.hasOwn(before.flow.blocks, id))
  const [first] = added
  const fresh = first !== undefined && added.length === 1 && !known.has(first) ? [first] : []
  const isLeft = (id: string) => before.selection.blocks.includes(id) && !after.selection.blocks.includes(id)
  const kept = [...begun].filter(id => !isLeft(id) && Object.hasOwn(after.flow.blocks, id))
  return kept.length === begun.size && fresh.length === 0 ? begun : new Set([...kept, ...fresh])
}

/** Whether the problem is only that a begun block is not finished. */
export function isNotYet({ code, block }: Problem, begun: ReadonlySet<string>): boolean {
  return block !== undefined && begun.has(block) && LACKS.has(code)
}

/** The problems that are shown as such; the same list when nothing is held back. */
export function shownOf(problems: readonly Problem[], begun: ReadonlySet<string>): readonly Problem[] {
  const shown = begun.size === 0 ? problems : problems.filter(problem => !isNotYet(problem, begun))
  return shown.length === problems.length ? problems : shown
}

/** Ids of a flow's blocks, to be told apart later; the same set when all are known. */
export function withIds(known: ReadonlySet<string>, { blocks }: Flow): ReadonlySet<string> {
  const ids = Object.keys(blocks)
  return ids.every(id => known.has(id)) ? known : new Set([...known, ...ids])
}
