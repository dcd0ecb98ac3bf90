/** Example calls of Meta for a page; ids and addresses are invented, the field names are Meta's. */
import type { ChannelSamples, Sample } from '../sample.ts'

const PAGE = '1060001'
const PERSON = '7788001'

/** Examples of every kind. */
export const samples: ChannelSamples = {
  account: {
    connector: 'sample',
    name: 'Shop',
    settings: { page_id: PAGE },
    secrets: { token: 'sample-page-token', app_secret: 'sample-app-secret', verify_token: 'sample-verify-token' },
  },
  inbound: {
    text: call({ message: { mid: 'm_1', text: 'Hello' } }),
    button_press: call({ message: { mid: 'm_2', text: 'Yes', quick_reply: { payload: '3:yes' } } }),
    start: call({ postback: { mid: 'm_3', title: 'Get started', payload: 'GET_STARTED' } }),
    start_payload: call({ referral: { ref: 'promo_42', source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
    image: file('image', 'https://scontent.example.net/photo.jpg?oe=66'),
    file: file('file', 'https://cdn.example.net/bill.pdf?oe=66'),
    audio: file('audio', 'https://cdn.example.net/clip.mp4?oe=66'),
    voice: { comes_as: 'audio' },
    video: file('video', 'https://video.example.net/clip.mp4?oe=66'),
    sticker: call({
      message: { mid: 'm_4', attachments: [{ type: 'sticker', payload: { url: 'https://scontent.example.net/thumb.png', sticker_id: 369239263222822 } }] },
    }),
    location: call({ message: { mid: 'm_5', attachments: [{ type: 'location', payload: { coordinates: { lat: 52.52, long: 13.405 } } }] } }),
    shared_contact: { none: 'Messenger has no contacts to share.' },
    edit: call({ message_edit: { mid: 'm_1', text: 'Hello there', num_edit: 1 } }),
    deletion: call({ message: { mid: 'm_1', is_deleted: true } }),
    block: { none: 'Messenger does not tell that somebody blocked the page; the next message to them fails.' },
    unblock: { none: 'Messenger does not tell that somebody unblocked the page; their next message does.' },
    leave: { none: 'Messenger does not tell that somebody left.' },
    delivered: call({ delivery: { mids: ['m_9'], watermark: 1_790_000_001_500 } }),
    read: call({ read: { watermark: 1_790_000_003_000 } }),
    group_message: { none: 'Pages are not in groups.' },
    unknown: call({ reaction: { mid: 'm_9', action: 'react', emoji: '👍' } }),
  },
}

function call(event: object): Sample {
  const frame = { sender: { id: PERSON }, recipient: { id: PAGE }, timestamp: 1_790_000_000_123 }
  return { body: JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: 1_790_000_000_200, messaging: [{ ...frame, ...event }] }] }) }
}

function file(type: string, url: string): Sample {
  return call({ message: { mid: `m_${type}`, attachments: [{ type, payload: { url } }] } })
}
