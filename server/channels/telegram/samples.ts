/** Example updates of the Bot API; ids are invented, the field names are Telegram's. */
import type { ChannelSamples, Sample } from '../sample.ts'

const PERSON = { id: 5012345678, is_bot: false, first_name: 'Ana', last_name: 'K', username: 'ana_k', language_code: 'de' }
const CHAT = { id: 5012345678, first_name: 'Ana', type: 'private' }
const BOT = { id: 7000000001, is_bot: true, first_name: 'Shop', username: 'shop_helper_bot' }
const DATE = 1_790_000_000

/** Examples of every kind. */
export const samples: ChannelSamples = {
  account: {
    connector: 'sample',
    name: 'Shop',
    settings: { bot_username: 'shop_helper_bot' },
    secrets: { token: '7000000001:sample-token', webhook_secret: 'sample-webhook-secret' },
  },
  inbound: {
    text: message(1, { text: 'Hallo 👋' }),
    button_press: update(2, {
      callback_query: {
        id: '21528014512345678',
        from: PERSON,
        chat_instance: '-4213',
        data: '3:yes',
        message: { message_id: 733, chat: CHAT, date: DATE, text: 'Sure?' },
      },
    }),
    start: message(3, { text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] }),
    start_payload: message(4, { text: '/start promo_42', entities: [{ type: 'bot_command', offset: 0, length: 6 }] }),
    image: message(5, { photo: [{ file_id: 'AgACb', file_unique_id: 'AQb', width: 1280, height: 960, file_size: 180_233 }], caption: 'Broken part' }),
    file: message(6, { document: { file_id: 'BQAC', file_unique_id: 'AgD', file_name: 'bill.pdf', mime_type: 'application/pdf', file_size: 88_210 } }),
    audio: message(7, { audio: { file_id: 'CQAC', file_unique_id: 'AgE', duration: 212, mime_type: 'audio/mpeg', file_size: 3_400_000 } }),
    voice: message(8, { voice: { file_id: 'AwAC', file_unique_id: 'AgF', duration: 6, mime_type: 'audio/ogg', file_size: 22_100 } }),
    video: message(9, { video: { file_id: 'BAAC', file_unique_id: 'AgG', width: 640, height: 360, duration: 9, mime_type: 'video/mp4', file_size: 900_100 } }),
    sticker: message(10, {
      sticker: { file_id: 'CAAC', file_unique_id: 'AgH', type: 'regular', width: 512, height: 512, is_animated: false, is_video: false, emoji: '👍' },
    }),
    location: message(11, { location: { latitude: 52.52, longitude: 13.405 } }),
    shared_contact: message(12, { contact: { phone_number: '+4930123456', first_name: 'Ana', user_id: PERSON.id } }),
    edit: update(13, { edited_message: { message_id: 1001, from: PERSON, chat: CHAT, date: DATE, edit_date: DATE + 60, text: 'Hallo!' } }),
    deletion: { none: 'Telegram does not tell a bot that a message was deleted.' },
    block: membership(14, 'member', 'kicked'),
    unblock: membership(15, 'kicked', 'member'),
    leave: { none: 'Deleting the chat looks to a bot like blocking it.' },
    delivered: { none: 'Telegram tells a bot nothing after it took a message.' },
    read: { none: 'Telegram tells a bot nothing after it took a message.' },
    group_message: update(16, {
      message: { message_id: 9, from: PERSON, chat: { id: -1_001_234_567, title: 'Friends', type: 'supergroup' }, date: DATE, text: 'Hello all' },
    }),
    unknown: update(17, { poll: { id: '1', question: 'Tea?' } }),
  },
}

function update(number: number, content: object): Sample {
  return { body: JSON.stringify({ update_id: 480_112_000 + number, ...content }) }
}

function message(number: number, content: object): Sample {
  return update(number, { message: { message_id: 1000 + number, from: PERSON, chat: CHAT, date: DATE, ...content } })
}

function membership(number: number, before: string, after: string): Sample {
  const member = (status: string) => ({ user: BOT, status, ...(status === 'kicked' ? { until_date: 0 } : {}) })
  return update(number, { my_chat_member: { chat: CHAT, from: PERSON, date: DATE, old_chat_member: member(before), new_chat_member: member(after) } })
}
