import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileWords, normalise } from '../../../server/engine/language/index.ts'
import rows from './words.json' with { type: 'json' }

interface Row {
  readonly name: string
  readonly cases: Readonly<Record<string, readonly string[]>>
  readonly text: string
  readonly typos?: boolean
  readonly finds: string | null
  readonly typed?: string
  readonly exact?: boolean
}

describe('words', () => {
  // JSON widens each row to a type of its own; the table states only what matters.
  for (const { name, cases, text, typos = true, finds, ...wanted } of rows as unknown as readonly Row[]) {
    it(name, () => {
      const matcher = compileWords(
        Object.entries(cases).map(([id, words]) => ({ id, words })),
        { typos },
      )
      const found = matcher.match(text)
      expect(found?.id ?? null).toBe(finds)
      if (found) expect(found).toMatchObject(wanted)
    })
  }

  it('rule 14: every word of a list is found exactly wherever it stands between other words', () => {
    const word = fc.stringMatching(/^[a-zäöüéß]{1,12}$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8, selector: normalise }),
        fc.nat(),
        fc.stringMatching(/^[0-9 ,.!]{0,8}$/),
        (words, pick, around) => {
          const chosen = words[pick % words.length] ?? ''
          const matcher = compileWords(
            words.map(each => ({ id: each, words: [each] })),
            { typos: true },
          )
          expect(matcher.match(`${around} ${chosen.toUpperCase()} ${around}`)).toMatchObject({ id: chosen, exact: true })
        },
      ),
    )
  })

  it('rule 19: a whole message equals a word or a command, with or without the name of the bot', () => {
    const matcher = compileWords([{ id: 'stop', words: ['stop', '/stop', 'leave me alone'] }], { typos: false })
    for (const text of ['Stop', ' STOP! ', '/stop', '/stop@parley_bot', 'Leave me alone.']) expect(matcher.equals(text), text).toMatchObject({ id: 'stop' })
    for (const text of ['please stop', '/stopped', '/stop now', 'stp', '', '!', '@parley_bot']) expect(matcher.equals(text), text).toBeNull()
  })
})
