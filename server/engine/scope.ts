/** What templates and conditions can read: the roots `contact`, `conversation`, `message`, `vars`, `now` (rule 36). */
import type { Json } from './event.ts'
import type { Scope } from './language/index.ts'
import type { RunningTurn } from './running-turn.ts'

/** Makes the scope of a turn; unset values are absent and read as empty. */
export function scopeOf(turn: RunningTurn): Scope {
  const { conversation, message } = turn
  const { fields, tags, greeted_at: _greeted, blocked: _blocked, ...known } = conversation.contact
  return {
    contact: { ...fields, ...known, tags: tags ?? [] },
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

function varsOf(turn: RunningTurn): Record<string, Json> {
  const vars: Record<string, Json> = {}
  const declared = turn.flow.flow.variables
  for (const name in declared) {
    const value = declared[name]?.default
    if (value !== undefined) vars[name] = value
  }
  return Object.assign(vars, turn.session?.vars)
}
