/** Two people's edits of one draft, both in one flow where they touched different things. */
import type { Flow } from '../../server/engine/index.ts'

/** A part of a flow that is taken as a whole. */
export interface FlowPart {
  readonly kind: 'block' | 'variable' | 'contact_field' | 'intent' | 'setting' | 'layout'
  /** The block's or variable's id, or the setting's key. */
  readonly id: string
}

/** Both sides' edits as one flow. A part in `clashes` was changed by both, differently; it has this side's value. */
export interface Combined {
  readonly flow: Flow
  readonly clashes: readonly FlowPart[]
}

type Entries = Readonly<Record<string, unknown>>
const MAPS = { block: 'blocks', variable: 'variables', contact_field: 'contact_fields', intent: 'intents', layout: 'layout' } as const
const MAP_KEYS: ReadonlySet<string> = new Set(Object.values(MAPS))

/** Joins two edits of `base`. Each part comes from whoever changed it. */
export function combineFlows(base: Flow, mine: Flow, theirs: Flow): Combined {
  const clashes: FlowPart[] = []
  const join = (kind: FlowPart['kind']): Entries => {
    const [old, one, other] = [partsOf(base, kind), partsOf(mine, kind), partsOf(theirs, kind)]
    const joined: Record<string, unknown> = {}
    for (const id of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const isMine = !sameValue(old[id], one[id])
      const isTheirs = !sameValue(old[id], other[id])
      // Two people who move the same block do not disagree about the flow.
      if (isMine && isTheirs && kind !== 'layout' && !sameValue(one[id], other[id])) clashes.push({ kind, id })
      const value = isMine ? one[id] : other[id]
      if (value !== undefined) joined[id] = value
    }
    return joined
  }
  const maps: Record<string, Entries> = {}
  for (const [kind, key] of Object.entries(MAPS)) {
    const entries = join(kind as keyof typeof MAPS)
    if (key === 'blocks' || Object.keys(entries).length > 0) maps[key] = entries
  }
  // The parts are those of well-formed flows, and a flow is well-formed part by part.
  return { flow: { ...join('setting'), ...maps } as unknown as Flow, clashes }
}

function partsOf(flow: Flow, kind: FlowPart['kind']): Entries {
  if (kind === 'setting') return Object.fromEntries(Object.entries(flow).filter(([key]) => !MAP_KEYS.has(key)))
  return flow[MAPS[kind]] ?? {}
}

/** Equal as JSON, whatever the order of keys; absent and `undefined` are the same. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, index) => sameValue(value, other[index]))
  }
  const left: Entries = { ...one }
  const right: Entries = { ...other }
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every(key => sameValue(left[key], right[key]))
}
