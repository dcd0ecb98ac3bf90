/** Queues: where conversations wait for an agent. */
import { DomainError } from '../engine/index.ts'
import type { Queue } from '../store/index.ts'
import { readDuration } from './connector-change.ts'
import { NAME_PATTERN, PageQuery, pageOf, QueueAnswer, QueueBody } from './contract.ts'
import { pageOfList } from './paging.ts'
import type { Parts } from './parts.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** The calls about queues. */
export const queueRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/queues',
    scope: 'queues:read',
    summary: 'Lists the queues with how many wait in each.',
    query: PageQuery,
    answers: { 200: pageOf(QueueAnswer) },
    handle: async ({ query }, { store }) => {
      const waiting = await countWaiting(store)
      const page = pageOfList(await store.queues.list(), query)
      return ok({ ...page, items: page.items.map(queue => showQueue(queue, waiting.get(queue.slug) ?? 0)) })
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/queues/{slug}',
    scope: 'queues:write',
    summary: 'Makes a queue or changes what is given of it.',
    body: QueueBody,
    answers: { 200: QueueAnswer, 201: QueueAnswer },
    handle: async ({ params, body }, { store, runtime, now }) => {
      const slug = params.slug ?? ''
      const known = await store.queues.bySlug(slug)
      if (!known && !new RegExp(NAME_PATTERN).test(slug)) {
        throw new DomainError('queue.wrong_slug', {
          message: `“${slug}” cannot be used as a name of a queue.`,
          hint: 'Use up to 40 small letters, figures and _, beginning with a letter.',
          at: 'slug',
        })
      }
      const { title, hours, max_size, max_wait, staffing } = body
      if (hours) checkHours(hours)
      const at = now()
      const queue: Queue = {
        slug,
        title: title ?? known?.title ?? slug,
        hours: hours === undefined ? (known?.hours ?? null) : hours,
        max_size: max_size === undefined ? (known?.max_size ?? null) : max_size,
        max_wait_ms: max_wait === undefined ? (known?.max_wait_ms ?? null) : readDuration(max_wait, '/max_wait'),
        staffing: staffing ?? known?.staffing ?? 'ignore',
        created_at: known?.created_at ?? at,
        updated_at: at,
      }
      await store.commit(store.queues.save(queue))
      await runtime.queuesChanged()
      return { status: known ? 200 : 201, body: showQueue(queue, (await countWaiting(store)).get(slug) ?? 0) }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/queues/{slug}',
    scope: 'queues:write',
    summary: 'Removes a queue that nobody uses. `default` always stays.',
    answers: { 204: 'empty' },
    handle: async ({ params }, { store, runtime }) => {
      const slug = params.slug ?? ''
      if (!(await store.queues.bySlug(slug)))
        throw new DomainError('queue.unknown', { message: `There is no queue “${slug}”.`, hint: 'GET /api/queues lists them.' })
      if (slug === 'default') {
        throw new DomainError('queue.in_use', {
          message: 'The queue “default” always stays.',
          hint: 'It is where conversations go when a flow breaks.',
          at: 'slug',
        })
      }
      const user = (await store.connectors.list()).find(connector => connector.queue === slug)
      const waiting = (await countWaiting(store)).get(slug) ?? 0
      if (user || waiting > 0) {
        const message = user ? `The connector “${user.name}” uses the queue “${slug}”.` : `${waiting} conversations wait in the queue “${slug}”.`
        throw new DomainError('queue.in_use', { message, hint: 'Choose another queue there first.', at: 'slug' })
      }
      await store.commit(store.queues.remove(slug))
      await runtime.queuesChanged()
      return { status: 204 }
    },
  }),
]

async function countWaiting(store: Parts['store']): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const place of await store.places.all()) counts.set(place.queue, (counts.get(place.queue) ?? 0) + 1)
  return counts
}

function checkHours(hours: NonNullable<QueueBody['hours']>): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: hours.time_zone })
  } catch {
    throw new DomainError('queue.unknown_time_zone', {
      message: `“${hours.time_zone}” is no time zone.`,
      hint: 'Use an IANA name like Europe/Berlin.',
      at: '/hours/time_zone',
    })
  }
  for (const [day, spans] of Object.entries(hours.week)) {
    const wrong = spans.findIndex(([from, to]) => from >= to)
    if (wrong < 0) continue
    throw new DomainError('queue.wrong_hours', {
      message: `A span has to end after it begins: ${spans[wrong]?.join(' to ')}.`,
      hint: 'For a night write two spans: until 24:00, and from 00:00 on the next day.',
      at: `/hours/week/${day}/${wrong}`,
    })
  }
}

function showQueue(queue: Queue, waiting: number): QueueAnswer {
  const { max_wait_ms, hours, ...shown } = queue
  // The same shape; only read-only there.
  return { ...shown, hours: hours as QueueAnswer['hours'], max_wait: max_wait_ms === null ? null : max_wait_ms / 1000, waiting }
}
