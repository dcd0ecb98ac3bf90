import type { Abilities } from '../../engine/index.ts'

/** Vonage Messages API v1: what every channel underneath (WhatsApp, Messenger, Viber, SMS) takes, since a flow cannot know which one it is. */
export const abilities: Abilities = {
  channel: 'vonage',
  title: 'Vonage',
  // Messenger underneath takes 640, SMS and Viber 1,000, WhatsApp 4,096.
  text: 640,
  caption: 0,
  buttons: { most: 0, label: 0, text: 640, url: false, payload: 64, as_text: true },
  // SMS has no files.
  attachments: {
    image: { send: 'link', max_bytes: 0 },
    file: { send: 'link', max_bytes: 0 },
    audio: { send: 'link', max_bytes: 0 },
    voice: { send: 'link', max_bytes: 0 },
    video: { send: 'link', max_bytes: 0 },
  },
  location: 'link',
  typing_ms: 0,
  edit: false,
  receipts: { delivered: true, read: true },
  tells: { start_payload: false, edited: false, blocked: false, left: false },
  window_hours: 24,
  rate: { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 },
  sources: ['https://developer.vonage.com/en/api/messages', 'https://developer.vonage.com/en/messages/overview'],
}
