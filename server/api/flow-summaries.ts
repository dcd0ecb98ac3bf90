/** Flows as the list shows them: what they are for, how they look, what is wrong with them. */
import type { Flow } from '../engine/index.ts'
import type { Store, StoredFlow } from '../store/index.ts'
import type { FlowSummary } from './contract.ts'
import { problemsOf, surroundingsOf } from './flow-problems.ts'
import { shapeOf } from './flow-shape.ts'
import { etagOf, type FlowParts, readStored } from './stored-flows.ts'

/** What the list says of a file, which it need not be read for again. */
type Glance = Pick<FlowSummary, 'note' | 'tags' | 'blocks' | 'shape' | 'errors' | 'warnings'>

/** Of each store: the last glance at each flow, good as long as draft and surroundings are the same. */
const GLANCES = new WeakMap<Store, Map<string, { readonly draft: string; readonly around: string; readonly glance: Glance }>>()

/** The summaries in the order of `flows`. */
export async function summarise(parts: FlowParts, flows: readonly StoredFlow[]): Promise<FlowSummary[]> {
  const { store } = parts
  const live = new Map((await store.flows.liveVersions()).map(version => [version.flow, version]))
  const around = JSON.stringify(await surroundingsOf(store))
  const summaries: FlowSummary[] = []
  for (const flow of flows) {
    const version = live.get(flow.id)
    summaries.push({
      id: flow.id,
      name: flow.name,
      archived: flow.archived,
      ...(await glanceAt(parts, flow, around)),
      changed: version !== undefined && version.file !== flow.draft,
      draft: { etag: etagOf(flow.draft_revision), updated_at: flow.updated_at },
      live: version ? { version: version.version, hash: version.hash } : null,
    })
  }
  return summaries
}

/** What a file says of itself. */
export function describe(file: Flow): Pick<Glance, 'note' | 'tags' | 'blocks' | 'shape'> {
  return { note: file.note ?? '', tags: [...(file.tags ?? [])], blocks: Object.keys(file.blocks).length, shape: shapeOf(file) }
}

async function glanceAt(parts: FlowParts, flow: StoredFlow, around: string): Promise<Glance> {
  const known = GLANCES.get(parts.store) ?? new Map()
  GLANCES.set(parts.store, known)
  const last = known.get(flow.id)
  if (last?.draft === flow.draft && last.around === around) return last.glance
  const file = readStored(flow.draft)
  const problems = await problemsOf(parts, file)
  const errors = problems.filter(problem => problem.severity === 'error').length
  const glance = { ...describe(file), errors, warnings: problems.length - errors }
  known.set(flow.id, { draft: flow.draft, around, glance })
  return glance
}
