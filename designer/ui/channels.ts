/** Icons of the channels (16 by 16), by the channel's name in the API. */
const CHANNELS: Readonly<Record<string, string>> = {
  telegram: 'M13.5 3 2.5 7.4l3.7 1.3 1.3 4 2-2.5 3 2.2zM6.2 8.7 13.5 3',
  webchat: 'M2.5 3h11v10h-11zM2.5 5.5h11M5 8h4M5 10.3h2.5',
  whatsapp: 'M2.8 13.2l.8-2.7A5.5 5.5 0 1 1 5.7 12.5zM6.2 6c.2 2 1.6 3.5 3.7 3.8',
  messenger: 'M8 2.5c3.2 0 5.7 2.3 5.7 5.3S11.2 13 8 13c-.6 0-1.2-.1-1.7-.2L4 13.9v-2.2A5 5 0 0 1 2.3 7.8c0-3 2.5-5.3 5.7-5.3zM5 9l2-2 2 1.5L11 7',
  line: 'M8 2.8c3.2 0 5.7 2 5.7 4.6 0 2.7-3 4.6-5.7 6.4v-1.9c-3.2 0-5.7-2-5.7-4.5S4.8 2.8 8 2.8zM5 6v2.6h1.3M8 6v2.6M9.7 6v2.6h1.3',
  viber: 'M4 2.5h8A1.5 1.5 0 0 1 13.5 4v5a1.5 1.5 0 0 1-1.5 1.5H9L6.5 13v-2.5H4A1.5 1.5 0 0 1 2.5 9V4A1.5 1.5 0 0 1 4 2.5zM6 5c.2 1.8 1.4 3 3.3 3.2',
  webhook: 'M6.5 5.5 3 8l3.5 2.5M9.5 5.5 13 8l-3.5 2.5',
}

/** The icon of a channel; a plain bubble for one without. */
export function channelIcon(channel: string): string {
  return CHANNELS[channel] ?? 'M4 3h8a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 12 11H7.5l-3 2.5V11H4a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 4 3z'
}
