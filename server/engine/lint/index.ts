/** The linter: what would go wrong with a flow, in sentences for the person who draws it (rule 33). */
import type { Problem } from '../errors.ts'
import type { Flow } from '../file/flow.ts'
import { unconnectedExit, unconnectedNext, unknownBlock, unknownExit } from './connections.ts'
import { firstMessageUnread } from './first_message_unread.ts'
import { limits } from './limits.ts'
import { loopNeverWaits } from './loop_never_waits.ts'
import { missingPhrases, missingTranslation } from './missing_translation.ts'
import { ownSettings } from './own_settings.ts'
import { readBeforeSet } from './read_before_set.ts'
import { secrets } from './secrets.ts'
import { silentQueue } from './silent_queue.ts'
import { templates } from './templates.ts'
import { unknownFlow, unknownQueue, unknownType } from './unknown_names.ts'
import { entries, unreachableBlock } from './unreachable_block.ts'
import { undeclaredVariable, unused } from './variables.ts'
import { type FlowView, type Found, type LintContext, type LintRule, lookIntoBlocks, viewFlow } from './view.ts'

export type { LintContext } from './view.ts'

/** Every rule. To add one, write its file and a line here. */
const RULES: readonly LintRule[] = [
  entries,
  unknownType,
  unknownBlock,
  unknownExit,
  unknownFlow,
  unknownQueue,
  templates,
  undeclaredVariable,
  secrets,
  ownSettings,
  loopNeverWaits,
  unconnectedExit,
  unreachableBlock,
  unconnectedNext,
  readBeforeSet,
  firstMessageUnread,
  silentQueue,
  limits,
  missingPhrases,
  missingTranslation,
  unused,
]

const BLOCK_RULES = RULES.flatMap((rule, index) => (typeof rule === 'function' ? [] : [{ rule: index, inBlock: rule.inBlock }]))

/** Every problem of a well-formed flow: errors first, which keep it from being published, then warnings; each in the order of the blocks. */
export function lintFlow(flow: Flow, context: LintContext): readonly Problem[] {
  return lint(viewFlow(flow, context))
}

/**
 * Lints one flow while it is edited: says the same as `lintFlow`, but looks again only at what changed. Blocks, declarations and parts of
 * the context that are the same objects as the last time are taken as unchanged.
 */
export function createLinter(): (flow: Flow, context: LintContext) => readonly Problem[] {
  let view: FlowView | undefined
  return (flow, context) => {
    view = viewFlow(flow, context, view)
    return lint(view)
  }
}

function lint(view: FlowView): readonly Problem[] {
  const found: Found[] = [...lookIntoBlocks(view, BLOCK_RULES)]
  for (const [index, rule] of RULES.entries()) if (typeof rule === 'function') for (const problem of rule(view)) found.push({ problem, rule: index })
  const place = ({ problem: { block } }: Found) => (block === undefined ? -1 : (view.block(block)?.index ?? -1))
  const rank = ({ problem: { severity } }: Found) => (severity === 'error' ? 0 : 1)
  return found.sort((one, other) => rank(one) - rank(other) || place(one) - place(other) || one.rule - other.rule).map(({ problem }) => problem)
}
