/** Receipts: the vendor's word about deliveries of ours. Statuses only move forward; watermarks cover everything earlier (rule 30). */
import type { ChannelReceipt } from '../channels/channel.ts'
import type { Event } from '../engine/index.ts'
import type { Delivery, DeliveryFailure, Store } from '../store/index.ts'
import type { Draft } from './draft.ts'
import type { Lane } from './lanes.ts'
import type { Runner } from './runner.ts'
import { failedEvent } from './settle.ts'

/** How far back a receipt reaches; what is older than so many later messages is of no interest. */
const REACH = 500

/** Takes in a receipt of a contact; resolves after the commit. False: it names deliveries that are not known to be sent yet. */
export async function takeReceipt(store: Store, runner: Runner, lane: Lane, receipt: ChannelReceipt): Promise<boolean> {
  const meant = meantBy(receipt, await store.deliveries.latest(lane.id, REACH))
  if (meant.length > 0 && receipt.status !== 'sent') {
    await new Promise<void>((done, failed) => {
      runner.push(lane, [{ type: 'change', apply: draft => applyReceipt(store, draft, receipt, meant), done, failed }])
    })
  }
  const named = receipt.vendor_ids ?? []
  return named.every(id => meant.some(delivery => delivery.vendor_id === id))
}

/** The deliveries that a receipt is about. */
function meantBy({ vendor_ids = [], watermark }: ChannelReceipt, latest: readonly Delivery[]): readonly Delivery[] {
  const named = new Set(vendor_ids)
  return latest.filter(
    delivery =>
      (delivery.vendor_id !== null && named.has(delivery.vendor_id)) ||
      (watermark !== undefined && delivery.sent_at !== null && delivery.sent_at <= watermark && delivery.status !== 'failed'),
  )
}

function applyReceipt(store: Store, draft: Draft, receipt: ChannelReceipt, meant: readonly Delivery[]): readonly Event[] {
  const { status } = receipt
  if (status === 'delivered' || status === 'read') {
    draft.writes.push(...store.deliveries.setStatus(meant.map(({ contact, n }) => ({ contact, n, status }))))
    return []
  }
  if (status !== 'failed') return []
  const failure: DeliveryFailure = receipt.failure ?? { level: 'message', code: 'send.failed_later', message: 'The messenger could not deliver it.' }
  // Only what counts as sent can fail late: what was delivered was, and a repeated receipt says nothing new.
  const lost = meant.filter(delivery => delivery.status === 'sent')
  draft.writes.push(...store.deliveries.failed(lost.map(({ contact, n, attempts }) => ({ contact, n, failure, attempts }))))
  const blocked = failure.level === 'contact' && lost.length > 0 && !draft.contact.conversation.contact.blocked
  return [...(blocked ? [{ type: 'contact_blocked' } as const] : []), ...lost.map(delivery => failedEvent(delivery, failure))]
}
