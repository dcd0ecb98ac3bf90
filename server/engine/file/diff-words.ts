/** A changed value in plain words: what it was, what it is, and in a text only the words that differ. */
import { canonicalJson } from './canonical.ts'
import { isObject, type JsonSchema, pickBranch, resolve, schemaOfKey } from './json-schema.ts'
import { FLOW_SCHEMA } from './schema.ts'

/** A part of a sentence; `was` marks what is struck and what is new. */
export interface DiffPiece {
  readonly text: string
  readonly was?: 'old' | 'new'
}

/** A sentence about a difference. */
export type DiffSentence = readonly DiffPiece[]

/** A sentence without marks. */
export function said(text: string): DiffSentence {
  return [{ text }]
}

/** Sentences about a value that differs. `title` names it; '' where the heading does already. */
export function describeValue(title: string, given: JsonSchema, old: unknown, now: unknown): readonly DiffSentence[] {
  if (isSame(old, now)) return []
  // A text or list for all languages is that of the first, once there is one a language.
  if (isObject(now) && isForAll(old)) return describeValue(title, given, { [Object.keys(now)[0] ?? '']: old }, now)
  if (isObject(old) && isForAll(now)) return describeValue(title, given, old, { [Object.keys(old)[0] ?? '']: now })
  const schema = settle(given, now ?? old)
  if (isObject(old) && isObject(now)) {
    return [...new Set([...Object.keys(now), ...Object.keys(old)])].flatMap(key => {
      const setting = schemaOfKey(schema, key) ?? {}
      // A map by language or by day has no titles of its own: the key says which.
      const part = schema.properties?.[key]?.title ?? key.replaceAll('_', ' ')
      return describeValue(title === '' ? part : `${title}, ${lower(part)}`, setting, old[key], now[key])
    })
  }
  if (Array.isArray(old) && Array.isArray(now)) return describeList(title, schema, old, now)
  if (Array.isArray(old) !== Array.isArray(now) && (old === undefined || now === undefined)) {
    return describeList(title, schema, Array.isArray(old) ? old : [], Array.isArray(now) ? now : [])
  }
  const heading = title === '' ? [] : [{ text: `${title}: ` }]
  if (typeof old === 'boolean' || typeof now === 'boolean') return [[...heading, { text: now === true ? 'on' : 'off', was: 'new' }, { text: ' now' }]]
  if (now === undefined) return [[...heading, { text: print(old), was: 'old' }, { text: ' is gone' }]]
  if (old === undefined) return [[...heading, { text: print(now), was: 'new' }]]
  if (typeof old === 'string' && typeof now === 'string') return [[...heading, ...compareWords(old, now)]]
  return [[...heading, { text: print(old), was: 'old' }, { text: ' ' }, { text: print(now), was: 'new' }]]
}

function isForAll(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value)
}

/** Entries with an id are compared one by one; plain ones as a set, and else by their order. */
function describeList(title: string, schema: JsonSchema, old: readonly unknown[], now: readonly unknown[]): readonly DiffSentence[] {
  const heading = title === '' ? '' : `${title}: `
  const items = schema.items === false ? {} : (schema.items ?? {})
  const keyOf = (entry: unknown) => (isObject(entry) && typeof entry.id === 'string' ? entry.id : canonicalJson(entry))
  const before = new Map(old.map(entry => [keyOf(entry), entry]))
  const after = new Map(now.map(entry => [keyOf(entry), entry]))
  const sentences: DiffSentence[] = []
  const added = [...after].filter(([key]) => !before.has(key)).map(([, entry]) => nameOf(entry))
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, entry]) => nameOf(entry))
  if (added.length > 0 || removed.length > 0) {
    sentences.push([
      { text: heading },
      ...removed.flatMap(name => [{ text: `“${name}”`, was: 'old' as const }, { text: ' ' }]),
      ...added.flatMap((name, index) => [...(index === 0 ? [] : [{ text: ' ' }]), { text: `“${name}”`, was: 'new' as const }]),
    ])
  }
  for (const [key, entry] of after) {
    const earlier = before.get(key)
    if (earlier !== undefined && !isSame(earlier, entry)) sentences.push(...describeValue(nameOf(entry), settle(items, entry), earlier, entry))
  }
  if (sentences.length === 0) sentences.push(said(`${heading}in another order`))
  return sentences
}

/** Entries are named after what people see of them. */
function nameOf(entry: unknown): string {
  if (!isObject(entry)) return print(entry)
  const { label, name, id } = entry
  const seen = isObject(label) ? Object.values(label)[0] : label
  const found = [seen, name, id].find(one => typeof one === 'string')
  return typeof found === 'string' ? found : print(entry)
}

/** Longer texts are shown whole: comparing them word by word costs more than it tells. */
const MOST_WORDS = 400

/** A text with the words that differ marked; whole when little of it stayed. */
export function compareWords(old: string, now: string): DiffSentence {
  const [before, after] = [splitWords(old), splitWords(now)]
  if (before.length > MOST_WORDS || after.length > MOST_WORDS) return whole(old, now)
  const pieces = joinPieces(longestCommon(before, after))
  const kept = pieces.filter(piece => piece.was === undefined).reduce((sum, piece) => sum + piece.text.trim().length, 0)
  return kept * 3 < Math.min(old.length, now.length) ? whole(old, now) : pieces
}

function whole(old: string, now: string): DiffSentence {
  return [...(old === '' ? [] : [{ text: old, was: 'old' as const }, { text: ' ' }]), { text: now === '' ? 'empty' : now, was: 'new' }]
}

/** What a template prints is one word, so that it is never half old and half new. */
function splitWords(text: string): readonly string[] {
  return text.match(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\s+|(?:(?!\{\{|\{%)\S)+|\S/g) ?? []
}

function longestCommon(before: readonly string[], after: readonly string[]): readonly DiffPiece[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pieces: DiffPiece[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      pieces.push({ text: after[j] ?? '' })
      i++
      j++
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) pieces.push({ text: before[i++] ?? '', was: 'old' })
    else pieces.push({ text: after[j++] ?? '', was: 'new' })
  }
  return pieces
}

/** Runs of the same kind become one piece; between two old or two new ones a space belongs to them. */
function joinPieces(pieces: readonly DiffPiece[]): DiffSentence {
  const joined: { text: string; was?: 'old' | 'new' }[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last && last.was === piece.was) last.text += piece.text
    else {
      // An old word and the new one in its place are not glued together.
      if (last?.was === 'old' && piece.was === 'new' && !/\s$/.test(last.text)) joined.push({ text: ' ' })
      joined.push({ ...piece })
    }
  }
  return joined
}

function settle(given: JsonSchema, value: unknown): JsonSchema {
  const schema = resolve(FLOW_SCHEMA, given)
  const branches = schema.oneOf ?? schema.anyOf
  if (!branches) return schema
  const branch = pickBranch(FLOW_SCHEMA, branches, value)
  return branch ? settle(branch, value) : {}
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1)
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other))
}
