/** Files of flows in the browser: new ones, imported ones, and ids that nobody has yet. */

import { flows as words } from '../words/flows.ts'

/** Ids are at most so long (rule 35). */
const LONGEST_ID = 40

/** An id made of a name: "Orders & returns" becomes `orders_returns`. */
export function idOfName(name: string): string {
  const made = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const id = /^[a-z]/.test(made) ? made : `flow_${made}`
  return id.slice(0, LONGEST_ID).replace(/_+$/, '')
}

/** `id`, or `id_2` and on while somebody has it. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const ending = n === 1 ? '' : `_${n}`
    const candidate = `${id.slice(0, LONGEST_ID - ending.length)}${ending}`
    if (!taken.has(candidate)) return candidate
  }
}

/** A name that nobody has: "Order status", then "Order status 2". */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} ${n}`
    if (!taken.has(candidate)) return candidate
  }
}

/** What a copy is called: "Shop (copy)", then "Shop (copy 2)"; the name itself where nobody has it. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let n = 1; ; n++) {
    const candidate = words.copyOf(name, n)
    if (!taken.has(candidate)) return candidate
  }
}

/** A flow with nothing but its beginning, in the time zone of whoever makes it. */
export function blankFlow(id: string, name: string, timeZone: string): object {
  const zone = timeZone === '' || timeZone === 'UTC' ? {} : { time_zone: timeZone }
  return { format: 1, id, name, languages: ['en'], ...zone, blocks: { start: { type: 'start' } }, layout: { start: [0, 0] } }
}

/** What a chosen file is, before the server looks at it. */
export type ChosenFile =
  | { readonly type: 'flow'; readonly id: string; readonly file: Readonly<Record<string, unknown>> }
  | { readonly type: 'not_json'; readonly text: string }
  | { readonly type: 'no_flow' }

/** Reads the text of a file. The server says what else is wrong with it. */
export function readChosenFile(text: string): ChosenFile {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { type: 'not_json', text }
  }
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return { type: 'no_flow' }
  return { type: 'flow', id: value.id, file: { ...value } }
}
