import type { Abilities } from '../../engine/index.ts'

/** Telegram Bot API 10. */
export const abilities: Abilities = {
  channel: 'telegram',
  title: 'Telegram',
  text: 4096,
  caption: 1024,
  // Telegram documents no number of buttons and no label length; these stay readable on a phone and below the "reply markup is too long" error.
  buttons: { most: 50, label: 64, text: 4096, url: true, payload: 64, as_text: false },
  attachments: {
    image: { send: 'native', max_bytes: 10_000_000 },
    file: { send: 'native', max_bytes: 50_000_000 },
    audio: { send: 'native', max_bytes: 50_000_000 },
    voice: { send: 'native', max_bytes: 50_000_000 },
    video: { send: 'native', max_bytes: 50_000_000 },
  },
  location: 'native',
  typing_ms: 5000,
  edit: true,
  receipts: { delivered: false, read: false },
  tells: { start_payload: true, edited: true, blocked: true, left: false },
  window_hours: null,
  // About 30 a second for the bot and 1 a second in a chat, where short bursts pass.
  // 25 with a burst of 5 never lets more than the 30 a second through that Telegram names.
  rate: { per_second: 25, burst: 5, per_contact: 1, per_contact_burst: 3 },
  sources: [
    'https://core.telegram.org/bots/api#sendmessage',
    'https://core.telegram.org/bots/api#sending-files',
    'https://core.telegram.org/bots/api#inlinekeyboardbutton',
    'https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this',
  ],
}
