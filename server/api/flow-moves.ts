/** Running conversations when a version is published: what would become of them, and how far it is done. */
import { PageQuery, pageOf } from './contract.ts'
import { MoveAnswer, PreviewAnswer, PreviewQuery } from './move-contract.ts'
import { foresee, showMove } from './moves.ts'
import { pageAnswer, pageRequest } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { flowOf, readStored, versionOf } from './stored-flows.ts'

/** The calls about moves. */
export const flowMoveRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/publish/preview',
    scope: 'flows:read',
    summary: 'A dry run of publishing the draft, or of rolling back: where conversations wait, and what each choice would do to them.',
    query: PreviewQuery,
    answers: { 200: PreviewAnswer },
    handle: async ({ params, query }, parts) => {
      const flow = await flowOf(parts, params.id)
      const file = query.version === undefined ? flow.draft : (await versionOf(parts, flow, String(query.version))).file
      const version = Math.max(0, ...(await parts.store.flows.versions(flow.id)).map(known => known.version)) + 1
      return ok({ version, waiting: await foresee(parts, flow.id, version, readStored(file)) })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/moves',
    scope: 'flows:read',
    summary: 'What was decided about running conversations with each publication, and how far it is done; newest first.',
    query: PageQuery,
    answers: { 200: pageOf(MoveAnswer) },
    handle: async ({ params, query }, parts) => {
      const flow = await flowOf(parts, params.id)
      return ok(pageAnswer(await parts.store.moves.ofFlow(flow.id, pageRequest(query)), showMove))
    },
  }),
]
