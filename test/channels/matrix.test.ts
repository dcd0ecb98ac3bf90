/** The table of kinds and channels is complete, and agrees with the abilities. */
import { describe, expect, it } from 'vitest'
import { CHANNELS } from '../../server/channels/index.ts'
import { channelMatrixMarkdown, inboundRows, outboundRows } from '../../server/channels/matrix.ts'

const rows = [...inboundRows(CHANNELS), ...outboundRows(CHANNELS)]

describe('the table of kinds and channels', () => {
  it('has no empty cell, and a reason for everything refused', () => {
    for (const { kind, cells } of rows) {
      expect(Object.keys(cells), kind).toEqual(CHANNELS.map(channel => channel.type))
      for (const cell of Object.values(cells)) {
        expect(['in', 'out', 'fall-back', 'refused']).toContain(cell.verdict)
        if (cell.verdict === 'fall-back' || cell.verdict === 'refused') expect(cell.words, kind).toMatch(/\S/)
      }
    }
    const lines = channelMatrixMarkdown(CHANNELS)
      .split('\n')
      .filter(line => line.startsWith('|') && !line.startsWith('|  |'))
    for (const line of lines)
      expect(
        line
          .replaceAll('\\|', '')
          .split('|')
          .slice(1, -1)
          .every(cell => cell.trim() !== ''),
        line,
      ).toBe(true)
    expect(lines.filter(line => !line.startsWith('| ---'))).toHaveLength(rows.length)
  })

  it.each(CHANNELS)('rule 41: what $type tells in its table is what its adapter reads', channel => {
    const verdict = (kind: string) => rows.find(row => row.kind === kind)?.cells[channel.type]?.verdict === 'in'
    const { tells, receipts } = channel.abilities
    expect({
      start_payload: verdict('Opened by a link with a payload'),
      edited: verdict('Edited message'),
      blocked: verdict('Contact blocked us'),
      left: verdict('Contact left'),
    }).toEqual(tells)
    expect({ delivered: verdict('Delivery receipt'), read: verdict('Read receipt') }).toEqual(receipts)
  })

  it('names the channel that has no examples', () => {
    const [first] = CHANNELS
    if (!first) throw new Error('no channel')
    expect(() => inboundRows([{ ...first, type: 'pigeon' }])).toThrow(/pigeon.*samples\.ts/)
  })
})
