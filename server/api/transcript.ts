/** A conversation as people read it: messages both ways in order, with what became of each, and why things went as they did. */
import type { Attachment, OutboundMessage } from '../engine/index.ts'
import { type Delivery, deliveryId, type StoredEvent } from '../store/index.ts'
import type { MessageAnswer, TraceAnswer } from './contract.ts'
import type { ApiFiles } from './parts.ts'

/** Gives a file an address that may be opened for a while. */
export type UrlOf = ApiFiles['urlOf']

/** Messages in the order they count: an event before what it caused, events that still wait at the end. */
export function showMessages(events: readonly StoredEvent[], deliveries: readonly Delivery[], urlOf: UrlOf): MessageAnswer[] {
  const agents = new Map<number, StoredEvent>()
  for (const event of events) if (event.event.type === 'agent_said' && event.handling) agents.set(event.handling.step, event)
  const show = (attachment: Attachment) => showAttachment(attachment, urlOf)
  const lines: { readonly step: number; readonly n: number; readonly message: MessageAnswer }[] = []
  const byMessage = new Map<string, MessageAnswer>()
  for (const stored of events) {
    const step = stored.handling?.step ?? Number.MAX_SAFE_INTEGER
    const { event } = stored
    if (event.type === 'message_edited' || event.type === 'message_deleted') {
      const message = byMessage.get(event.message_id)
      if (message) changeMessage(message, stored)
      continue
    }
    const message = showEvent(stored, show)
    if (!message) continue
    if (event.type === 'message_received') byMessage.set(event.message.id, message)
    lines.push({ step, n: 0, message })
  }
  for (const delivery of deliveries) {
    const said = delivery.kind === 'agent' ? agents.get(delivery.step)?.event : undefined
    const agent = said?.type === 'agent_said' ? { agent: { ...said.agent } } : {}
    // A message that was sent again stands where it was sent again.
    lines.push({ step: delivery.step, n: delivery.n, message: { ...showDelivery(delivery, show), ...agent } })
  }
  return lines.sort((one, other) => one.step - other.step || one.n - other.n).map(line => line.message)
}

/** The lines of every handled event that has any, oldest first. */
export function showTrace(events: readonly StoredEvent[]): TraceAnswer[] {
  return events.flatMap(({ seq, event, handling }) =>
    handling && (handling.trace.length > 0 || handling.error !== null)
      ? [{ seq, at: handling.now, event: event.type, error: handling.error, lines: handling.trace.map(line => ({ ...line })) }]
      : [],
  )
}

/** The text of one of our messages, or what stands for it. */
export function textOf(message: OutboundMessage): string {
  return message.text ?? ''
}

/** An attachment with an address that may be opened for a while. */
function showAttachment(attachment: Attachment, urlOf: UrlOf): NonNullable<MessageAnswer['attachments']>[number] {
  const { file, url, ...shown } = attachment
  if (file !== undefined) return { ...shown, url: urlOf(file) }
  return url === undefined ? shown : { ...shown, url }
}

function showEvent(stored: StoredEvent, show: (attachment: Attachment) => NonNullable<MessageAnswer['attachments']>[number]): MessageAnswer | undefined {
  const { event, seq, contact, received_at } = stored
  const line = { id: `${contact}:${seq}`, at: received_at }
  switch (event.type) {
    case 'conversation_started':
      return { ...line, direction: 'in', kind: 'started', text: '', ...(event.payload === undefined ? {} : { payload: event.payload }) }
    case 'message_received': {
      const { text, attachments, location, shared_contact } = event.message
      return {
        ...line,
        direction: 'in',
        kind: 'message',
        text,
        ...(attachments ? { attachments: attachments.map(show) } : {}),
        ...(location ? { location: { ...location } } : {}),
        ...(shared_contact ? { shared_contact: { ...shared_contact } } : {}),
      }
    }
    case 'button_pressed':
      return { ...line, direction: 'in', kind: 'press', text: event.title ?? '', payload: event.payload }
    case 'agent_noted':
      return { ...line, direction: 'note', kind: 'agent', text: event.text, agent: { ...event.agent } }
    default:
      return undefined
  }
}

/** Both texts stay: what it was and what it is. */
function changeMessage(message: MessageAnswer, { event, received_at }: StoredEvent): void {
  if (event.type === 'message_deleted') message.deleted_at = received_at
  if (event.type !== 'message_edited') return
  message.original_text ??= message.text
  message.text = event.text
  message.edited_at = received_at
}

function showDelivery(delivery: Delivery, show: (attachment: Attachment) => NonNullable<MessageAnswer['attachments']>[number]): MessageAnswer {
  const { contact, n, message, kind, status, failure, block, decided_at, sent_at } = delivery
  return {
    id: deliveryId(contact, n),
    direction: 'out',
    at: decided_at,
    kind,
    text: textOf(message),
    status,
    ...(message.attachment ? { attachments: [show(message.attachment)] } : {}),
    ...(message.location ? { location: { ...message.location } } : {}),
    ...(message.buttons ? { buttons: message.buttons.map(button => ({ ...button })) } : {}),
    ...(failure ? { failure: { ...failure } } : {}),
    ...(sent_at === null ? {} : { sent_at }),
    ...(block === null ? {} : { block }),
  }
}
