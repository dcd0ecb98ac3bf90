import type { Abilities } from '../../engine/index.ts'

/** Our own chat page and widget: the figures are ours, chosen for a phone's screen. */
export const abilities: Abilities = {
  channel: 'webchat',
  title: 'Web chat',
  text: 8000,
  caption: 4000,
  buttons: { most: 20, label: 80, text: 8000, url: true, payload: 64, as_text: false },
  attachments: {
    image: { send: 'native', max_bytes: 20_000_000 },
    file: { send: 'native', max_bytes: 20_000_000 },
    audio: { send: 'native', max_bytes: 20_000_000 },
    voice: { send: 'native', max_bytes: 20_000_000 },
    video: { send: 'native', max_bytes: 20_000_000 },
  },
  location: 'link',
  typing_ms: 5000,
  edit: true,
  receipts: { delivered: true, read: true },
  tells: { start_payload: true, edited: false, blocked: false, left: true },
  window_hours: null,
  rate: { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 },
  sources: [],
}
