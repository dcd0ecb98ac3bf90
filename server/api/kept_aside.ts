/** What was authentic and could not be used: kept where an operator sees it (design 5). */
import { KeptAsideAnswer, PageQuery, pageOf } from './contract.ts'
import { pageAnswer, pageRequest } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** The call about what was kept aside. */
export const keptAsideRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/kept_aside',
    scope: 'deliveries:read',
    summary: 'Lists what could not be used, newest first.',
    query: PageQuery,
    answers: { 200: pageOf(KeptAsideAnswer) },
    handle: async ({ query }, { store }) => ok(pageAnswer(await store.keptAside.list(pageRequest(query)), entry => ({ ...entry }))),
  }),
]
