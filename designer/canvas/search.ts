/** Finds text, variables, intents and exits in a flow; variables also by where they are set and where they are read. */
import type { Block, Flow } from '../../server/engine/index.ts'
import { exitsOf, flowOrder, nameOf } from '../commands/index.ts'

/** Why something was found. */
export type HitKind = 'name' | 'sets' | 'reads' | 'intent' | 'exit' | 'text' | 'id'

/** A place in the flow. */
export interface Hit {
  readonly block: string
  readonly kind: HitKind
  /** What stands there, shortened around what was found. */
  readonly excerpt: string
}

const KINDS: readonly HitKind[] = ['name', 'sets', 'reads', 'intent', 'exit', 'text', 'id']
const AROUND = 24
const MOST_HITS = 200
/** Settings whose values are no words of the flow. */
const NO_TEXT = new Set(['type', 'label', 'exits', 'operator'])

/** Every hit, names first; within a kind in flow order. */
export function searchFlow(flow: Flow, query: string): readonly Hit[] {
  const wish = query.trim().toLowerCase()
  if (wish === '') return []
  const variable = wish.replace(/^(vars|contact)\./, '')
  const hits: Hit[] = []
  for (const id of flowOrder(flow)) {
    const block = flow.blocks[id]
    if (!block) continue
    const name = nameOf(flow, id)
    if (name.toLowerCase().includes(wish)) hits.push({ block: id, kind: 'name', excerpt: name })
    else if (id.includes(wish)) hits.push({ block: id, kind: 'id', excerpt: id })
    for (const exit of exitsOf(block)) if (exit.label.toLowerCase().includes(wish)) hits.push({ block: id, kind: 'exit', excerpt: exit.label })
    const { sets, reads, intents, texts } = readBlock(block)
    for (const set of sets) if (set.includes(variable)) hits.push({ block: id, kind: 'sets', excerpt: set })
    for (const read of reads) if (read.replace(/^(vars|contact)\./, '').includes(variable)) hits.push({ block: id, kind: 'reads', excerpt: read })
    for (const intent of intents) if (intent.includes(wish.replaceAll(' ', '_'))) hits.push({ block: id, kind: 'intent', excerpt: intent })
    for (const text of texts) {
      const at = text.toLowerCase().indexOf(wish)
      if (at < 0) continue
      hits.push({ block: id, kind: 'text', excerpt: cut(text, at, wish.length) })
      break
    }
  }
  return hits.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)).slice(0, MOST_HITS)
}

/** What a block names: for the menu that goes from a use to its definition. */
export interface Names {
  readonly sets: readonly string[]
  readonly reads: readonly string[]
  readonly intents: readonly string[]
  readonly flows: readonly string[]
  readonly texts: readonly string[]
}

const known = new WeakMap<Block, Names>()

/** Variables, intents and other flows that a block names, and its texts. */
export function readBlock(block: Block): Names {
  const cached = known.get(block)
  if (cached) return cached
  const sets = new Set<string>()
  const reads = new Set<string>()
  const intents = new Set<string>()
  const flows = new Set<string>()
  const texts: string[] = []
  const walk = (value: unknown, key: string, beside: object): void => {
    if (typeof value === 'string') {
      if (key === 'variable') ('operator' in beside ? reads : sets).add(value)
      else if (key === 'intents' || key === 'intent') intents.add(value)
      else if (key === 'flow' || key === 'while_waiting') flows.add(value)
      else texts.push(value)
      for (const [, path] of value.matchAll(/\b((?:vars|contact)\.[a-z_][a-z0-9_.]*)/gi)) if (path !== undefined) reads.add(path)
      return
    }
    if (Array.isArray(value)) {
      for (const entry of value) walk(entry, key, beside)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [inner, entry] of Object.entries(value)) {
      if (value === block && NO_TEXT.has(inner)) continue
      if (key === 'variables') sets.add(inner)
      walk(entry, inner, value)
    }
  }
  walk(block, '', block)
  const names: Names = { sets: [...sets], reads: [...reads], intents: [...intents], flows: [...flows], texts }
  known.set(block, names)
  return names
}

function cut(text: string, at: number, length: number): string {
  const from = Math.max(0, at - AROUND)
  const to = Math.min(text.length, at + length + AROUND)
  return `${from > 0 ? '…' : ''}${text.slice(from, to).replaceAll('\n', ' ')}${to < text.length ? '…' : ''}`
}
