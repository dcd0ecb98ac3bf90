import type { Abilities } from '../../engine/index.ts'

/** Viber Bot API. */
export const abilities: Abilities = {
  channel: 'viber',
  title: 'Viber',
  text: 7000,
  // Only pictures take a text; Viber says 768, a partner 512: the smaller one is safe.
  caption: 512,
  // A keyboard of up to 24 rows. A whole request is at most 30 kB, so a text beside a full keyboard is shorter. Labels have no limit of Viber's.
  buttons: { most: 24, label: 100, text: 5000, url: true, payload: 64, as_text: true },
  attachments: {
    image: { send: 'native', max_bytes: 1_000_000 },
    file: { send: 'native', max_bytes: 50_000_000, caption: 0 },
    // Sent as files.
    audio: { send: 'native', max_bytes: 50_000_000, caption: 0 },
    voice: { send: 'native', max_bytes: 50_000_000, caption: 0 },
    video: { send: 'native', max_bytes: 26_000_000, caption: 0 },
  },
  location: 'native',
  typing_ms: 0,
  edit: false,
  receipts: { delivered: true, read: true },
  tells: { start_payload: true, edited: false, blocked: true, left: false },
  window_hours: null,
  rate: { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 },
  sources: ['https://developers.viber.com/docs/api/rest-bot-api/', 'https://creators.viber.com/docs/bots-api/'],
}
