/** Flows: drafts, versions and what is live. */
import { compileFlow, DomainError, type Flow, flowHash, lintFlow, type Problem, parseFlow, printFlow } from '../engine/index.ts'
import { LostRace, type StoredFlow, type StoredVersion } from '../store/index.ts'
import { FlowDetail, FlowSummary, PageQuery, PublishBody, Published, pageOf, SavedDraft, VersionSummary } from './contract.ts'
import { pageOfList } from './paging.ts'
import type { ApiRuntime, Parts } from './parts.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { waitsForMessages } from './session-rules.ts'

/** What storing and publishing needs; the command line has no more than this when no server runs. */
export type FlowParts = Pick<Parts, 'store' | 'abilities' | 'now'> & { readonly runtime: Pick<ApiRuntime, 'flowsChanged'> }

/** The calls about flows. */
export const flowRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/flows',
    scope: 'flows:read',
    summary: 'Lists the flows.',
    query: PageQuery,
    answers: { 200: pageOf(FlowSummary) },
    handle: async ({ query }, { store }) => {
      const live = new Map((await store.flows.liveVersions()).map(version => [version.flow, version]))
      const page = pageOfList(await store.flows.list(), query)
      return ok({ ...page, items: page.items.map(flow => showSummary(flow, live.get(flow.id))) })
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
  defineRoute({
    method: 'POST',
    path: '/api/flows/{id}/publish',
    scope: 'flows:write',
    summary: 'Makes a version of the draft and sets it live. A draft that is live already answers the version it is.',
    body: PublishBody,
    answers: { 200: Published },
    handle: async ({ params, body, caller }, parts) => ok(await publishFlow(parts, params.id ?? '', body.note ?? '', caller.name)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/versions',
    scope: 'flows:read',
    summary: 'The history of a flow, newest first.',
    query: PageQuery,
    answers: { 200: pageOf(VersionSummary) },
    handle: async ({ params, query }, parts) => {
      const flow = await flowOf(parts, params.id)
      const versions = [...(await parts.store.flows.versions(flow.id))].reverse()
      const page = pageOfList(versions, query)
      return ok({ ...page, items: page.items.map(version => showVersion(version, flow)) })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/flows/{id}/versions/{version}',
    scope: 'flows:read',
    summary: 'The canonical file of a version, byte for byte.',
    answers: { 200: { text: 'application/json' } },
    handle: async ({ params }, parts) => {
      const flow = await flowOf(parts, params.id)
      const number = /^[1-9]\d{0,8}$/.test(params.version ?? '') ? Number(params.version) : 0
      const [version] = await parts.store.flows.versionsByNumber([{ flow: flow.id, version: number }])
      if (!version) throw new DomainError('flow.unknown_version', { message: `Flow "${flow.id}" has no version ${params.version}.` })
      return { status: 200, text: { type: 'application/json', content: version.file }, headers: { etag: `"${version.hash}"` } }
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
      message: `The file is the flow "${flow.id}", the address says "${id}".`,
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

/** Makes the draft a version and sets it live. Throws `flow.not_publishable` with the problems when one of them is an error (rule 33). */
export async function publishFlow(parts: FlowParts, id: string, note: string, author: string): Promise<Published> {
  const { store, runtime, now } = parts
  for (;;) {
    const stored = await flowOf(parts, id)
    const flow = readStored(stored.draft)
    const problems = await problemsOf(parts, flow)
    if (problems.some(problem => problem.severity === 'error')) throw refuseProblems('flow.not_publishable', `Flow "${id}" cannot be published yet`, problems)
    const versions = await store.flows.versions(id)
    const live = versions.find(version => version.version === stored.live_version)
    // The same bytes again would be a version without a difference.
    if (live?.file === stored.draft) return { version: live.version, hash: live.hash }
    const version = Math.max(0, ...versions.map(known => known.version)) + 1
    const hash = flowHash(flow)
    const compilation = compileFlow(flow, { version, hash })
    if (!compilation.ok) throw refuseProblems('flow.not_publishable', `Flow "${id}" cannot be published yet`, compilation.problems)
    const { intents } = compilation.flow
    const created: StoredVersion = {
      flow: id,
      version,
      hash,
      file: stored.draft,
      intents: intents === undefined ? null : JSON.stringify(intents),
      note,
      author,
      created_at: now(),
    }
    try {
      await store.commit([...store.flows.insertVersion(created), ...store.flows.setLive(id, version, created.created_at)])
    } catch (error) {
      if (error instanceof LostRace) continue
      throw error
    }
    await runtime.flowsChanged()
    return { version, hash }
  }
}

/** What keeps the flow from being published, and what only warns, with the names and channels it meets here. */
async function problemsOf(parts: FlowParts, flow: Flow): Promise<readonly Problem[]> {
  const { store, abilities } = parts
  const [connectors, flows, queues] = await Promise.all([store.connectors.list(), store.flows.list(), store.queues.list()])
  const bound = connectors.filter(connector => connector.flow === flow.id)
  const channels = [...new Set(bound.map(connector => connector.channel))].flatMap(channel => abilities[channel] ?? [])
  const problems = lintFlow(flow, {
    channels,
    flows: new Set([...flows.map(known => known.id), flow.id]),
    queues: new Set(queues.map(queue => queue.slug)),
  })
  const endless = bound.find(connector => connector.session_hours === -1)
  const waiting = endless ? waitsForMessages(flow) : undefined
  if (!endless || waiting === undefined) return problems
  const message = `The connector "${endless.name}" keeps no session (session_hours -1), so this block would wait in vain.`
  const problem: Problem = { code: 'waits_without_session', severity: 'error', at: `/blocks/${waiting}`, block: waiting, message }
  return [{ ...problem, hint: 'Give the connector a session duration, or remove the blocks that wait for messages.' }, ...problems]
}

function readFlow(text: string): Flow {
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

function refuseProblems(code: string, what: string, problems: readonly Problem[]): DomainError {
  const errors = problems.filter(problem => problem.severity === 'error')
  const [first] = errors
  return new DomainError(code, {
    message: `${what}: ${first?.message ?? ''}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}`,
    hint: first?.hint ?? '`problems` lists every place.',
    at: first?.at || '/',
    details: { problems },
  })
}

function checkIfMatch(id: string, ifMatch: string | undefined, known: StoredFlow | undefined): void {
  if (ifMatch === undefined) return
  const wanted = ifMatch.split(',').map(tag => tag.trim())
  if (known && (wanted.includes('*') || wanted.includes(etagOf(known.draft_revision)))) return
  throw new DomainError('flow.stale_draft', {
    message: known ? `The draft of "${id}" was changed meanwhile; it is ${etagOf(known.draft_revision)} now.` : `There is no flow "${id}" yet.`,
    hint: known ? 'Read it again, bring your change in, and send it with the new ETag.' : 'Leave If-Match out to make it.',
    at: 'If-Match',
  })
}

async function flowOf({ store }: FlowParts, id: string | undefined): Promise<StoredFlow> {
  const flow = id === undefined ? undefined : await store.flows.byId(id)
  if (flow) return flow
  throw new DomainError('flow.unknown', { message: `There is no flow "${id}".`, hint: 'GET /api/flows lists them.' })
}

/** A stored draft was well-formed when it was stored; an older format is migrated on read. */
function readStored(draft: string): Flow {
  const parsing = parseFlow(draft)
  if (parsing.ok) return parsing.flow
  throw refuseProblems('flow.not_well_formed', 'The stored draft cannot be read by this release', parsing.problems)
}

function etagOf(revision: number): string {
  return `"${revision}"`
}

function showSummary(flow: StoredFlow, live: StoredVersion | undefined): FlowSummary {
  return {
    id: flow.id,
    name: flow.name,
    archived: flow.archived,
    draft: { etag: etagOf(flow.draft_revision), updated_at: flow.updated_at },
    live: live ? { version: live.version, hash: live.hash } : null,
  }
}

function showVersion(version: StoredVersion, flow: StoredFlow): VersionSummary {
  const { hash, note, author, created_at } = version
  return { version: version.version, hash, note, author, published_at: created_at, live: version.version === flow.live_version }
}

/** The engine's problems are read-only; answers are not. */
function copy(problems: readonly Problem[]): FlowDetail['draft']['problems'] {
  return problems.map(({ path, ...problem }) => ({ ...problem, ...(path === undefined ? {} : { path: [...path] }) }))
}
