import type { Abilities } from '../../engine/index.ts'

/** WhatsApp Cloud API, Graph API v25.0. */
export const abilities: Abilities = {
  channel: 'whatsapp',
  title: 'WhatsApp',
  text: 4096,
  caption: 1024,
  // Up to three reply buttons, else a list of at most ten rows; an address is a form of its own with one button.
  buttons: { most: 10, label: 20, text: 1024, url: true, payload: 200, as_text: false, with_url: { most: 1, text: 1024 } },
  attachments: {
    image: { send: 'native', max_bytes: 5_000_000 },
    file: { send: 'native', max_bytes: 100_000_000 },
    audio: { send: 'native', max_bytes: 16_000_000, caption: 0 },
    voice: { send: 'native', max_bytes: 16_000_000, caption: 0 },
    video: { send: 'native', max_bytes: 16_000_000 },
  },
  location: 'native',
  typing_ms: 25_000,
  edit: false,
  receipts: { delivered: true, read: true },
  tells: { start_payload: false, edited: false, blocked: false, left: false },
  window_hours: 24,
  // 80 a second and number count both directions, so half of it is ours.
  rate: { per_second: 40, burst: 20, per_contact: 0, per_contact_burst: 0 },
  sources: [
    'https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput',
    'https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media',
    'https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators',
  ],
}
