/** What the simulator watches: variables, what is known of the contact, and what the last turn changed. */
import type { Conversation, Flow, Json } from '../../server/engine/index.ts'

/** One watched value. */
export interface ValueRow {
  /** As templates name it: `vars.topic`. */
  readonly name: string
  /** As it is shown; undefined when it is not set. */
  readonly value: string | undefined
  /** The last turn changed it. */
  readonly changed: boolean
}

/** Contact values worth a row when they are set; the flow's declared fields always have one. */
const KNOWN = ['name', 'first_name', 'last_name', 'username', 'phone', 'email', 'language'] as const

/** Rows for a conversation; `before` is the conversation as it was one turn ago. */
export function watchValues(flow: Flow, now: Conversation, before: Conversation | undefined): readonly ValueRow[] {
  const current = readValues(flow, now)
  const earlier = before ? readValues(flow, before) : undefined
  return [...current].map(([name, value]) => ({ name, value, changed: earlier !== undefined && earlier.get(name) !== value }))
}

function readValues(flow: Flow, { contact, session, language, tags }: Conversation): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>()
  for (const key of KNOWN) if (contact[key] !== undefined) values.set(`contact.${key}`, contact[key])
  const fields = new Set([...Object.keys(flow.contact_fields ?? {}), ...Object.keys(contact.fields ?? {})])
  for (const field of fields) values.set(`contact.${field}`, printValue(contact.fields?.[field]))
  const declared = flow.variables ?? {}
  const variables = new Set([...Object.keys(declared), ...Object.keys(session?.vars ?? {})])
  for (const name of variables) values.set(`vars.${name}`, printValue(session?.vars?.[name] ?? declared[name]?.default))
  if (language !== undefined) values.set('conversation.language', language)
  if (tags && tags.length > 0) values.set('conversation.tags', tags.join(', '))
  return values
}

function printValue(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) return value.map(entry => printValue(entry) ?? '').join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
