/** What templates and conditions can read: the roots `contact`, `conversation`, `message`, `vars`, `now` (rule 36). */
import type { Json } from './event.ts'
import type { Scope } from './language/index.ts'
import type { RunningTurn } from './running-turn.ts'
import type { Contact } from './session.ts'

/** Makes the scope of a turn; unset values are absent and read as empty. */
export function scopeOf(turn: RunningTurn): Scope {
  const { conversation, message } = turn
  return {
    contact: contactScope(conversation.contact),
    conversation: {
      id: `${conversation.contact.id}-${conversation.number}`,
      number: conversation.number,
      channel: conversation.contact.channel,
      language: turn.language,
      tags: conversation.tags ?? [],
      priority: conversation.priority ?? null,
      queue: conversation.queue?.slug ?? null,
      queue_position: conversation.queue?.position ?? null,
      agent: conversation.agent?.name ?? null,
    },
    message: message
      ? {
          text: message.text,
          length: message.text.length,
          attachments: (message.attachments ?? []).map(attachment => ({ kind: attachment.kind, name: attachment.name ?? null, size: attachment.size ?? null })),
          location: message.location ? { ...message.location } : null,
        }
      : {},
    vars: varsOf(turn),
    now: turn.now,
    time_zone: turn.flow.time_zone,
  }
}

/** Named one by one: this runs for every message that prints something, and spreading costs more than the rest of the turn. */
function contactScope(contact: Readonly<Contact>): Record<string, Json> {
  const known: Record<string, Json> = {
    id: contact.id,
    channel: contact.channel,
    name: contact.name ?? null,
    first_name: contact.first_name ?? null,
    last_name: contact.last_name ?? null,
    username: contact.username ?? null,
    phone: contact.phone ?? null,
    email: contact.email ?? null,
    language: contact.language ?? null,
    tags: contact.tags ?? [],
  }
  return contact.fields ? { ...contact.fields, ...known } : known
}

function varsOf(turn: RunningTurn): Record<string, Json> {
  const vars: Record<string, Json> = {}
  const declared = turn.flow.flow.variables
  for (const name in declared) {
    const value = declared[name]?.default
    if (value !== undefined) vars[name] = value
  }
  return Object.assign(vars, turn.session?.vars)
}
