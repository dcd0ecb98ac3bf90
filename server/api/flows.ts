/** Flows and their drafts. */
import { DomainError, type Flow, type Problem, parseFlow, printFlow } from '../engine/index.ts'
import { LostRace, type StoredFlow } from '../store/index.ts'
import { FlowDetail, FlowQuery, FlowSummary, pageOf, SavedDraft } from './contract.ts'
import { problemsOf, refuseProblems } from './flow-problems.ts'
import { summarise } from './flow-summaries.ts'
import { pageOfList } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { etagOf, type FlowParts, flowOf, readStored } from './stored-flows.ts'

/** The calls about flows. */
export const flowRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/flows',
    scope: 'flows:read',
    summary: 'Lists the flows.',
    query: FlowQuery,
    answers: { 200: pageOf(FlowSummary) },
    handle: async ({ query: { archived, ...query } }, parts) => {
      const known = await parts.store.flows.list()
      const page = pageOfList(archived === undefined ? known : known.filter(flow => String(flow.archived) === archived), query)
      return ok({ ...page, items: await summarise(parts, page.items) })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}',
    scope: 'flows:read',
    summary: 'A flow: its draft with its problems, and what is live. The ETag is the draft’s.',
    answers: { 200: FlowDetail },
    handle: async ({ params }, parts) => {
      const flow = await flowOf(parts, params.id)
      const [live] = flow.live_version === null ? [] : await parts.store.flows.versionsByNumber([{ flow: flow.id, version: flow.live_version }])
      const file = readStored(flow.draft)
      const detail: FlowDetail = {
        id: flow.id,
        name: flow.name,
        archived: flow.archived,
        draft: { file, etag: etagOf(flow.draft_revision), updated_at: flow.updated_at, problems: copy(await problemsOf(parts, file)) },
        live: live ? { version: live.version, hash: live.hash, note: live.note, author: live.author, published_at: live.created_at } : null,
      }
      return ok(detail, { etag: etagOf(flow.draft_revision) })
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/flows/{id}',
    scope: 'flows:write',
    summary: 'Stores the draft and answers its problems. With If-Match a stale draft is refused with 412; without it the draft is overwritten.',
    body: 'flow',
    answers: { 200: SavedDraft, 201: SavedDraft },
    handle: async ({ params, text, ifMatch }, parts) => {
      const saved = await saveDraft(parts, params.id ?? '', text, ifMatch)
      return { status: saved.isNew ? 201 : 200, body: saved.answer, headers: { etag: saved.answer.draft.etag } }
    },
  }),
]

/** Stores the text of a flow file as the draft. Throws `flow.not_well_formed` with the problems; then nothing is stored. */
export async function saveDraft(
  parts: FlowParts,
  id: string,
  text: string,
  ifMatch?: string,
): Promise<{ readonly isNew: boolean; readonly answer: SavedDraft }> {
  const { store, now } = parts
  const flow = readFlow(text)
  if (flow.id !== id) {
    throw new DomainError('flow.other_id', {
      message: `The file is the flow “${flow.id}”, the address says “${id}”.`,
      hint: 'Use the same id in both.',
      at: '/id',
    })
  }
  const draft = printFlow(flow)
  for (;;) {
    const known = await store.flows.byId(id)
    checkIfMatch(id, ifMatch, known)
    const updated_at = now()
    const created = { id, name: flow.name, draft, draft_revision: 1, live_version: null, archived: false, created_at: updated_at, updated_at }
    try {
      if (!known) await store.commit(store.flows.insert(created))
      // Saving the same bytes again changes nothing, so that nobody's ETag becomes stale by it.
      else if (known.draft !== draft) await store.commit(store.flows.saveDraft({ id, name: flow.name, draft, updated_at }, known.draft_revision))
    } catch (error) {
      // Somebody was faster: `checkIfMatch` decides anew whether this one may still overwrite.
      if (error instanceof LostRace) continue
      throw error
    }
    const revision = !known ? 1 : known.draft === draft ? known.draft_revision : known.draft_revision + 1
    const stored = known?.draft === draft ? known.updated_at : updated_at
    const problems = copy(await problemsOf(parts, flow))
    return { isNew: !known, answer: { id, draft: { revision, etag: etagOf(revision), updated_at: stored }, problems } }
  }
}

/** The flow in a text. Throws `request.malformed_json` or `flow.not_well_formed`. */
export function readFlow(text: string): Flow {
  const parsing = parseFlow(text)
  if (parsing.ok) return parsing.flow
  const [first] = parsing.problems
  if (first?.code === 'invalid_json') throw malformedJson(first.message)
  throw refuseProblems('flow.not_well_formed', 'The file is not a well-formed flow', parsing.problems)
}

/** A body that is no JSON. */
export function malformedJson(why: string): DomainError {
  return new DomainError('request.malformed_json', { message: `The body is not JSON. ${why}`, hint: 'Send one JSON value in UTF-8.', at: '/' })
}

function checkIfMatch(id: string, ifMatch: string | undefined, known: StoredFlow | undefined): void {
  if (ifMatch === undefined) return
  const wanted = ifMatch.split(',').map(tag => tag.trim())
  if (known && (wanted.includes('*') || wanted.includes(etagOf(known.draft_revision)))) return
  throw new DomainError('flow.stale_draft', {
    message: known ? `The draft of “${id}” was changed meanwhile; it is ${etagOf(known.draft_revision)} now.` : `There is no flow “${id}” yet.`,
    hint: known ? 'Read it again, bring your change in, and send it with the new ETag.' : 'Leave If-Match out to make it.',
    at: 'If-Match',
  })
}

/** The engine's problems are read-only; answers are not. */
function copy(problems: readonly Problem[]): FlowDetail['draft']['problems'] {
  return problems.map(({ path, ...problem }) => ({ ...problem, ...(path === undefined ? {} : { path: [...path] }) }))
}
