/** The fixes by the name of the lint rule. A rule that is not here has no fix that is obvious. */
import type { Problem } from '../../../server/engine/index.ts'
import { addStart, connectExit, deleteBlock, disconnect, insertListen, reachBlock, skipListen } from './connections.ts'
import type { Fix, Fixer, Setting } from './fix.ts'
import { declare, removeDeclared, translate, useDefaultQueue } from './names.ts'
import { addTimeout, addWaitingText, removeCase, removeSetting, renameCase, setDuration, swapRange } from './settings.ts'
import { splitLongText } from './split.ts'

/** An exit of a setting that was switched off: the setting comes back rather than the connection goes. */
const bringBack: Fixer = (problem, setting) => (problem.at.endsWith('/exits/timeout') ? addTimeout(problem, setting) : disconnect(problem, setting))

const FIXERS: Readonly<Record<string, Fixer>> = {
  unconnected_exit: connectExit,
  unconnected_next: connectExit,
  dead_end: connectExit,
  unknown_block: disconnect,
  unknown_exit: bringBack,
  unreachable_block: reachBlock,
  second_entry: deleteBlock,
  doubled_entry: deleteBlock,
  no_start: addStart,
  loop_never_waits: insertListen,
  first_message_unread: skipListen,
  silent_queue: addWaitingText,
  undeclared_variable: declare,
  unused_variable: removeDeclared,
  unused_intent: removeDeclared,
  unknown_queue: useDefaultQueue,
  no_queue: useDefaultQueue,
  wait_without_timeout: addTimeout,
  text_over_limit: splitLongText,
  missing_translation: translate,
  min_over_max: swapRange,
  two_durations: removeSetting,
  not_used_yet: removeSetting,
  no_duration: setDuration,
  empty_case: removeCase,
  doubled_id: renameCase,
  reserved_id: renameCase,
}

/** The fix of a problem, or undefined. */
export function fixOf(problem: Problem, setting: Setting): Fix | undefined {
  return FIXERS[problem.code]?.(problem, setting)
}
