/** Settings of waiting blocks as the engine takes them, and presses as messages. */
import type { InboundMessage } from '../event.ts'
import { parseDuration } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import type { Wait } from './block.ts'

const MOST_MERGED_MS = 60_000

/** `timeout_ms` of a `timeout` setting; nothing without one. */
export function timeoutOf(timeout: string | undefined): Pick<Wait, 'timeout_ms'> {
  const timeout_ms = timeout === undefined ? null : parseDuration(timeout)
  return timeout_ms === null ? {} : { timeout_ms }
}

/** `merge` of a `merge` setting: at most 60 s (rule 11). */
function mergeOf(merge: { readonly quiet: string; readonly at_most?: string } | undefined): Pick<Wait, 'merge'> {
  const quiet_ms = merge && parseDuration(merge.quiet)
  if (!merge || quiet_ms === undefined || quiet_ms === null) return {}
  const atMost = merge.at_most === undefined ? null : parseDuration(merge.at_most)
  return { merge: { quiet_ms, at_most_ms: Math.min(atMost ?? MOST_MERGED_MS, MOST_MERGED_MS) } }
}

/** The wait of a block that asks: its settings as they are drawn. */
export function waitOf(block: {
  readonly timeout?: string
  readonly merge?: { readonly quiet: string; readonly at_most?: string }
  readonly accept_earlier?: boolean
  readonly no_interrupt?: boolean
  readonly reusable?: boolean
}): Wait {
  return {
    for: 'message',
    ...timeoutOf(block.timeout),
    ...mergeOf(block.merge),
    ...(block.accept_earlier && { accept_earlier: true }),
    ...(block.no_interrupt && { no_interrupt: true }),
    ...(block.reusable && { reusable: true }),
  }
}

/** A press as the message it stands for, so that a later branch reads the same as if the label had been typed. */
export function pressed(turn: Turn, label: string): InboundMessage {
  return { id: `press:${turn.wait}`, text: label }
}
