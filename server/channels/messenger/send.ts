/**
 * Writes our messages in the Send API's words.
 * https://developers.facebook.com/docs/messenger-platform/send-messages
 */
import type { Button, OutboundMessage } from '../../engine/index.ts'
import type { OutgoingDelivery, SendResult } from '../channel.ts'
import { textOf } from '../json.ts'
import type { Graph } from '../meta-graph.ts'
import { abilities } from './abilities.ts'
import { classifyFailure, failed } from './failures.ts'

/** Meta fetches a file before it answers: up to 75 s for a video. */
const FILE_TIMEOUT_MS = 90_000

/** Sends one message. Never throws but for the abort. */
export async function send(graph: Graph, pageId: string, delivery: OutgoingDelivery, signal: AbortSignal): Promise<SendResult> {
  const message = writeMessage(delivery)
  if ('type' in message) return message
  const answer = await graph.call({
    method: 'POST',
    path: `${pageId}/messages`,
    body: { recipient: { id: delivery.contact }, messaging_type: 'RESPONSE', message },
    hide: [delivery.message.text ?? ''],
    ...(message.attachment ? { timeout_ms: FILE_TIMEOUT_MS } : {}),
    signal,
  })
  if (!answer.ok) return classifyFailure(answer)
  // A success without an id still went out: sending it again would double it. Watermarks confirm it all the same.
  return { type: 'sent', vendor_id: textOf(answer.body.message_id) ?? `delivery:${delivery.id}` }
}

/** Shows typing for about 20 seconds. Best effort: what Meta says to it changes nothing. */
export async function showTyping(graph: Graph, pageId: string, contact: string, signal: AbortSignal): Promise<void> {
  await graph.call({ method: 'POST', path: `${pageId}/messages`, body: { recipient: { id: contact }, sender_action: 'typing_on' }, signal })
}

/** The `message` of a call. */
interface SendApiMessage {
  readonly text?: string
  readonly attachment?: object
  readonly quick_replies?: readonly object[]
}

function writeMessage(delivery: OutgoingDelivery): SendApiMessage | SendResult {
  const { message } = delivery
  const { text, attachment, buttons = [] } = message
  if (message.location) return unsupported('Messenger has no locations; a location goes as a link in a text.')
  if (attachment) {
    if (text) return unsupported('Messenger takes a text and a file only as two messages.')
    if (buttons.some(button => button.url !== undefined)) return unsupported('Messenger takes no buttons with addresses beside a file.')
    const file = writeFile(delivery, attachment)
    return 'type' in file ? file : { ...file, ...writeQuickReplies(buttons) }
  }
  if (!text) return unsupported('The message is empty.')
  return writeText(text, buttons)
}

type OutboundFile = NonNullable<OutboundMessage['attachment']>

const FILE_TYPES: Readonly<Record<OutboundFile['kind'], string>> = {
  image: 'image',
  sticker: 'image',
  audio: 'audio',
  voice: 'audio',
  video: 'video',
  file: 'file',
}

function writeFile(delivery: OutgoingDelivery, attachment: OutboundFile): SendApiMessage | SendResult {
  const url = delivery.file_url ?? attachment.url
  if (url === undefined) return unsupported('The file has no address that Meta could fetch it from.')
  return { attachment: { type: FILE_TYPES[attachment.kind], payload: { url } } }
}

/** Choices are quick replies; an address needs the button template. Where that is too small, addresses become lines of the text. */
function writeText(text: string, buttons: readonly Button[]): SendApiMessage | SendResult {
  const links = buttons.filter(button => button.url !== undefined)
  if (links.length === 0) return fitting(text, buttons)
  const template = abilities.buttons.with_url
  if (template && buttons.length <= template.most && text.length <= template.text) return { attachment: writeTemplate(text, buttons) }
  const lines = links.map(button => `${button.label}: ${button.url}`)
  return fitting(
    [text, ...lines].join('\n'),
    buttons.filter(button => button.url === undefined),
  )
}

function fitting(text: string, choices: readonly Button[]): SendApiMessage | SendResult {
  if (text.length > abilities.text) return failed('message', 'send.too_long', `The text has ${text.length} characters; Messenger takes ${abilities.text}.`)
  return { text, ...writeQuickReplies(choices) }
}

function writeTemplate(text: string, buttons: readonly Button[]): object {
  return {
    type: 'template',
    payload: {
      template_type: 'button',
      text,
      buttons: buttons.map(button =>
        button.url === undefined
          ? { type: 'postback', title: button.label, payload: button.payload ?? button.label }
          : { type: 'web_url', title: button.label, url: button.url },
      ),
    },
  }
}

function writeQuickReplies(choices: readonly Button[]): Pick<SendApiMessage, 'quick_replies'> {
  if (choices.length === 0) return {}
  return { quick_replies: choices.map(choice => ({ content_type: 'text', title: choice.label, payload: choice.payload ?? choice.label })) }
}

function unsupported(message: string): SendResult {
  return failed('message', 'send.unsupported', message)
}
