import type { Abilities } from '../../engine/index.ts'

/** Facebook Messenger, Graph API v25.0. */
export const abilities: Abilities = {
  channel: 'messenger',
  title: 'Facebook Messenger',
  text: 2000,
  caption: 0,
  // Quick replies carry the choices; an address needs the button template, which is smaller.
  buttons: { most: 13, label: 20, text: 2000, url: true, payload: 1000, as_text: false, with_url: { most: 3, text: 640 } },
  attachments: {
    image: { send: 'native', max_bytes: 8_000_000 },
    file: { send: 'native', max_bytes: 25_000_000 },
    audio: { send: 'native', max_bytes: 25_000_000 },
    voice: { send: 'native', max_bytes: 25_000_000 },
    video: { send: 'native', max_bytes: 25_000_000 },
  },
  location: 'link',
  typing_ms: 20_000,
  edit: false,
  receipts: { delivered: true, read: true },
  tells: { start_payload: true, edited: true, blocked: false, left: false },
  window_hours: 24,
  // 300 calls a second and page: the burst fits under it together with the steady flow.
  rate: { per_second: 250, burst: 50, per_contact: 0, per_contact_burst: 0 },
  sources: [
    'https://developers.facebook.com/docs/messenger-platform/send-messages',
    'https://developers.facebook.com/docs/messenger-platform/send-messages/quick-replies',
    'https://developers.facebook.com/docs/messenger-platform/send-messages/template/button',
    'https://developers.facebook.com/docs/messenger-platform/overview/rate-limiting',
  ],
}
