/** Sending a failed delivery again: a new one at the tail, so that order is kept (rule 28). */
import { DomainError } from '../engine/index.ts'
import { type Delivery, deliveryId, type Store } from '../store/index.ts'
import type { LaneChanges } from './lane-changes.ts'

/** Appends a copy and resolves with it once it is committed. Throws `delivery.unknown` and `delivery.not_failed`. */
export async function resendDelivery(
  tools: { readonly store: Store; readonly changes: LaneChanges; readonly patienceMs: number; now(): number; deliver(deliveries: readonly Delivery[]): void },
  contact: string,
  n: number,
): Promise<Delivery> {
  const failed = await tools.store.deliveries.byId(contact, n)
  const id = deliveryId(contact, n)
  if (!failed) throw new DomainError('delivery.unknown', { message: `There is no delivery “${id}”.`, at: `/deliveries/${id}` })
  if (failed.status !== 'failed') {
    throw new DomainError('delivery.not_failed', {
      message: `Delivery “${id}” is ${failed.status}; only a failed one can be sent again.`,
      hint: 'GET /api/deliveries?status=failed lists those that can.',
      at: `/deliveries/${id}`,
    })
  }
  let appended: Delivery = failed
  await tools.changes.change(contact, draft => {
    const now = tools.now()
    const next = ++draft.contact.last_delivery
    appended = {
      ...failed,
      n: next,
      first: next,
      typing_ms: 0,
      status: 'queued',
      vendor_id: null,
      attempts: 0,
      retry_at: null,
      expires_at: now + tools.patienceMs,
      failure: null,
      decided_at: now,
      sent_at: null,
      resend_of: n,
    }
    draft.touched = true
    draft.unsettled.push(next)
    draft.writes.push(...tools.store.deliveries.insert([appended]))
    const rows = [appended]
    draft.after.push(() => tools.deliver(rows))
    return []
  })
  return appended
}
