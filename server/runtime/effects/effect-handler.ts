/** The contract of effects: a handler turns what the engine asks for into writes of the step and actions after its commit. */
import type { Conversation, Effect } from '../../engine/index.ts'
import type { Connector, Store } from '../../store/index.ts'
import type { Draft } from '../draft.ts'

/** What a handler may use. */
export interface StepScope {
  readonly draft: Draft
  readonly store: Store
  readonly connector: Connector
  /** As the step leaves it. */
  readonly conversation: Conversation
  readonly now: number
  /** Number of the step within the contact. */
  readonly step: number
  /** Lines for agents and operators that join the trace. */
  readonly notes: string[]
}

/** Carries out one type of effect. Synchronous, no I/O: what has to go out waits in `draft.after`. */
export type EffectHandler<E extends Effect = Effect> = (effect: E, scope: StepScope) => void

/** One handler for every type of effect; a missing one does not compile. */
export type EffectHandlers = { readonly [T in Effect['type']]: EffectHandler<Extract<Effect, { type: T }>> }

/** The effects whose handlers live with the desk. */
export type QueueEffects = Pick<EffectHandlers, 'join_queue' | 'leave_queue' | 'ask_position'>

/** Carries out effects in their order. */
export function carryOut(handlers: EffectHandlers, effects: readonly Effect[], scope: StepScope): void {
  for (const effect of effects) {
    // The key and the argument have the same `type`; TypeScript cannot say so of a union.
    const handle = handlers[effect.type] as EffectHandler
    handle(effect, scope)
  }
}
