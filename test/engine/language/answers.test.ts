import { describe, expect, it } from 'vitest'
import { findEntities, readEmail, readNumber, readPhone } from '../../../server/engine/language/index.ts'
import rows from './answers.json' with { type: 'json' }

const read = {
  number: ({ text, language }: { text: string; language?: string }) => readNumber(text, language),
  email: ({ text }: { text: string }) => readEmail(text),
  phone: ({ text, country }: { text: string; country?: string }) => readPhone(text, country),
}

describe('answers', () => {
  for (const row of rows) {
    const { reads, text, language, country, value } = row as { reads: keyof typeof read; text: string; language?: string; country?: string; value: unknown }
    it(`"${text}" read as ${reads}${language ? ` (${language})` : ''}${country ? ` (${country})` : ''} is ${JSON.stringify(value)}`, () => {
      expect(read[reads]({ text, ...(language !== undefined && { language }), ...(country !== undefined && { country }) })).toBe(value)
    })
  }

  const context = { now: Date.UTC(2026, 10, 18, 12), time_zone: 'UTC', language: 'en', country: 'DE' }

  it('entities are found in a sentence, and each part of it is one thing', () => {
    const sentence = 'I need 3 rooms on 24.12.2026, call +49 30 901820 or write to Ana@Example.com'
    expect(findEntities(sentence, ['number', 'date', 'email', 'phone'], context).map(({ kind, value }) => [kind, value])).toEqual([
      ['email', 'Ana@example.com'],
      ['date', '2026-12-24'],
      ['phone', '+4930901820'],
      ['number', 3],
    ])
  })

  it('kinds that nobody asked for are not given, and are still no other kind', () => {
    expect(findEntities('on 24.12.2026 for 2', ['number'], context)).toEqual([{ kind: 'number', value: 2, text: '2' }])
    expect(findEntities('nothing here', ['number', 'date', 'email', 'phone'], context)).toEqual([])
  })
})
