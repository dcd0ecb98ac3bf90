/** Small flows and connectors for tests of the engine. */

import { ABILITIES } from '../../server/channels/abilities.ts'
import { type CompiledFlow, mustCompile } from '../../server/engine/file/compile.ts'
import type { Block } from '../../server/engine/file/flow.ts'
import { testPolicy } from '../../server/engine/flow-test-player.ts'
import {
  type ConnectorPolicy,
  type Context,
  type Conversation,
  createVirtual,
  type InboundMessage,
  newConversation,
  type VirtualRuntime,
} from '../../server/engine/index.ts'

/** When tests begin: a Monday, ten o'clock UTC. */
export const MONDAY = Date.UTC(2026, 0, 5, 10)

/** Compiles blocks as a flow in English; `start` leads to the first of them. */
export function flowOf(blocks: Readonly<Record<string, Block>>, more: { variables?: Record<string, { type: 'text' | 'number' }> } = {}): CompiledFlow {
  const first = Object.keys(blocks)[0] ?? 'start'
  return mustCompile(
    { format: 1, id: 'flow', name: 'Flow', languages: ['en'], ...more, blocks: { start: { type: 'start', exits: { next: first } }, ...blocks } },
    { version: 1, hash: 'test' },
  )
}

/** A connector on Telegram for `flow`. */
export function policyOf(changes: Partial<ConnectorPolicy> = {}): ConnectorPolicy {
  return { ...testPolicy('flow', ABILITIES.telegram), ...changes }
}

/** A context at `now` for one flow. */
export function contextOf(flow: CompiledFlow | undefined, changes: Partial<ConnectorPolicy> = {}, now = MONDAY): Context {
  return { now, seed: 1, connector: policyOf(changes), flowOf: () => flow }
}

/** A contact who never wrote. */
export function newContact(): Conversation {
  return newConversation({ id: 'c', channel: 'telegram', first_name: 'Ana' })
}

/** A virtual runtime for one flow. */
export function virtualOf(flow: CompiledFlow, changes: Partial<ConnectorPolicy> = {}): VirtualRuntime {
  return createVirtual({ contact: { id: 'c', channel: 'telegram', first_name: 'Ana' }, connector: policyOf(changes), now: MONDAY, flowOf: () => flow })
}

/** A text of the contact. */
export function wrote(text: string, id = 'm1'): { readonly type: 'message_received'; readonly message: InboundMessage } {
  return { type: 'message_received', message: { id, text } }
}

/** Texts said so far. */
export function said(runtime: VirtualRuntime): string[] {
  return runtime.state().deliveries.map(delivery => delivery.message.text ?? '')
}
