/** The shapes of what Telegram posts, as far as we read them; anything else in an update is let through unread. */
import Type from 'typebox'
import { Compile } from 'typebox/compile'

const Id = Type.Integer()
/** Unix seconds up to the year 2286: a fraction or more would be no moment that we can store. */
const Seconds = Type.Integer({ minimum: 0, maximum: 9_999_999_999 })
/** Telegram's own handles are plain ASCII. */
const Handle = Type.String({ minLength: 1, pattern: '^[\\x21-\\x7e]+$' })
const optional = Type.Optional

const User = Type.Object({
  id: Id,
  first_name: optional(Type.String()),
  last_name: optional(Type.String()),
  username: optional(Type.String()),
  language_code: optional(Type.String()),
})

// Old examples of Telegram's own pages lack the type of a chat: a person's number is positive, a group's negative.
const Chat = Type.Object({ id: Id, type: optional(Type.String()) })

const File = Type.Object({
  file_id: Handle,
  file_name: optional(Type.String()),
  mime_type: optional(Type.String()),
  file_size: optional(Type.Number()),
})

const Sticker = Type.Object({
  file_id: Handle,
  emoji: optional(Type.String()),
  is_animated: optional(Type.Boolean()),
  is_video: optional(Type.Boolean()),
  file_size: optional(Type.Number()),
})

const Place = Type.Object({ latitude: Type.Number(), longitude: Type.Number() })

const Message = Type.Object({
  message_id: Id,
  from: optional(User),
  chat: Chat,
  date: Seconds,
  edit_date: optional(Seconds),
  text: optional(Type.String()),
  caption: optional(Type.String()),
  media_group_id: optional(Type.String()),
  photo: optional(Type.Array(File)),
  document: optional(File),
  audio: optional(File),
  voice: optional(File),
  video: optional(File),
  video_note: optional(File),
  animation: optional(File),
  sticker: optional(Sticker),
  location: optional(Place),
  venue: optional(Type.Object({ location: Place, title: Type.String(), address: Type.String() })),
  contact: optional(Type.Object({ phone_number: Type.String(), first_name: optional(Type.String()), last_name: optional(Type.String()) })),
})

const Button = Type.Object({ text: Type.String(), callback_data: optional(Type.String()) })

const Press = Type.Object({
  id: Handle,
  from: User,
  data: optional(Type.String()),
  // Too old a message comes without its content, or not at all.
  message: optional(
    Type.Object({
      message_id: Id,
      chat: Chat,
      reply_markup: optional(Type.Object({ inline_keyboard: optional(Type.Array(Type.Array(Button))) })),
    }),
  ),
})

const Membership = Type.Object({
  chat: Chat,
  from: optional(User),
  date: Seconds,
  new_chat_member: Type.Object({ status: Type.String() }),
})

const Update = Type.Object({
  update_id: Type.Integer({ minimum: 0 }),
  message: optional(Message),
  edited_message: optional(Message),
  callback_query: optional(Press),
  my_chat_member: optional(Membership),
})

/** Checks an update; what passes has the static types below. */
export const updateShape = Compile(Update)

export type User = Type.Static<typeof User>
export type Chat = Type.Static<typeof Chat>
export type File = Type.Static<typeof File>
export type Message = Type.Static<typeof Message>
export type Press = Type.Static<typeof Press>
export type Membership = Type.Static<typeof Membership>
export type Update = Type.Static<typeof Update>
