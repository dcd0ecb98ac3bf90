/** Deliveries: what was sent, what failed, and sending it again. */
import { DomainError } from '../engine/index.ts'
import { conversationId, type Delivery, deliveryId, readDeliveryId } from '../store/index.ts'
import { DeliveryAnswer, DeliveryQuery, EmptyBody, pageOf } from './contract.ts'
import { pageAnswer, pageRequest } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { textOf } from './transcript.ts'

/** The calls about deliveries. */
export const deliveryRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/deliveries',
    scope: 'deliveries:read',
    summary: 'Lists deliveries by status, newest first.',
    query: DeliveryQuery,
    answers: { 200: pageOf(DeliveryAnswer) },
    handle: async ({ query }, { store }) => {
      const { status, connector } = query
      return ok(pageAnswer(await store.deliveries.list({ status, connector }, pageRequest(query)), showDelivery))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/deliveries/{id}/resend',
    scope: 'deliveries:write',
    summary: 'Sends a failed delivery again: a new one at the tail of its contact (rule 28).',
    body: EmptyBody,
    answers: { 201: DeliveryAnswer },
    handle: async ({ params }, { runtime }) => {
      const key = readDeliveryId(params.id ?? '')
      if (!key) throw new DomainError('delivery.unknown', { message: `There is no delivery “${params.id}”.`, hint: 'GET /api/deliveries lists them.' })
      return { status: 201, body: showDelivery(await runtime.resend(key.contact, key.n)) }
    },
  }),
]

function showDelivery(delivery: Delivery): DeliveryAnswer {
  const { contact, n, connector, kind, block, status, failure, attempts, retry_at, decided_at, sent_at, resend_of } = delivery
  return {
    id: deliveryId(contact, n),
    conversation: conversationId(contact, delivery.conversation),
    contact,
    connector,
    kind,
    block,
    text: textOf(delivery.message),
    status,
    failure: failure && { ...failure },
    attempts,
    retry_at,
    decided_at,
    sent_at,
    resend_of: resend_of === null ? null : deliveryId(contact, resend_of),
  }
}
