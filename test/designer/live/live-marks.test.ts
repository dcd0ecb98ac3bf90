import { describe, expect, test } from 'vitest'
import { drawLive, isEmpty, mostLeft, mostWaiting, sayCounts } from '../../../designer/live/live-marks.ts'
import type { Flow } from '../../../server/engine/index.ts'

const flow: Flow = {
  format: 1,
  id: 'f',
  name: 'F',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'ear' } },
    ear: { type: 'listen', timeout: '1 h', exits: { message: 'bye', timeout: 'late' } },
    late: { type: 'abandon', reason: 'silent' },
    bye: { type: 'end', outcome: 'done' },
  },
}
const counts = (came: number, left_here = 0, waits_now = 0, exits: Readonly<Record<string, number>> = {}) => ({ came, left_here, waits_now, exits })
const live = {
  conversations: 1284,
  blocks: { start: counts(1284, 0, 0, { next: 1284 }), ear: counts(1284, 38, 12, { message: 1230, timeout: 4 }), bye: counts(1230), gone: counts(9, 9, 9) },
}

describe('live counts on the canvas', () => {
  test.each([
    { counts: counts(1284, 38, 12), text: '1,284 came, 38 left here, 12 wait now' },
    { counts: counts(1), text: '1 came' },
    { counts: counts(0, 0, 1), text: '0 came, 1 waits now' },
    { counts: counts(0), text: 'Nobody came' },
  ])('are said as "$text"', ({ counts, text }) => {
    expect(sayCounts(counts)).toBe(text)
  })

  test('give every exit its share of those who left, but none to a single one', () => {
    const { blocks } = drawLive(live, flow)
    expect(blocks.get('ear')?.shares).toEqual({ message: '100 %', timeout: 'under 1 %' })
    expect(blocks.get('start')?.shares).toBeUndefined()
  })

  test('shares add up to all who left, also when somebody came by twice', () => {
    const { blocks } = drawLive({ conversations: 5, blocks: { ear: counts(5, 0, 1, { message: 5, timeout: 5 }) } }, flow)
    expect(blocks.get('ear')?.shares).toEqual({ message: '50 %', timeout: '50 %' })
  })

  test('are none when nobody came and nobody waits', () => {
    expect(isEmpty({ conversations: 0, blocks: {} })).toBe(true)
    expect(isEmpty({ conversations: 0, blocks: { ear: counts(0, 0, 1) } })).toBe(false)
    expect(isEmpty(live)).toBe(false)
  })

  test('dim a block that nobody came to', () => {
    const { blocks } = drawLive(live, flow)
    expect(blocks.get('late')).toMatchObject({ states: ['live', 'dimmed'], gist: 'Nobody came' })
    expect(blocks.get('ear')?.states).toEqual(['live'])
    expect(blocks.has('gone')).toBe(false)
  })

  test('make connections wider by the share of all conversations, from 1.75 to 6', () => {
    const { widths } = drawLive(live, flow)
    expect(widths.get('start.next')).toBe(6)
    expect(widths.get('ear.timeout')).toBeCloseTo(1.763, 2)
    expect([...drawLive({ conversations: 0, blocks: {} }, flow).widths.values()].every(width => width === 1.75)).toBe(true)
  })

  test('name where most are left and wait, without blocks that are not in the version', () => {
    expect(mostLeft(live, flow)).toEqual([{ block: 'ear', count: 38, share: 38 / 1284, came: 1284 }])
    expect(mostWaiting(live, flow)).toEqual([{ block: 'ear', count: 12, share: 1, came: 1284 }])
  })
})
