import type { Abilities } from '../../engine/index.ts'

/** Any other messenger behind signed JSON: the figures are ours, and modest because nobody knows what stands behind it. */
export const abilities: Abilities = {
  channel: 'webhook',
  title: 'Webhook',
  text: 4096,
  caption: 1024,
  buttons: { most: 10, label: 40, text: 4096, url: true, payload: 64, as_text: false },
  attachments: {
    image: { send: 'native', max_bytes: 20_000_000 },
    file: { send: 'native', max_bytes: 20_000_000 },
    audio: { send: 'native', max_bytes: 20_000_000 },
    voice: { send: 'native', max_bytes: 20_000_000 },
    video: { send: 'native', max_bytes: 20_000_000 },
  },
  location: 'link',
  typing_ms: 5000,
  edit: false,
  receipts: { delivered: true, read: true },
  tells: { start_payload: true, edited: true, blocked: true, left: false },
  window_hours: null,
  rate: { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 },
  sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
}
