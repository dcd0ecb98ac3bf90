/** One Update as one event of ours: which kind it is, whose it is, when it happened. What it holds is read in `content.ts`. */
import type { ChannelEvent, ContactProfile, KeptAside } from '../channel.ts'
import { cleanText } from '../json.ts'
import { readContent } from './content.ts'
import { type Chat, type Membership, type Message, type Press, type Update, type User, updateShape } from './shapes.ts'

/** `/start` as a deep link or a first tap sends it; with other words behind it, it is a text like any other. */
const START = /^\/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*$/i

type Part = ChannelEvent | KeptAside
type Refuse = (reason: KeptAside['reason'], message: string) => KeptAside

/** Reads an update that came by webhook or polling. `body` gives the whole of it, for what is kept aside. */
export function readUpdate(update: unknown, body: () => string, now: number): Part {
  const refuse: Refuse = (reason, message) => ({ kind: 'kept_aside', reason, message, body: body() })
  if (!updateShape.Check(update)) return refuse('wrong_shape', 'The body is not an update of the Bot API.')
  const { message, edited_message, callback_query, my_chat_member } = update
  if (message) return readMessage(update, message, refuse)
  if (edited_message) return readEdit(update, edited_message, refuse)
  if (callback_query) return readPress(update, callback_query, now, refuse)
  if (my_chat_member) return readMembership(update, my_chat_member, refuse)
  const kind = Object.keys(update).find(key => key !== 'update_id')
  return refuse('unknown_kind', kind === undefined ? 'The update is empty.' : `Updates of the kind ${cleanText(kind).slice(0, 60)} are not used.`)
}

function readMessage(update: Update, message: Message, refuse: Refuse): Part {
  if (!isPrivate(message.chat)) return refuse('group_chat', 'Only private chats are served.')
  const at = message.date * 1000
  const start = message.text === undefined ? null : START.exec(message.text)
  if (start) {
    const payload = start[1]
    const language = languageOf(message.from)
    return asEvent(update, message.chat.id, message.from, at, {
      type: 'conversation_started',
      ...(payload === undefined ? {} : { payload }),
      ...(language === undefined ? {} : { language }),
    })
  }
  const content = readContent(message)
  if (!content) return refuse('unknown_kind', 'The message holds nothing that Parley reads.')
  const part = asEvent(update, message.chat.id, message.from, at, { type: 'message_received', message: content.message })
  return content.files.length > 0 ? { ...part, files: content.files } : part
}

function readEdit(update: Update, message: Message, refuse: Refuse): Part {
  if (!isPrivate(message.chat)) return refuse('group_chat', 'Only private chats are served.')
  const text = message.text ?? message.caption
  if (text === undefined && message.location) return refuse('unknown_kind', 'A live location moved; moves are not used.')
  const at = (message.edit_date ?? message.date) * 1000
  const event = { type: 'message_edited', message_id: String(message.message_id), text: cleanText(text ?? '') } as const
  return asEvent(update, message.chat.id, message.from, at, event)
}

function readPress(update: Update, press: Press, now: number, refuse: Refuse): Part {
  const chat = press.message?.chat
  if (chat && !isPrivate(chat)) return refuse('group_chat', 'Only private chats are served.')
  if (press.data === undefined) return refuse('unknown_kind', 'The pressed button belongs to a game.')
  const { data } = press
  const buttons = press.message?.reply_markup?.inline_keyboard?.flat() ?? []
  const title = buttons.find(button => button.callback_data === data)?.text
  return asEvent(update, chat?.id ?? press.from.id, press.from, now, {
    type: 'button_pressed',
    payload: cleanText(data),
    press: press.id,
    ...(title === undefined ? {} : { title: cleanText(title) }),
  })
}

function readMembership(update: Update, membership: Membership, refuse: Refuse): Part {
  const { chat, from, date, new_chat_member } = membership
  if (!isPrivate(chat)) return refuse('group_chat', 'Only private chats are served.')
  const { status } = new_chat_member
  if (status === 'kicked') return asEvent(update, chat.id, from, date * 1000, { type: 'contact_blocked' })
  if (status === 'member') return asEvent(update, chat.id, from, date * 1000, { type: 'contact_unblocked' })
  return refuse('unknown_kind', `The membership ${cleanText(status).slice(0, 60)} says nothing about a private chat.`)
}

function asEvent(update: Update, chat: number, from: User | undefined, at: number, event: ChannelEvent['event']): ChannelEvent {
  const part = { kind: 'event', external_id: `u${update.update_id}`, contact: String(chat), at, order: update.update_id, event } as const
  return from ? { ...part, profile: profileOf(from) } : part
}

function profileOf(user: User): ContactProfile {
  const profile: { -readonly [Key in keyof ContactProfile]: ContactProfile[Key] } = {}
  const first = present(user.first_name)
  const last = present(user.last_name)
  const username = present(user.username)
  const language = languageOf(user)
  const name = first !== undefined && last !== undefined ? `${first} ${last}` : (first ?? last)
  if (name !== undefined) profile.name = name
  if (first !== undefined) profile.first_name = first
  if (last !== undefined) profile.last_name = last
  if (username !== undefined) profile.username = username
  if (language !== undefined) profile.language = language
  return profile
}

function languageOf(user: User | undefined): string | undefined {
  return present(user?.language_code)
}

function present(text: string | undefined): string | undefined {
  const clean = text === undefined ? '' : cleanText(text)
  return clean === '' ? undefined : clean
}

function isPrivate(chat: Chat): boolean {
  return chat.type === undefined ? chat.id > 0 : chat.type === 'private'
}
