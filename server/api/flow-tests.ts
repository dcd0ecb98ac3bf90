/** Flow tests: one file beside the draft of a flow, saved by the simulator and exported with the flow. */
import { DomainError, parseFlowTest, printFlowTests } from '../engine/index.ts'
import { LostRace } from '../store/index.ts'
import { FlowTestsAnswer, FlowTestsBody, SavedFlowTests } from './contract.ts'
import { defineRoute, ok, type Route } from './route.ts'
import type { FlowParts } from './stored-flows.ts'

const SCHEMA = '../schemas/flow-test.schema.json'

/** The calls about flow tests. */
export const flowTestRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/tests',
    scope: 'flows:read',
    summary: 'The test file of a flow; one without tests until some are saved. The ETag is the file’s.',
    answers: { 200: FlowTestsAnswer },
    handle: async ({ params }, parts) => {
      const { text, etag, updated_at } = await readTests(parts, params.id ?? '')
      return ok({ file: JSON.parse(text), etag, updated_at }, { etag })
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/flows/{id}/tests',
    scope: 'flows:write',
    summary: 'Stores the test file of a flow. With If-Match a stale file is refused with 412; without it the file is overwritten.',
    body: FlowTestsBody,
    answers: { 200: SavedFlowTests },
    handle: async ({ params, body, ifMatch }, parts) => {
      const saved = await saveTests(parts, params.id ?? '', body, ifMatch)
      return ok(saved, { etag: saved.etag })
    },
  }),
]

/** The canonical test file of a flow. Throws `flow.unknown`. */
export async function readTests(parts: Pick<FlowParts, 'store'>, flow: string): Promise<{ text: string; etag: string; updated_at: number | null }> {
  await checkFlow(parts, flow)
  const stored = await parts.store.flowTests.byFlow(flow)
  if (!stored) return { text: printFlowTests({ $schema: SCHEMA, flow, tests: [] }), etag: etagOf(0), updated_at: null }
  return { text: stored.file, etag: etagOf(stored.revision), updated_at: stored.updated_at }
}

/** Stores a test file, given as text or value. Throws `flow.unknown`, `flow.tests_not_well_formed`, `flow.other_id`, `flow.stale_tests`. */
export async function saveTests(parts: Pick<FlowParts, 'store' | 'now'>, id: string, source: unknown, ifMatch?: string): Promise<SavedFlowTests> {
  const { store, now } = parts
  await checkFlow(parts, id)
  const file = readFile(id, source)
  for (;;) {
    const stored = await store.flowTests.byFlow(id)
    const revision = stored?.revision ?? 0
    checkIfMatch(id, ifMatch, etagOf(revision))
    const text = printFlowTests(file)
    if (stored?.file === text) return { etag: etagOf(revision), updated_at: stored.updated_at }
    const saved = { flow: id, file: text, updated_at: now() }
    try {
      await store.commit(stored ? store.flowTests.save(saved, revision) : store.flowTests.insert({ ...saved, revision: 1 }))
    } catch (error) {
      // Somebody saved in between: with If-Match that is a refusal, without it this one comes last.
      if (error instanceof LostRace) continue
      throw error
    }
    return { etag: etagOf(revision + 1), updated_at: saved.updated_at }
  }
}

function readFile(id: string, source: unknown) {
  const parsing = parseFlowTest(source)
  if (!parsing.ok) {
    const [first] = parsing.problems
    throw new DomainError('flow.tests_not_well_formed', {
      message: `The file is not a well-formed file of flow tests: ${first?.message ?? ''}`,
      hint: first?.hint ?? '`problems` lists every place.',
      at: first?.at || '/',
      details: { problems: parsing.problems },
    })
  }
  if (parsing.file.flow === id) return parsing.file
  throw new DomainError('flow.other_id', {
    message: `The tests are those of the flow “${parsing.file.flow}”, the address says “${id}”.`,
    hint: 'Use the same id in both.',
    at: '/flow',
  })
}

function checkIfMatch(id: string, ifMatch: string | undefined, etag: string): void {
  if (ifMatch === undefined) return
  const wanted = ifMatch.split(',').map(tag => tag.trim())
  if (wanted.includes('*') || wanted.includes(etag)) return
  throw new DomainError('flow.stale_tests', {
    message: `The tests of “${id}” were changed meanwhile; they are ${etag} now.`,
    hint: 'Read them again, bring your change in, and send them with the new ETag.',
    at: 'If-Match',
  })
}

async function checkFlow({ store }: Pick<FlowParts, 'store'>, id: string): Promise<void> {
  if (await store.flows.byId(id)) return
  throw new DomainError('flow.unknown', { message: `There is no flow “${id}”.`, hint: 'GET /api/flows lists them.' })
}

function etagOf(revision: number): string {
  return `"${revision}"`
}
