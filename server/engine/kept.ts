/** Messages that came while no block waited for one, and the joining of parts (rules 10 and 11). */
import type { InboundMessage } from './event.ts'
import { GUARDS } from './guards.ts'
import type { Session } from './session.ts'

/** Keeps a message; how many older ones had to leave. */
export function keepMessage(session: Session, message: InboundMessage): number {
  const kept = [...(session.kept ?? []), message]
  let length = kept.reduce((sum, one) => sum + one.text.length, 0)
  let dropped = 0
  while (kept.length - dropped > 1 && (kept.length - dropped > GUARDS.kept || length > GUARDS.kept_text)) {
    length -= kept[dropped]?.text.length ?? 0
    dropped++
  }
  session.kept = kept.slice(dropped)
  return dropped
}

/** Takes the oldest kept message, with all parts of its album. */
export function takeKept(session: Session): InboundMessage | undefined {
  const [first, ...rest] = session.kept ?? []
  if (!first) return undefined
  const parts = [first]
  while (first.album !== undefined && rest[0]?.album === first.album) {
    const part = rest.shift()
    if (part) parts.push(part)
  }
  if (rest.length > 0) session.kept = rest
  else delete session.kept
  return joinParts(parts)
}

/** One message of several: texts by newline, attachments in order, the id of the last. */
export function joinParts(parts: readonly InboundMessage[]): InboundMessage {
  const last = parts.at(-1)
  if (!last) throw new Error('a message needs at least one part')
  if (parts.length === 1) return last
  const attachments = parts.flatMap(part => part.attachments ?? [])
  const location = parts.findLast(part => part.location)?.location
  const shared = parts.findLast(part => part.shared_contact)?.shared_contact
  return {
    id: last.id,
    text: parts
      .map(part => part.text)
      .filter(text => text !== '')
      .join('\n'),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(location ? { location } : {}),
    ...(shared ? { shared_contact: shared } : {}),
    ...(last.album !== undefined ? { album: last.album } : {}),
  }
}

/** Replaces the text of a message that is still kept or in an open burst (rule 12); whether it was there. */
export function editKept(session: Session, message_id: string, text: string): boolean {
  let found = false
  const edit = (message: InboundMessage): InboundMessage => {
    if (message.id !== message_id) return message
    found = true
    return { ...message, text }
  }
  if (session.kept) session.kept = session.kept.map(edit)
  if (session.burst) session.burst = { ...session.burst, parts: session.burst.parts.map(edit) }
  return found
}

/** Takes back a message that is still kept or in an open burst; whether it was there. */
export function removeKept(session: Session, message_id: string): boolean {
  const before = (session.kept?.length ?? 0) + (session.burst?.parts.length ?? 0)
  const stays = (message: InboundMessage) => message.id !== message_id
  if (session.kept) session.kept = session.kept.filter(stays)
  if (session.kept?.length === 0) delete session.kept
  if (session.burst) session.burst = { ...session.burst, parts: session.burst.parts.filter(stays) }
  return (session.kept?.length ?? 0) + (session.burst?.parts.length ?? 0) < before
}
