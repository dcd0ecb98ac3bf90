import { describe, expect, it } from 'vitest'
import { nextTime, readDate } from '../../../server/engine/language/index.ts'
import rows from './dates.json' with { type: 'json' }

// A Wednesday; in Berlin it is already 00:30, in New York still Tuesday.
const now = Date.UTC(2026, 10, 17, 23, 30)

describe('dates', () => {
  for (const { text, language, day } of rows) {
    it(`"${text}"${language ? ` (${language})` : ''} is ${day ?? 'no day'}`, () => {
      expect(readDate(text, { now, time_zone: 'Europe/Berlin', ...(language !== undefined && { language }) })).toBe(day)
    })
  }

  it('rule 36: days are reckoned in the given zone', () => {
    expect(readDate('tomorrow', { now, time_zone: 'Europe/Berlin' })).toBe('2026-11-19')
    expect(readDate('tomorrow', { now, time_zone: 'America/New_York' })).toBe('2026-11-18')
    expect(readDate('tomorrow', { now, time_zone: 'Nowhere/Land' })).toBeNull()
  })

  it('the next time of day is later than now, today or tomorrow', () => {
    const zone = { now, time_zone: 'Europe/Berlin' }
    expect(nextTime('09:00', zone)).toBe(Date.UTC(2026, 10, 18, 8))
    expect(nextTime('0:30', zone)).toBe(Date.UTC(2026, 10, 18, 23, 30))
    for (const text of ['24:00', '9', '9:5', 'noon', '']) expect(nextTime(text, zone), text).toBeNull()
  })

  it('the next time of day keeps the hour of the clock over a change of the clock', () => {
    const evening = Date.UTC(2026, 2, 28, 20)
    expect(nextTime('09:00', { now: evening, time_zone: 'Europe/Berlin' })).toBe(Date.UTC(2026, 2, 29, 7))
    // 02:30 does not exist in that night: the clock shows 03:30 at that moment.
    expect(nextTime('02:30', { now: evening, time_zone: 'Europe/Berlin' })).toBe(Date.UTC(2026, 2, 29, 1, 30))
  })
})
