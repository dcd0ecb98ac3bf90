/** Completing `{{` in a text: what can be printed, what was typed so far, and the text after choosing. */
import type { Flow } from '../../../server/engine/index.ts'

/** Something a text can print. */
export interface Printable {
  /** As a template names it: `vars.order_number`. */
  readonly path: string
  /** What it held last in the simulator; undefined when it is not known. */
  readonly value: string | undefined
}

/** What stands between `{{` and the caret. */
export interface Opened {
  /** Where `{{` begins. */
  readonly from: number
  readonly typed: string
}

const CONTACT = ['first_name', 'last_name', 'name', 'email', 'phone', 'username', 'language', 'channel']
const CONVERSATION = ['queue_position', 'agent', 'language', 'channel', 'queue', 'number']
const MESSAGE = ['text', 'length']

/** Everything that can be printed in a flow: its own values first. `known` are the last values by path. */
export function printables(flow: Flow, known: ReadonlyMap<string, string | undefined>): readonly Printable[] {
  const fields = Object.keys(flow.contact_fields ?? {})
  const paths = [
    ...Object.keys(flow.variables ?? {}).map(name => `vars.${name}`),
    ...[...CONTACT, ...fields.filter(field => !CONTACT.includes(field))].map(name => `contact.${name}`),
    ...MESSAGE.map(name => `message.${name}`),
    ...CONVERSATION.map(name => `conversation.${name}`),
    'now',
  ]
  return paths.map(path => ({ path, value: known.get(path) }))
}

/** The template that the caret stands in and that is still being named; undefined elsewhere. */
export function openedAt(text: string, caret: number): Opened | undefined {
  const match = /\{\{[-\s]*([\w.]*)$/.exec(text.slice(0, caret))
  return match ? { from: match.index, typed: match[1] ?? '' } : undefined
}

/** What fits what was typed: paths that begin so, then those with a part that does, then those that contain it. */
export function matching(all: readonly Printable[], typed: string): readonly Printable[] {
  const wanted = typed.toLowerCase()
  const rank = ({ path }: Printable): number => {
    if (path.startsWith(wanted)) return 0
    if (path.split(/[._]/).some(part => part.startsWith(wanted))) return 1
    return path.includes(wanted) ? 2 : 3
  }
  return all
    .map(one => ({ one, rank: rank(one) }))
    .filter(each => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(each => each.one)
}

/** The text with the chosen value, and where the caret goes. Closing braces that are there already are taken along. */
export function complete(text: string, caret: number, opened: Opened | undefined, path: string): { readonly text: string; readonly caret: number } {
  const from = opened?.from ?? caret
  const rest = opened ? text.slice(caret).replace(/^[\w.]*\s*\}\}/, '') : text.slice(caret)
  const printed = `{{ ${path} }}`
  return { text: `${text.slice(0, from)}${printed}${rest}`, caret: from + printed.length }
}
