/** What happens on the live version: how many conversations passed each block, where they wait, where they are left. */
import { spansBack } from '../runtime/index.ts'
import { LiveAnswer, LiveQuery } from './live-contract.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { flowOf } from './stored-flows.ts'

const HOUR_MS = 3_600_000
const RANGES = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const

/** The calls about the live version. */
export const liveRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/live',
    scope: 'conversations:read',
    summary: 'How many conversations passed each block and exit of the live version in the last hour, day or week, and where they wait now.',
    query: LiveQuery,
    answers: { 200: LiveAnswer },
    handle: async ({ params, query: { range = 'day' } }, parts) => {
      const { store, now } = parts
      const { id, live_version: version } = await flowOf(parts, params.id)
      const { span, since } = spansBack(now(), RANGES[range])
      const waiting = await store.paths.waiting(id)
      const counts = version === null ? [] : await store.blockCounts.sum({ flow: id, version, span, since })
      const blocks: LiveAnswer['blocks'] = {}
      const blockOf = (block: string) => {
        blocks[block] ??= { came: 0, left_here: 0, waits_now: 0, exits: {} }
        return blocks[block]
      }
      let conversations = 0
      for (const { counted, block, exit, count } of counts) {
        if (counted === 'conversation') conversations = count
        else if (counted === 'exit') blockOf(block).exits[exit] = count
        else blockOf(block)[counted] = count
      }
      let waits_on_other_versions = 0
      for (const { version: waitsOn, block, count } of waiting) {
        if (waitsOn === version) blockOf(block).waits_now = count
        else waits_on_other_versions += count
      }
      return ok({ version, range, since, conversations, waits_on_other_versions, blocks } satisfies LiveAnswer)
    },
  }),
]
