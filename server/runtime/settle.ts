/** Settling: what a delivery's outcome does to its contact, inside the lane, so that it never crosses a step (rules 18, 28, 29). */
import type { Event } from '../engine/index.ts'
import type { Delivery, DeliveryFailure, Store, Timer } from '../store/index.ts'
import { type Draft, saveTimer } from './draft.ts'

/** What settling needs. */
export interface SettleTools {
  readonly store: Store
  now(): number
  schedule(timer: Timer): void
}

/** The delivery went out. */
export function settleSent(tools: SettleTools, draft: Draft, delivery: Delivery, vendor_id: string, attempts: number): readonly Event[] {
  const { contact, n } = delivery
  // Erased or given up meanwhile: there is nothing left to settle.
  if (!draft.unsettled.includes(n)) return []
  draft.writes.push(...tools.store.deliveries.sent([{ contact, n, vendor_id, sent_at: tools.now(), attempts }]))
  release(tools, draft, [n])
  // With nothing queued behind it and no timer to start, a moment later is as good.
  draft.canWait = draft.unsettled.length === 0 && draft.timers.size === 0
  return []
}

/** The delivery failed for good. A contact out of reach takes everything that is queued for them along. `onDropped` hears of it after the commit. */
export function settleFailed(
  tools: SettleTools,
  draft: Draft,
  delivery: Delivery,
  failure: DeliveryFailure,
  attempts: number,
  onDropped: (numbers: readonly number[]) => void,
): readonly Event[] {
  const { contact, n } = delivery
  if (!draft.unsettled.includes(n)) return []
  draft.writes.push(...tools.store.deliveries.failed([{ contact, n, failure, attempts }]))
  const failed = failedEvent(delivery, failure)
  if (failure.level !== 'contact') {
    release(tools, draft, [n])
    return [failed]
  }
  const rest = draft.unsettled.filter(other => other !== n)
  const unreachable: DeliveryFailure = { code: 'send.unreachable', message: failure.message, level: 'contact' }
  draft.writes.push(...tools.store.deliveries.failed(rest.map(other => ({ contact, n: other, failure: unreachable, attempts: 0 }))))
  release(tools, draft, [n, ...rest])
  draft.after.push(() => onDropped(rest))
  return draft.contact.conversation.contact.blocked ? [failed] : [{ type: 'contact_blocked' }, failed]
}

/** The event that tells the flow (rule 29). */
export function failedEvent(delivery: Delivery, failure: DeliveryFailure): Event {
  return {
    type: 'delivery_failed',
    delivery: delivery.delivery,
    ...(delivery.block === null ? {} : { block: delivery.block }),
    wait: delivery.wait,
    level: failure.level === 'contact' ? 'contact' : 'message',
    reason: failure.code,
  }
}

/** Takes numbers off the unsettled ones and starts, in full, the timers that waited for them (rule 18). */
export function release(tools: SettleTools, draft: Draft, numbers: readonly number[]): void {
  draft.unsettled = draft.unsettled.filter(n => !numbers.includes(n))
  const [oldest = Number.POSITIVE_INFINITY] = draft.unsettled
  for (const timer of draft.timers.values()) {
    if (timer.after_delivery === null || timer.after_delivery >= oldest) continue
    const running: Timer = { ...timer, due_at: tools.now() + timer.delay_ms, after_delivery: null }
    saveTimer(draft, tools.store, running)
    draft.after.push(() => tools.schedule(running))
  }
}
