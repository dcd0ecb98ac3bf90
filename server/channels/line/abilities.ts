import type { Abilities } from '../../engine/index.ts'

/** LINE Messaging API. */
export const abilities: Abilities = {
  channel: 'line',
  title: 'LINE',
  text: 5000,
  caption: 0,
  // Quick replies carry the choices; an address needs the buttons template, which is smaller.
  buttons: { most: 13, label: 20, text: 5000, url: true, payload: 300, as_text: false, with_url: { most: 4, text: 160 } },
  attachments: {
    image: { send: 'native', max_bytes: 10_000_000 },
    file: { send: 'link', max_bytes: 0 },
    audio: { send: 'native', max_bytes: 200_000_000 },
    voice: { send: 'native', max_bytes: 200_000_000 },
    video: { send: 'native', max_bytes: 200_000_000 },
  },
  location: 'native',
  typing_ms: 20_000,
  edit: false,
  receipts: { delivered: false, read: false },
  tells: { start_payload: false, edited: false, blocked: true, left: false },
  // Replies are free for about a minute, pushes always work and count against the monthly quota.
  window_hours: null,
  // 2,000 a second and channel.
  rate: { per_second: 1500, burst: 500, per_contact: 0, per_contact_burst: 0 },
  sources: [
    'https://developers.line.biz/en/reference/messaging-api/',
    'https://developers.line.biz/en/docs/messaging-api/using-quick-reply/',
    'https://github.com/line/line-openapi/blob/main/messaging-api.yml',
  ],
}
