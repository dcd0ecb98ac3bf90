/** The tables of all channels: complete, consistent, and plain data. */
import { describe, expect, it } from 'vitest'
import { ABILITIES } from '../../server/channels/abilities.ts'
import { CHANNELS } from '../../server/channels/index.ts'

const tables = Object.entries(ABILITIES)

describe('rule 41: the tables of abilities', () => {
  it('are there for all eight channels, and those with an adapter use them', () => {
    expect(Object.keys(ABILITIES)).toEqual(['telegram', 'messenger', 'whatsapp', 'line', 'viber', 'vonage', 'webchat', 'webhook'])
    for (const channel of CHANNELS) expect(channel.abilities).toBe(Object.values(ABILITIES).find(table => table.channel === channel.type))
  })

  it.each(tables)('%s: is data that survives JSON', (name, table) => {
    expect(table.channel).toBe(name)
    expect(JSON.parse(JSON.stringify(table))).toEqual(table)
  })

  it.each(tables)('%s: names its sources, unless the figures are ours', (name, table) => {
    if (name === 'webchat') return
    expect(table.sources.length).toBeGreaterThan(0)
    for (const source of table.sources) expect(source).toMatch(/^https:\/\//)
  })

  it.each(tables)('%s: its limits do not contradict each other', (_, { text, caption, buttons, attachments, rate }) => {
    expect(caption).toBeLessThanOrEqual(text)
    expect(buttons.text).toBeLessThanOrEqual(text)
    // Payloads of ours have up to 64 bytes (rule 13).
    expect(buttons.payload).toBeGreaterThanOrEqual(64)
    expect(buttons.most === 0).toBe(buttons.label === 0)
    if (buttons.with_url) {
      expect(buttons.url).toBe(true)
      expect(buttons.with_url.most).toBeLessThanOrEqual(buttons.most)
      expect(buttons.with_url.text).toBeLessThanOrEqual(buttons.text)
    }
    for (const { send, max_bytes, caption: own = caption } of Object.values(attachments)) {
      expect(max_bytes > 0).toBe(send === 'native')
      expect(own).toBeLessThanOrEqual(caption)
    }
    for (const [steady, burst] of [
      [rate.per_second, rate.burst],
      [rate.per_contact, rate.per_contact_burst],
    ] as const) {
      expect(burst > 0).toBe(steady > 0)
    }
  })
})
