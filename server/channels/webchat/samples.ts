/** Example posts of the chat page, as `api/webchat.ts` hands them on. */
import type { Account } from '../channel.ts'
import type { ChannelSamples, Sample } from '../sample.ts'
import { contactOf, signUpload, type Upload } from './visitor.ts'

const TOKEN = 'c2FtcGxlLXZpc2l0b3ItdG9rZW4tb2YtdGhlLWNoYXQ'
const AT = 1_790_000_000_123

const account: Account = {
  connector: 'sample',
  name: 'Shop',
  settings: {},
  secrets: { signing_key: 'sample-signing-key-of-the-web-chat-sample' },
}

/** Examples of every kind. */
export const samples: ChannelSamples = {
  account,
  inbound: {
    text: post({ type: 'message', client_id: 'message-1', language: 'de', text: 'Hallo 👋' }),
    button_press: post({ type: 'press', client_id: 'press-001', payload: '3:yes', title: 'Yes' }),
    start: post({ type: 'open', language: 'de-AT' }),
    start_payload: post({ type: 'open', payload: 'promo_42' }),
    image: upload('image', 'image/jpeg', 'part.jpg'),
    file: upload('file', 'application/pdf', 'bill.pdf'),
    audio: upload('audio', 'audio/mpeg', 'song.mp3'),
    voice: { comes_as: 'audio' },
    video: upload('video', 'video/mp4', 'clip.mp4'),
    sticker: { none: 'The chat page has no stickers.' },
    location: { none: 'The chat page shares no places.' },
    shared_contact: { none: 'The chat page shares no contacts.' },
    edit: { none: 'What was sent stays as it is.' },
    deletion: { none: 'What was sent stays as it is.' },
    block: { none: 'A visitor cannot block a site; they leave.' },
    unblock: { none: 'A visitor cannot block a site; they leave.' },
    leave: post({ type: 'leave', client_id: 'leave-001' }),
    delivered: post({ type: 'receipt', status: 'delivered', deliveries: ['d-1', 'd-2'] }),
    read: post({ type: 'receipt', status: 'read', deliveries: ['d-1'] }),
    group_message: { none: 'A web chat has one visitor.' },
    unknown: post({ type: 'dance' }),
  },
}

function post(content: object): Sample {
  return { body: JSON.stringify({ at: AT, ...content }), headers: { authorization: `Bearer ${TOKEN}` } }
}

function upload(kind: Upload['kind'], mime: string, name: string): Sample {
  const file = { file: `sample-${kind}`, kind, mime, name, size: 88_210, url: `https://chat.example.com/files/sample-${kind}` }
  return post({ type: 'message', client_id: `upload-${kind}`, text: '', attachments: [signUpload(account, contactOf(TOKEN), file)] })
}
