/** What `advance` may know besides the conversation and the event (rule 2). Everything read from it is on record. */
import type { Abilities } from './abilities.ts'
import type { CompiledFlow } from './file/compile.ts'

/** How a connector wants its conversations handled; the settings of design 6 that carry meaning. */
export interface ConnectorPolicy {
  readonly id: string
  /** The flow that new sessions start with. */
  readonly flow: string
  /** -1: no session, 0: endless, n: hours from the last message (rule 25). */
  readonly session_hours: number
  /** The queue of the safety net and of hand-overs that name none. */
  readonly queue: string
  /** Longest wait in that queue; null: no end. */
  readonly max_wait_ms: number | null
  /** What happens then: close as abandoned, or go on in a flow. */
  readonly timeout_action: { readonly type: 'abandon' } | { readonly type: 'flow'; readonly flow: string }
  /** What a contact reads when a flow breaks; by language or one for all. */
  readonly fallback: string | Readonly<Record<string, string>>
  readonly abilities: Abilities
}

/** Handed to every `advance`. Same context, conversation and event: same bytes. */
export interface Context {
  /** Milliseconds since 1970; never goes back within a contact (rule 3). */
  readonly now: number
  /** Seeds everything random: hash of conversation and sequence (rule 38). */
  readonly seed: number
  readonly connector: ConnectorPolicy
  /** The compiled flow; without a version the live one. Undefined when there is none. No I/O (rule 22). */
  flowOf(id: string, version?: number): CompiledFlow | undefined
}
