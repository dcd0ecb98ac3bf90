import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../server/engine/language/index.ts'

function pattern(source: string) {
  const compiled = compilePattern(source)
  if (!compiled.ok) throw new Error(compiled.message)
  return compiled.pattern
}

describe('patterns', () => {
  it('finds anywhere, ignoring case, and gives groups by number and name', () => {
    expect(pattern('ORD-(?P<number>\\d+)(x)?').exec('my order ord-77!')).toEqual({ match: 'ord-77', 1: '77', number: '77' })
    expect(pattern('^\\d{4}$').test('12345')).toBe(false)
    expect(pattern('^\\p{L}+$').test('Größe')).toBe(true)
    expect(pattern('a').exec('b')).toBeNull()
  })

  it('takes no longer for a pattern that makes other engines hang', () => {
    const before = performance.now()
    expect(pattern('^(a+)+$').test(`${'a'.repeat(4000)}!`)).toBe(false)
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it('searches the first 4 kB only', () => {
    expect(pattern('end').test(`${' '.repeat(4093)}end`)).toBe(true)
    expect(pattern('end').test(`${' '.repeat(4094)}end`)).toBe(false)
  })

  const refusals: Readonly<Record<string, string>> = {
    '(?=a)b': 'Looking ahead or behind, as in (?=…) or (?<!…), is not possible in a pattern.',
    '(a)\\1': 'Referring back to a group, as in \\1, is not possible in a pattern.',
    'a(b': 'A bracket “(” is not closed: a(b.',
    '[a': 'A bracket “[” is not closed: [a.',
    '*': 'There is nothing to repeat before this sign: *.',
    'a{2000}': 'It repeats too often (at most 1000 times): {2000}.',
    '\\': 'It ends with a single “\\”.',
  }
  for (const [source, message] of Object.entries(refusals)) {
    it(`says in plain words why ${source} is no pattern`, () => {
      const compiled = compilePattern(source)
      expect(compiled.ok ? '' : compiled.message.replace(/\.?$/, '.')).toBe(message)
    })
  }
})
