/** Whether the process lives, whether it can work, and what it counts. */
import { DomainError } from '../engine/index.ts'
import { HealthAnswer } from './contract.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** The calls of operations. They hold no secrets and need no key, so that a probe needs none either. */
export const healthRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/healthz',
    scope: 'public',
    summary: 'The process lives.',
    answers: { 200: HealthAnswer },
    handle: async () => ok({ status: 'ok' }),
  }),
  defineRoute({
    method: 'GET',
    path: '/readyz',
    scope: 'public',
    summary: 'The store can be read and written; else 503.',
    answers: { 200: HealthAnswer },
    handle: async (_call, { store }) => {
      await store.check().catch((error: unknown) => {
        if (error instanceof DomainError) throw error
        throw new DomainError('store.down', { message: 'The store does not answer.', retry: 'later', cause: error })
      })
      return ok({ status: 'ready' })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/metrics',
    scope: 'public',
    summary: 'Counters and gauges for Prometheus.',
    answers: { 200: { text: 'text/plain' } },
    handle: async (_call, { runtime }) => ({ status: 200, text: { type: 'text/plain; version=0.0.4; charset=utf-8', content: await runtime.metrics() } }),
  }),
]
