/** What publishing would meet: open conversations of a flow, by version and waiting block. */
import { RunningAnswer } from './contract.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { flowOf } from './stored-flows.ts'

/** The call about running conversations. */
export const flowRunningRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/running',
    scope: 'flows:read',
    summary: 'How many conversations of a flow are open, by version, owner and waiting block.',
    answers: { 200: RunningAnswer },
    handle: async ({ params }, parts) => {
      const flow = await flowOf(parts, params.id)
      return ok({ items: await parts.store.conversations.countOpen(flow.id) })
    },
  }),
]
