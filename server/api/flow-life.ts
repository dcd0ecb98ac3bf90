/** Making, copying, archiving and restoring flows. */
import { DomainError, printFlow } from '../engine/index.ts'
import { LostRace } from '../store/index.ts'
import { DuplicateBody, FlowSummary } from './contract.ts'
import { summarise } from './flow-summaries.ts'
import { readFlow } from './flows.ts'
import type { Parts } from './parts.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { type FlowParts, flowOf, readStored } from './stored-flows.ts'

/** Ids are at most so long (rule 35). */
const LONGEST_ID = 40

/** The calls about the life of a flow. */
export const flowLifeRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/flows',
    scope: 'flows:write',
    summary: 'Makes a flow of a file; refused with 409 when its id is taken.',
    body: 'flow',
    answers: { 201: FlowSummary },
    handle: async ({ text }, parts) => {
      const flow = readFlow(text)
      return { status: 201, body: await makeFlow(parts, flow.id, flow.name, printFlow(flow)) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/flows/{id}/duplicate',
    scope: 'flows:write',
    summary: 'Copies the draft of a flow as a new one.',
    body: DuplicateBody,
    answers: { 201: FlowSummary },
    handle: async ({ params, body }, parts) => {
      const original = await flowOf(parts, params.id)
      const id = body.id ?? (await freeId(parts, original.id))
      const name = body.name ?? `${original.name} (copy)`
      return { status: 201, body: await makeFlow(parts, id, name, printFlow({ ...readStored(original.draft), id, name })) }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/flows/{id}/archive',
    scope: 'flows:write',
    summary: 'Puts a flow away. Refused while a connector uses it.',
    answers: { 200: FlowSummary },
    handle: async ({ params }, parts) => {
      const flow = await flowOf(parts, params.id)
      const user = (await parts.store.connectors.list()).find(connector => connector.flow === flow.id)
      if (user) {
        throw new DomainError('flow.in_use', {
          message: `The connector “${user.name}” uses this flow.`,
          hint: 'Give the connector another flow first.',
          details: { connector: user.id },
        })
      }
      return ok(await setArchived(parts, flow.id, true))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/flows/{id}/restore',
    scope: 'flows:write',
    summary: 'Takes a flow out of the archive.',
    answers: { 200: FlowSummary },
    handle: async ({ params }, parts) => ok(await setArchived(parts, (await flowOf(parts, params.id)).id, false)),
  }),
]

async function makeFlow(parts: Parts, id: string, name: string, draft: string): Promise<FlowSummary> {
  const { store, now } = parts
  const at = now()
  try {
    if (await store.flows.byId(id)) throw taken(id)
    await store.commit(store.flows.insert({ id, name, draft, draft_revision: 1, live_version: null, archived: false, created_at: at, updated_at: at }))
  } catch (error) {
    throw error instanceof LostRace ? taken(id) : error
  }
  return summaryOf(parts, id)
}

async function setArchived(parts: Parts, id: string, archived: boolean): Promise<FlowSummary> {
  const { store, now } = parts
  await store.commit(store.flows.archive(id, archived, now()))
  return summaryOf(parts, id)
}

async function summaryOf(parts: FlowParts, id: string): Promise<FlowSummary> {
  const [summary] = await summarise(parts, [await flowOf(parts, id)])
  if (summary) return summary
  throw new Error(`The flow “${id}” has no summary.`)
}

/** `support_copy`, then `support_copy_2` and on. */
async function freeId({ store }: Parts, original: string): Promise<string> {
  const taken = new Set((await store.flows.list()).map(flow => flow.id))
  for (let n = 1; ; n++) {
    const ending = n === 1 ? '_copy' : `_copy_${n}`
    const id = `${original.slice(0, LONGEST_ID - ending.length)}${ending}`
    if (!taken.has(id)) return id
  }
}

function taken(id: string): DomainError {
  return new DomainError('flow.exists', { message: `There is a flow “${id}” already.`, hint: 'Choose another id, or change that flow.', at: '/id' })
}
