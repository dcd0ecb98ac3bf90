import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DURATION_PATTERN, formatDuration, parseDuration, sayDuration } from '../../../server/engine/language/index.ts'

describe('durations', () => {
  const rows: Readonly<Record<string, number | null>> = {
    '30 s': 30_000,
    '90s': 90_000,
    '5 min': 300_000,
    '2 h': 7_200_000,
    '3 days': 259_200_000,
    '1 hour': 3_600_000,
    '1 h 30 min': 5_400_000,
    '0 s': 0,
    '5': null,
    '5 m': null,
    '-5 min': null,
    '1.5 h': null,
    '5 min and': null,
    '': null,
  }
  for (const [text, ms] of Object.entries(rows)) it(`"${text}" is ${ms === null ? 'no duration' : `${ms} ms`}`, () => expect(parseDuration(text)).toBe(ms))

  it('are printed as the file has them, and read back the same', () => {
    expect(formatDuration(5_400_000)).toBe('1 h 30 min')
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), seconds => {
        expect(formatDuration(seconds * 1000)).toMatch(new RegExp(DURATION_PATTERN))
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000)
      }),
    )
  })

  it('are said as a sentence has them', () => {
    expect(sayDuration(300_000)).toBe('5 minutes')
    expect(sayDuration(90_060_000)).toBe('1 day 1 hour 1 minute')
    expect(sayDuration(0)).toBe('0 seconds')
  })
})
