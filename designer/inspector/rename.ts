/** Renames what a flow declares, wherever it is used: in templates, conditions, settings and exits. */
import type { Block, Flow } from '../../server/engine/index.ts'

/** What can be renamed. */
export type Declared = 'variables' | 'contact_fields' | 'intents'

/** Where a declared name is read in templates and conditions; intents are not. */
const ROOTS: Readonly<Record<Declared, string | undefined>> = { variables: 'vars', contact_fields: 'contact', intents: undefined }

/** The flow with another name for a variable, field or intent. Its place among the others stays. */
export function renameDeclared(flow: Flow, what: Declared, from: string, to: string): Flow {
  const declared = flow[what]
  if (!declared || !Object.hasOwn(declared, from) || from === to || Object.hasOwn(declared, to)) return flow
  const renamed = Object.fromEntries(Object.entries(declared).map(([name, value]) => [name === from ? to : name, value]))
  const blocks = Object.fromEntries(Object.entries(flow.blocks).map(([id, block]) => [id, renameInBlock(block, what, from, to)]))
  return { ...flow, [what]: renamed, blocks }
}

/** Ids of the blocks that use a name. */
export function usesOf(flow: Flow, what: Declared, name: string): readonly string[] {
  // A rename changes exactly the blocks that use the name.
  return Object.entries(flow.blocks).flatMap(([id, block]) => (renameInBlock(block, what, name, `${name}_`) === block ? [] : [id]))
}

function renameInBlock(block: Block, what: Declared, from: string, to: string): Block {
  const root = ROOTS[what]
  // Keys are rewritten one by one and nothing else, so a block stays a block.
  const changed = rename(block, { root, what, from, to }, '') as Block
  if (what !== 'intents' || block.type !== 'intent' || block.exits?.[from] === undefined) return changed
  return { ...changed, exits: Object.fromEntries(Object.entries(block.exits).map(([exit, target]) => [exit === from ? to : exit, target])) }
}

interface Renaming {
  readonly root: string | undefined
  readonly what: Declared
  readonly from: string
  readonly to: string
}

/** Keys of a block that hold neither texts nor names. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['type', 'label', 'note', 'exits'])

/** The same value where nothing was renamed. */
function rename(value: unknown, renaming: Renaming, key: string): unknown {
  if (typeof value === 'string') return renameText(value, renaming, key)
  if (Array.isArray(value)) {
    const next = value.map(entry => rename(entry, renaming, key === 'intents' ? 'intent' : ''))
    return next.some((entry, place) => entry !== value[place]) ? next : value
  }
  if (typeof value !== 'object' || value === null) return value
  const isMap = (key === 'variables' && renaming.what === 'variables') || (key === 'contact' && renaming.what === 'contact_fields')
  let isChanged = false
  const entries = Object.entries(value).map(([name, entry]): [string, unknown] => {
    const next = key === '' && LEFT_ALONE.has(name) ? entry : rename(entry, renaming, name)
    const nextName = isMap && name === renaming.from ? renaming.to : name
    if (next !== entry || nextName !== name) isChanged = true
    return [nextName, next]
  })
  return isChanged ? Object.fromEntries(entries) : value
}

function renameText(text: string, { root, what, from, to }: Renaming, key: string): string {
  if (key === 'intent' && what === 'intents') return text === from ? to : text
  if (root === undefined) return text
  if (key === 'variable') {
    if (text === from && what === 'variables') return to
    const path = `${root}.${from}`
    return text === path || text.startsWith(`${path}.`) ? `${root}.${to}${text.slice(path.length)}` : text
  }
  if (!text.includes(from) || !text.includes('{')) return text
  const named = new RegExp(`(?<![\\w.])${root}(?:\\.${from}(?!\\w)|\\[\\s*(["'])${from}\\1\\s*\\])`, 'g')
  return text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, template => template.replace(named, `${root}.${to}`))
}
