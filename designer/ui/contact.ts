/** What to call a contact whose name may not be known. */
import { conversations as words } from '../words/conversations.ts'
import { sayShortly } from './when.ts'

/** What a name is made of. */
export interface NamedContact {
  readonly name: string | null
  readonly channel: string
  readonly first_seen_at: number
}

/** The name; without one where they came from and when: "Web visitor, 16:52". */
export function nameOfContact({ name, channel, first_seen_at }: NamedContact, now = Date.now()): string {
  return name ?? words.unnamed(channel, sayShortly(first_seen_at, now))
}

/** Two letters for the round picture; none for somebody without a name. */
export function initialsOf({ name }: Pick<NamedContact, 'name'>): string {
  if (name === null) return ''
  const parts = name.trim().split(/\s+/)
  const letters = parts.length > 1 ? [parts[0]?.[0], parts.at(-1)?.[0]] : [...(parts[0] ?? '')].slice(0, 2)
  return letters.join('').toUpperCase()
}
