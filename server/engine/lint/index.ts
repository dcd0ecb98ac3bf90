/** The linter: what would go wrong with a flow, in sentences for the person who draws it (rule 33). */
import type { Problem } from '../errors.ts'
import type { Flow } from '../file/flow.ts'
import { unconnectedExit, unconnectedNext, unknownBlock, unknownExit } from './connections.ts'
import { firstMessageUnread } from './first_message_unread.ts'
import { limits } from './limits.ts'
import { loopNeverWaits } from './loop_never_waits.ts'
import { missingTranslation } from './missing_translation.ts'
import { ownSettings } from './own_settings.ts'
import { readBeforeSet } from './read_before_set.ts'
import { secrets } from './secrets.ts'
import { silentQueue } from './silent_queue.ts'
import { templates } from './templates.ts'
import { unknownFlow, unknownQueue, unknownType } from './unknown_names.ts'
import { entries, unreachableBlock } from './unreachable_block.ts'
import { undeclaredVariable, unused } from './variables.ts'
import { type LintContext, type LintRule, viewFlow } from './view.ts'

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
  missingTranslation,
  unused,
]

/** Every problem of a well-formed flow: errors first, which keep it from being published, then warnings; each in the order of the blocks. */
export function lintFlow(flow: Flow, context: LintContext): readonly Problem[] {
  const view = viewFlow(flow, context)
  const place = (problem: Problem) => (problem.block === undefined ? -1 : (view.block(problem.block)?.index ?? -1))
  const rank = (problem: Problem) => (problem.severity === 'error' ? 0 : 1)
  return RULES.flatMap(rule => rule(view)).sort((one, other) => rank(one) - rank(other) || place(one) - place(other))
}
