/** Flows as they are stored, for every call that begins with one. */
import { DomainError, type Flow, parseFlow } from '../engine/index.ts'
import type { StoredFlow, StoredVersion } from '../store/index.ts'
import { refuseProblems } from './flow-problems.ts'
import type { ApiRuntime, Parts } from './parts.ts'

/** What storing and publishing needs; the command line has no more than this when no server runs. */
export type FlowParts = Pick<Parts, 'store' | 'abilities' | 'now' | 'newId'> & { readonly runtime: Pick<ApiRuntime, 'flowsChanged'> }

/** The flow of this id. Throws `flow.unknown`. */
export async function flowOf({ store }: Pick<FlowParts, 'store'>, id: string | undefined): Promise<StoredFlow> {
  const flow = id === undefined ? undefined : await store.flows.byId(id)
  if (flow) return flow
  throw new DomainError('flow.unknown', { message: `There is no flow “${id}”.`, hint: 'GET /api/flows lists them.' })
}

/** Files that were read last, by their text: whoever opens a flow has it read for the list, for the editor and for its first save. */
const lastRead = new Map<string, Flow>()
const MOST_KEPT = 8

/**
 * What a stored file says; the same object for the same text, for a while. It was well-formed when it was stored; an older format is
 * migrated on read.
 */
export function readStored(draft: string): Flow {
  const known = lastRead.get(draft)
  if (known) return known
  const parsing = parseFlow(draft)
  if (parsing.ok) {
    const [oldest] = lastRead.keys()
    if (oldest !== undefined && lastRead.size >= MOST_KEPT) lastRead.delete(oldest)
    lastRead.set(draft, parsing.flow)
    return parsing.flow
  }
  throw refuseProblems('flow.not_well_formed', 'The stored draft cannot be read by this release', parsing.problems)
}

/** The version of this number. Throws `flow.unknown_version`. */
export async function versionOf({ store }: Pick<FlowParts, 'store'>, flow: StoredFlow, number: string | undefined): Promise<StoredVersion> {
  const wanted = /^[1-9]\d{0,8}$/.test(number ?? '') ? Number(number) : 0
  const [version] = await store.flows.versionsByNumber([{ flow: flow.id, version: wanted }])
  if (version) return version
  throw new DomainError('flow.unknown_version', { message: `Flow “${flow.id}” has no version ${number}.` })
}

/** Names a state of a draft. */
export function etagOf(revision: number): string {
  return `"${revision}"`
}
