/** What the Send API takes and refuses, from Meta's pages (messengers.md 4.5). */

/** A Graph error as it stands in the body. */
export interface GraphError {
  readonly status: number
  readonly code: number
  readonly error_subcode?: number
  readonly message: string
}

type Loose = Readonly<Record<string, unknown>>

/** Undefined: the Send API would take this body. */
export function refuseSend(body: Loose): GraphError | undefined {
  if (typeof loose(body.recipient).id !== 'string') return bad('Param recipient[id] must be a valid ID string')
  if (body.sender_action !== undefined) {
    return ['typing_on', 'typing_off', 'mark_seen'].includes(String(body.sender_action)) ? undefined : bad('Param sender_action is unknown')
  }
  if (!['RESPONSE', 'UPDATE', 'MESSAGE_TAG'].includes(String(body.messaging_type))) return bad('Param messaging_type must be one of its values')
  const message = loose(body.message)
  if ((message.text === undefined) === (message.attachment === undefined)) return bad('Must have exactly one of text and attachment')
  if (message.text !== undefined && !isTextUpTo(message.text, 2000)) return bad('Length of param message[text] must be less than or equal to 2000')
  return refuseQuickReplies(message.quick_replies) ?? (message.attachment === undefined ? undefined : refuseAttachment(loose(message.attachment)))
}

function refuseQuickReplies(value: unknown): GraphError | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length < 1 || value.length > 13) return bad('Param quick_replies takes 1 to 13')
  for (const reply of value.map(loose)) {
    if (reply.content_type !== 'text' || !isTextUpTo(reply.title, 20) || !isTextUpTo(reply.payload, 1000)) return bad('Param quick_replies is wrong')
  }
  return undefined
}

function refuseAttachment(attachment: Loose): GraphError | undefined {
  const payload = loose(attachment.payload)
  if (attachment.type === 'template') return refuseTemplate(payload)
  if (!['image', 'audio', 'video', 'file'].includes(String(attachment.type))) return bad('Param message[attachment][type] is unknown')
  return typeof payload.url === 'string' && URL.canParse(payload.url) ? undefined : bad('Param url must be a URL')
}

function refuseTemplate(payload: Loose): GraphError | undefined {
  const buttons = Array.isArray(payload.buttons) ? payload.buttons.map(loose) : []
  if (payload.template_type !== 'button' || !isTextUpTo(payload.text, 640)) return bad('Param text of the template is wrong')
  if (buttons.length < 1 || buttons.length > 3) return bad('Param buttons takes 1 to 3')
  const good = buttons.every(
    button => isTextUpTo(button.title, 20) && (button.type === 'web_url' ? typeof button.url === 'string' : isTextUpTo(button.payload, 1000)),
  )
  return good ? undefined : bad('Param buttons is wrong')
}

function isTextUpTo(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= most
}

function bad(words: string): GraphError {
  return { status: 400, code: 100, message: `(#100) ${words}` }
}

/** An object's values, whatever they are; nothing for anything else. */
export function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {}
}
