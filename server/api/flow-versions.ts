/** Versions of a flow: publishing, the history, and the way back. */
import { compileFlow, flowHash } from '../engine/index.ts'
import { LostRace, type StoredFlow, type StoredVersion } from '../store/index.ts'
import { PageQuery, PublishBody, Published, pageOf, VersionSummary } from './contract.ts'
import { problemsOf, refuseProblems } from './flow-problems.ts'
import type { MoveChoices } from './move-contract.ts'
import { decideMoves, showMove } from './moves.ts'
import { pageOfList } from './paging.ts'
import { defineRoute, ok, type Route } from './route.ts'
import { type FlowParts, flowOf, readStored, versionOf } from './stored-flows.ts'

/** The calls about versions. */
export const flowVersionRoutes: readonly Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/flows/{id}/publish',
    scope: 'flows:publish',
    summary: 'Makes a version of the draft and sets it live. A draft that is live already answers the version it is.',
    body: PublishBody,
    answers: { 200: Published },
    handle: async ({ params, body, caller }, parts) => ok(await publishFlow(parts, params.id ?? '', { ...body, author: caller.name })),
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
      const version = await versionOf(parts, flow, params.version)
      return { status: 200, text: { type: 'application/json', content: version.file }, headers: { etag: `"${version.hash}"` } }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/flows/{id}/versions/{version}/roll_back',
    scope: 'flows:publish',
    summary: 'Sets an older version live again, as a new version with the same file. The draft stays as it is.',
    body: PublishBody,
    answers: { 200: Published },
    handle: async ({ params, body, caller }, parts) => {
      const flow = await flowOf(parts, params.id)
      const version = await versionOf(parts, flow, params.version)
      const note = body.note ?? `Back to version ${version.version}`
      return ok(await publishFile(parts, flow.id, () => version.file, { ...body, note, author: caller.name }))
    },
  }),
]

/** How a version is published. */
interface Publication {
  readonly note?: string
  readonly author: string
  /** What becomes of running conversations; without it they stay. */
  readonly moves?: MoveChoices
}

/**
 * Makes the draft a version and sets it live. Throws `flow.not_publishable` with the problems when one of them is an error (rule 33),
 * and what `decideMoves` throws.
 */
export function publishFlow(parts: FlowParts, id: string, publication: Publication): Promise<Published> {
  return publishFile(parts, id, flow => flow.draft, publication)
}

async function publishFile(parts: FlowParts, id: string, fileOf: (flow: StoredFlow) => string, publication: Publication): Promise<Published> {
  const { note = '', author, moves = {} } = publication
  const { store, runtime, now } = parts
  for (;;) {
    const stored = await flowOf(parts, id)
    const file = fileOf(stored)
    const flow = readStored(file)
    const problems = await problemsOf(parts, flow)
    if (problems.some(problem => problem.severity === 'error')) throw refuseProblems('flow.not_publishable', `Flow “${id}” cannot be published yet`, problems)
    const versions = await store.flows.versions(id)
    const live = versions.find(version => version.version === stored.live_version)
    // The same bytes again would be a version without a difference; who runs on older ones may still be moved.
    if (live?.file === file) {
      const decision = await decideMoves(parts, { flow, id, version: live.version, author }, moves)
      if (!decision) return { version: live.version, hash: live.hash }
      await store.commit(decision.writes)
      await runtime.flowsChanged()
      return { version: live.version, hash: live.hash, move: showMove(decision.move) }
    }
    const version = Math.max(0, ...versions.map(known => known.version)) + 1
    const hash = flowHash(flow)
    const compilation = compileFlow(flow, { version, hash })
    if (!compilation.ok) throw refuseProblems('flow.not_publishable', `Flow “${id}” cannot be published yet`, compilation.problems)
    const { intents } = compilation.flow
    const created: StoredVersion = {
      flow: id,
      version,
      hash,
      file,
      intents: intents === undefined ? null : JSON.stringify(intents),
      note,
      author,
      created_at: now(),
    }
    const decision = await decideMoves(parts, { flow, id, version, author }, moves)
    try {
      await store.commit([...store.flows.insertVersion(created), ...store.flows.setLive(id, version, created.created_at), ...(decision?.writes ?? [])])
    } catch (error) {
      if (error instanceof LostRace) continue
      throw error
    }
    await runtime.flowsChanged()
    return { version, hash, ...(decision ? { move: showMove(decision.move) } : {}) }
  }
}

function showVersion(version: StoredVersion, flow: StoredFlow): VersionSummary {
  const { hash, note, author, created_at } = version
  return { version: version.version, hash, note, author, published_at: created_at, live: version.version === flow.live_version }
}
