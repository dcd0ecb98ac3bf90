/** Builders of updates as Telegram would post them, typed by @grammyjs/types so that a misspelt field does not compile. */
import type { Message, Update, User } from '@grammyjs/types'

type Incoming = NonNullable<Update['message']>
type Content = Omit<Partial<Message>, 'chat' | 'from' | 'message_id' | 'date'>

const numbers = { update: 480_000_000, message: 1000, press: 0 }

/** The person of a private chat: chat and person share their number. */
export function person(chat: number): User {
  return { id: chat, is_bot: false, first_name: `Contact ${chat}`, language_code: 'en' }
}

function privateChat(chat: number): { id: number; type: 'private'; first_name: string } {
  return { id: chat, type: 'private', first_name: `Contact ${chat}` }
}

/** Any message of a private chat. Update ids and message ids count up over the process unless given. */
export function messageUpdate(chat: number, content: Content, id?: number): Update & { message: Incoming } {
  const message = { message_id: ++numbers.message, from: person(chat), chat: privateChat(chat), date: Math.floor(Date.now() / 1000), ...content }
  return { update_id: id ?? ++numbers.update, message }
}

/** A text. */
export function textUpdate(chat: number, text: string, id?: number): Update & { message: Incoming } {
  return messageUpdate(chat, { text }, id)
}

/** `/start`, with the payload of a deep link if there is one. */
export function startUpdate(chat: number, payload?: string, id?: number): Update & { message: Incoming } {
  const text = payload === undefined ? '/start' : `/start ${payload}`
  return messageUpdate(chat, { text, entities: [{ type: 'bot_command', offset: 0, length: 6 }] }, id)
}

/** A pressed inline button. `message` is the id of our message that carries it. */
export function callbackUpdate(chat: number, payload: string, message = 1, id?: number): Update {
  numbers.press += 1
  const date = Math.floor(Date.now() / 1000)
  return {
    update_id: id ?? ++numbers.update,
    callback_query: {
      id: `${21528014500000000n + BigInt(numbers.press)}`,
      from: person(chat),
      chat_instance: `-${chat}`,
      data: payload,
      message: { message_id: message, chat: privateChat(chat), date, text: 'Choose' },
    },
  }
}

/** A photo in two sizes, the larger last, as Telegram sorts them. */
export function photoUpdate(chat: number, caption?: string, id?: number): Update & { message: Incoming } {
  const photo = [
    { file_id: `photo-${chat}-small`, file_unique_id: 'AQa', width: 90, height: 67, file_size: 1201 },
    { file_id: `photo-${chat}-large`, file_unique_id: 'AQb', width: 1280, height: 960, file_size: 180_233 },
  ]
  return messageUpdate(chat, caption === undefined ? { photo } : { photo, caption }, id)
}

/** A file with its name and type. */
export function documentUpdate(chat: number, name: string, mime: string, id?: number): Update & { message: Incoming } {
  return messageUpdate(chat, { document: { file_id: `document-${chat}`, file_unique_id: 'AgD', file_name: name, mime_type: mime, file_size: 88_210 } }, id)
}

/** A shared place. */
export function locationUpdate(chat: number, latitude: number, longitude: number, id?: number): Update & { message: Incoming } {
  return messageUpdate(chat, { location: { latitude, longitude } }, id)
}

/** An earlier text in its new wording. */
export function editUpdate(original: Update & { message: Incoming }, text: string, id?: number): Update {
  const edit_date = original.message.date + 60
  return { update_id: id ?? ++numbers.update, edited_message: { ...original.message, text, edit_date } }
}

/** The person blocks the bot or lets it in again. */
export function blockUpdate(chat: number, blocked: boolean, id?: number): Update {
  const user = { id: 7000000001, is_bot: true, first_name: 'Shop' }
  const member = { user, status: 'member' as const }
  const kicked = { user, status: 'kicked' as const, until_date: 0 }
  return {
    update_id: id ?? ++numbers.update,
    my_chat_member: {
      chat: privateChat(chat),
      from: person(chat),
      date: Math.floor(Date.now() / 1000),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    },
  }
}

/** A text in a group, which Parley does not serve. */
export function groupUpdate(group: number, from: number, text: string, id?: number): Update {
  const chat = { id: group, type: 'supergroup' as const, title: 'Group' }
  const date = Math.floor(Date.now() / 1000)
  return { update_id: id ?? ++numbers.update, message: { message_id: ++numbers.message, from: person(from), chat, date, text } }
}
