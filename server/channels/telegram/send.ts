/** One delivery as calls of the Bot API (messengers.md 3.5). Texts go as they are, without a parse mode, so nothing in them is markup. */
import type { InputFile } from 'grammy'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { type AttachmentKind, type Button, DomainError, type OutboundMessage } from '../../engine/index.ts'
import type { OutgoingDelivery, SendResult } from '../channel.ts'
import { classifyRefusal, failed, retry } from './failures.ts'
import { fileFor } from './upload.ts'
import { type Refusal, readRefusal, type Vendor } from './vendor.ts'

/** Two labels share a row when both are at most this long: then a phone shows them whole. */
const HALF_ROW = 16

/** A message as the Bot API names it. */
interface Sent {
  readonly chat: { readonly id: number }
  readonly message_id: number
}

/** What every sending method takes. */
interface Base {
  readonly chat_id: number | string
  readonly reply_markup?: InlineKeyboardMarkup
}

/** A contact as the Bot API names it: a number, as in its updates. */
export function chatId(contact: string): number | string {
  return /^-?\d{1,15}$/.test(contact) ? Number(contact) : contact
}

/** Sends a delivery; never throws for what Telegram answers. */
export async function send(vendor: Vendor, delivery: OutgoingDelivery, signal: AbortSignal): Promise<SendResult> {
  try {
    return await sendTo(vendor, delivery, delivery.contact, signal)
  } catch (error) {
    if (error instanceof DomainError) return error.retry === 'later' ? retry(error.code, error.message) : failed('message', error.code, error.message)
    const refusal = readRefusal(error)
    if (refusal.migrate_to !== undefined) return await sendMoved(vendor, delivery, String(refusal.migrate_to), signal)
    // The text has no markup to leave out: the second try is the same call.
    if (refusal.code === 400 && /can't parse entities/i.test(refusal.words)) return await sendAgain(vendor, delivery, delivery.contact, signal)
    return classifyRefusal(refusal)
  }
}

async function sendMoved(vendor: Vendor, delivery: OutgoingDelivery, chat: string, signal: AbortSignal): Promise<SendResult> {
  const result = await sendAgain(vendor, delivery, chat, signal)
  return result.type === 'sent' ? { ...result, moved_to: chat } : result
}

async function sendAgain(vendor: Vendor, delivery: OutgoingDelivery, chat: string, signal: AbortSignal): Promise<SendResult> {
  try {
    return await sendTo(vendor, delivery, chat, signal)
  } catch (error) {
    return classifyRefusal(readRefusal(error))
  }
}

async function sendTo(vendor: Vendor, delivery: OutgoingDelivery, chat: string, signal: AbortSignal): Promise<SendResult> {
  const { message, replaces } = delivery
  if (replaces !== undefined && (await replace(vendor, message, replaces, signal))) return { type: 'sent', vendor_id: replaces }
  const sent = await sendNew(vendor, delivery, chat, signal)
  if (!sent) return failed('message', 'send.empty', 'The message has neither a text nor anything else that could be sent.')
  return { type: 'sent', vendor_id: `${sent.chat.id}:${sent.message_id}` }
}

/** Changes a sent text in place. False when there is no such text to change: a new message takes its place. */
async function replace(vendor: Vendor, message: OutboundMessage, vendorId: string, signal: AbortSignal): Promise<boolean> {
  const ids = /^(-?\d+):(\d+)$/.exec(vendorId)
  if (!ids || !message.text || message.attachment || message.location) return false
  const where = { chat_id: Number(ids[1]), message_id: Number(ids[2]) }
  try {
    await vendor.api.editMessageText({ ...where, text: message.text, ...keyboardOf(message.buttons) }, signal)
    return true
  } catch (error) {
    const refusal = readRefusal(error)
    // Gone, too old, or not a text: whatever the reason, a new message says it. A refusal of the content comes back from there.
    if (refusal.code === 400 && refusal.migrate_to === undefined) return isUnchanged(refusal)
    throw error
  }
}

function isUnchanged(refusal: Refusal): boolean {
  return /message is not modified/i.test(refusal.words)
}

async function sendNew(vendor: Vendor, delivery: OutgoingDelivery, chat: string, signal: AbortSignal): Promise<Sent | undefined> {
  const { text, attachment, location, buttons } = delivery.message
  const plain = { chat_id: chatId(chat) }
  const base: Base = { ...plain, ...keyboardOf(buttons) }
  if (attachment) {
    const file = await fileFor(attachment, delivery.file_url, signal)
    if (file !== undefined) return await sendFile(vendor, base, attachment.kind, file, text, signal)
    if (attachment.url === undefined) return undefined
    return await vendor.api.sendMessage({ ...base, text: text ? `${text}\n${attachment.url}` : attachment.url }, signal)
  }
  if (location) {
    // A place has no caption: the words go first, and the buttons stay with what comes last.
    if (text) await vendor.api.sendMessage({ ...plain, text }, signal)
    return await sendPlace(vendor, base, location, signal)
  }
  return text ? await vendor.api.sendMessage({ ...base, text }, signal) : undefined
}

async function sendPlace(vendor: Vendor, base: Base, location: NonNullable<OutboundMessage['location']>, signal: AbortSignal): Promise<Sent> {
  const { latitude, longitude, name, address } = location
  if (!name && !address) return await vendor.api.sendLocation({ ...base, latitude, longitude }, signal)
  // A venue needs both; one stands for the other when it is missing.
  return await vendor.api.sendVenue({ ...base, latitude, longitude, title: name || address || '', address: address || name || '' }, signal)
}

async function sendFile(
  vendor: Vendor,
  base: Base,
  kind: AttachmentKind,
  file: string | InputFile,
  text: string | undefined,
  signal: AbortSignal,
): Promise<Sent> {
  const { api } = vendor
  const captioned = text ? { ...base, caption: text } : base
  switch (kind) {
    case 'image':
      return await api.sendPhoto({ ...captioned, photo: file }, signal)
    case 'audio':
      return await api.sendAudio({ ...captioned, audio: file }, signal)
    case 'voice':
      return await api.sendVoice({ ...captioned, voice: file }, signal)
    case 'video':
      return await api.sendVideo({ ...captioned, video: file }, signal)
    case 'file':
      return await api.sendDocument({ ...captioned, document: file }, signal)
    case 'sticker':
      return await api.sendSticker({ ...base, sticker: file }, signal)
  }
}

function keyboardOf(buttons: readonly Button[] | undefined): { reply_markup?: InlineKeyboardMarkup } {
  const rows: InlineKeyboardButton[][] = []
  let open: InlineKeyboardButton[] | undefined
  for (const button of buttons ?? []) {
    const shown = asButton(button)
    if (!shown) continue
    const isShort = button.label.length <= HALF_ROW
    if (open && isShort) {
      open.push(shown)
      open = undefined
    } else {
      const row = [shown]
      rows.push(row)
      open = isShort ? row : undefined
    }
  }
  return rows.length > 0 ? { reply_markup: { inline_keyboard: rows } } : {}
}

function asButton({ label, payload, url }: Button): InlineKeyboardButton | undefined {
  if (url !== undefined) return { text: label, url }
  return payload === undefined ? undefined : { text: label, callback_data: payload }
}
