/** `send`: one row a part, in order; the outbox takes them over once the step is committed (rule 30). */
import type { Effect } from '../../engine/index.ts'
import type { Delivery } from '../../store/index.ts'
import type { EffectHandler } from './effect-handler.ts'

/** How long the head of a contact's outbox is tried, by what it is (rule 28). */
export interface Patience {
  readonly message_ms: number
  readonly announcement_ms: number
}

/** Makes the handler. `deliver` is called after the commit, with the new rows in order. */
export function createSend(patience: Patience, deliver: (deliveries: readonly Delivery[]) => void): EffectHandler<Extract<Effect, { type: 'send' }>> {
  return (effect, { draft, store, conversation, now, step }) => {
    const { contact } = draft
    const first = contact.last_delivery + 1
    const patienceMs = effect.kind === 'announcement' ? patience.announcement_ms : patience.message_ms
    const deliveries = effect.parts.map((message, index): Delivery => {
      return {
        contact: contact.id,
        n: first + index,
        connector: contact.connector,
        conversation: conversation.number,
        delivery: effect.delivery + index,
        first,
        step,
        kind: effect.kind,
        block: effect.block ?? null,
        wait: effect.wait,
        message,
        typing_ms: index === 0 ? (effect.typing_ms ?? 0) : 0,
        status: 'queued',
        vendor_id: null,
        attempts: 0,
        retry_at: null,
        expires_at: now + patienceMs,
        failure: null,
        decided_at: now,
        sent_at: null,
        resend_of: null,
      }
    })
    contact.last_delivery += deliveries.length
    for (const { n } of deliveries) draft.unsettled.push(n)
    draft.writes.push(...store.deliveries.insert(deliveries))
    draft.after.push(() => deliver(deliveries))
  }
}
