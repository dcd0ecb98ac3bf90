/** What differs between two versions of a flow, for people: blocks, connections and settings in plain words. Moving a block is no change of meaning. */
import { blockTypeOf } from '../blocks/index.ts'
import { nameBlock } from './block-name.ts'
import { canonicalJson } from './canonical.ts'
import { type DiffSentence, describeValue, said } from './diff-words.ts'
import type { Block, Flow } from './flow.ts'
import { isObject, schemaOfKey } from './json-schema.ts'
import { blockSchema, FLOW_SCHEMA } from './schema.ts'

/** What became of something between two versions. */
export type ChangeKind = 'added' | 'changed' | 'removed'

/** A block that differs. */
export interface BlockDiff {
  readonly kind: ChangeKind
  readonly block: string
  /** As the canvas names it: its label, else its type. */
  readonly name: string
  readonly type: string
  /** What differs; never empty. Of an added block the first one says what it does. */
  readonly sentences: readonly DiffSentence[]
}

/** A connection that differs, by the exit it leaves from. `changed`: it leads elsewhere. */
export interface ConnectionDiff {
  readonly kind: ChangeKind
  readonly block: string
  readonly exit: string
  readonly from?: string
  readonly to?: string
}

/** Something of the flow itself that differs: its name, a variable, an intent … */
export interface SettingDiff {
  readonly kind: ChangeKind
  /** JSON Pointer into the file. */
  readonly at: string
  readonly name: string
  readonly sentences: readonly DiffSentence[]
}

/** Everything that differs. */
export interface FlowDiff {
  /** In the order of the newer file, removed ones last. */
  readonly blocks: readonly BlockDiff[]
  readonly connections: readonly ConnectionDiff[]
  readonly settings: readonly SettingDiff[]
  /** Blocks with the same meaning at another place. */
  readonly moved: readonly string[]
  /** Blocks of the newer version that are as they were. */
  readonly same: number
}

/** Compares two flows; neither has to be publishable. */
export function diffFlows(before: Flow, after: Flow): FlowDiff {
  const ids = [...Object.keys(after.blocks), ...Object.keys(before.blocks).filter(id => !Object.hasOwn(after.blocks, id))]
  const blocks = ids.flatMap(id => diffBlock(before, after, id))
  const kept = Object.keys(after.blocks).filter(id => Object.hasOwn(before.blocks, id))
  return {
    blocks,
    connections: ids.flatMap(id => diffConnections(id, before.blocks[id], after.blocks[id])),
    settings: diffSettings(before, after),
    moved: kept.filter(id => !isSame(before.layout?.[id], after.layout?.[id])),
    same: Object.keys(after.blocks).length - blocks.filter(change => change.kind !== 'removed').length,
  }
}

function diffBlock(before: Flow, after: Flow, id: string): readonly BlockDiff[] {
  const old = before.blocks[id]
  const now = after.blocks[id]
  if (now && !old) return [{ kind: 'added', block: id, name: nameBlock(after, id), type: now.type, sentences: describeAdded(after, id, now) }]
  if (old && !now) return [{ kind: 'removed', block: id, name: nameBlock(before, id), type: old.type, sentences: describeRemoved(before, id, old) }]
  if (!old || !now || isSame(old, now)) return []
  const sentences = describeChange(before, after, old, now)
  return [{ kind: 'changed', block: id, name: nameBlock(after, id), type: now.type, sentences }]
}

function describeAdded(flow: Flow, id: string, block: Block): readonly DiffSentence[] {
  const text = firstText(block)
  const what =
    text === undefined
      ? said(blockTypeOf(block.type)?.purpose ?? block.type)
      : [{ text: 'Says ' }, { text: `“${text}”`, was: 'new' as const }, ...(/[.!?…]$/.test(text) ? [] : [{ text: '.' }])]
  const before = Object.entries(flow.blocks).find(([, other]) => Object.values(other.exits ?? {}).includes(id))
  const exit = before && Object.entries(before[1].exits ?? {}).find(([, target]) => target === id)?.[0]
  if (!before || exit === undefined) return [what]
  return [what, said(exit === 'next' ? `Comes after ${nameBlock(flow, before[0])}.` : `Comes when ${nameBlock(flow, before[0])} leaves by “${sayName(exit)}”.`)]
}

function describeRemoved(flow: Flow, id: string, block: Block): readonly DiffSentence[] {
  const targets = Object.entries(block.exits ?? {})
  if (targets.length === 0) return [said(`${nameBlock(flow, id)} is gone.`)]
  return targets.map(([exit, target]) =>
    said(exit === 'next' ? `No longer leads to ${nameBlock(flow, target)}.` : `“${sayName(exit)}” no longer leads to ${nameBlock(flow, target)}.`),
  )
}

function describeChange(before: Flow, after: Flow, old: Block, now: Block): readonly DiffSentence[] {
  const sentences: DiffSentence[] = []
  if (old.type !== now.type) sentences.push([{ text: 'Is ' }, ...swap(typeTitle(old), typeTitle(now)), { text: ' now.' }])
  const schema = blockSchema(now.type) ?? {}
  for (const key of new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(old), ...Object.keys(now)])) {
    if (key === 'type' || key === 'exits' || isSame(old[key], now[key])) continue
    const setting = schemaOfKey(schema, key) ?? {}
    const title = key === 'label' ? 'Name' : key === 'note' ? 'Note' : (setting.title ?? sayName(key))
    sentences.push(...describeValue(title, setting, old[key], now[key]))
  }
  for (const exit of new Set([...Object.keys(old.exits ?? {}), ...Object.keys(now.exits ?? {})])) {
    const [from, to] = [old.exits?.[exit], now.exits?.[exit]]
    if (from === to) continue
    const name = exit === 'next' ? 'It' : `“${sayName(exit)}”`
    if (to === undefined) sentences.push([{ text: `${name} no longer leads to ` }, { text: nameBlock(before, from ?? ''), was: 'old' }, { text: '.' }])
    else if (from === undefined) sentences.push([{ text: `${name} leads to ` }, { text: nameBlock(after, to), was: 'new' }, { text: '.' }])
    else sentences.push([{ text: `${name} leads to ` }, ...swap(nameBlock(before, from), nameBlock(after, to)), { text: '.' }])
  }
  return sentences.length > 0 ? sentences : [said('Written in another way, with the same meaning.')]
}

function diffConnections(block: string, old: Block | undefined, now: Block | undefined): readonly ConnectionDiff[] {
  return [...new Set([...Object.keys(now?.exits ?? {}), ...Object.keys(old?.exits ?? {})])].flatMap((exit): readonly ConnectionDiff[] => {
    const [from, to] = [old?.exits?.[exit], now?.exits?.[exit]]
    if (from === to) return []
    if (from === undefined) return to === undefined ? [] : [{ kind: 'added', block, exit, to }]
    return to === undefined ? [{ kind: 'removed', block, exit, from }] : [{ kind: 'changed', block, exit, from, to }]
  })
}

/** Maps whose entries are told one by one. */
const MAPS = { variables: 'Variable', contact_fields: 'Contact field', intents: 'Intent' } as const
/** Not of the flow's meaning, or told elsewhere. */
const LEFT_OUT = new Set(['$schema', 'format', 'id', 'blocks', 'layout', ...Object.keys(MAPS)])

function diffSettings(before: Flow, after: Flow): readonly SettingDiff[] {
  const [old, now] = [entriesOf(before), entriesOf(after)]
  const settings = Object.entries(FLOW_SCHEMA.properties ?? {}).flatMap(([key, schema]): readonly SettingDiff[] => {
    if (LEFT_OUT.has(key) || isSame(old[key], now[key])) return []
    const name = schema.title ?? sayName(key)
    return [{ kind: 'changed', at: `/${key}`, name, sentences: describeValue(name, schema, old[key], now[key]) }]
  })
  const entries = Object.entries(MAPS).flatMap(([map, word]) => diffMap(map, word, entriesOf(old[map]), entriesOf(now[map])))
  return [...settings, ...entries]
}

function diffMap(map: string, word: string, old: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): readonly SettingDiff[] {
  const schema = FLOW_SCHEMA.properties?.[map] ?? {}
  return [...new Set([...Object.keys(now), ...Object.keys(old)])].flatMap((id): readonly SettingDiff[] => {
    if (isSame(old[id], now[id])) return []
    const [at, name] = [`/${map}/${id}`, `${word} ${id}`]
    if (old[id] === undefined) return [{ kind: 'added', at, name, sentences: [said(`${name} is new.`)] }]
    if (now[id] === undefined) return [{ kind: 'removed', at, name, sentences: [said(`${name} is gone.`)] }]
    return [{ kind: 'changed', at, name, sentences: describeValue('', schemaOfKey(schema, id) ?? {}, old[id], now[id]) }]
  })
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

function firstText(block: Block): string | undefined {
  const { text } = block
  const found = typeof text === 'string' ? text : isObject(text) ? Object.values(text)[0] : undefined
  if (typeof found !== 'string' || found === '') return undefined
  return found.length > 120 ? `${found.slice(0, 119)}…` : found
}

function typeTitle(block: Block): string {
  return blockTypeOf(block.type)?.title ?? block.type
}

function swap(old: string, now: string): DiffSentence {
  return [{ text: old, was: 'old' }, { text: ' ' }, { text: now, was: 'new' }]
}

function sayName(name: string): string {
  return name.replaceAll('_', ' ')
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other))
}
