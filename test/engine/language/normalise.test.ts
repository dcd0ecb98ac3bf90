import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, normalise, tokens } from '../../../server/engine/language/index.ts'

describe('normalise', () => {
  it('rule 14: case, accents, width and white space are folded', () => {
    expect(normalise('  Über\tCAFÉ  Ｎｏ．１ ')).toBe('uber cafe no.1')
    expect(normalise('ΛΌΓΟΣ')).toBe(normalise('λόγος'))
    expect(normalise('İstanbul')).toBe(normalise('istanbul'))
    expect(normalise('Straße')).toBe(normalise('STRASSE'))
  })

  it('keeps marks without which another word is meant', () => {
    expect(normalise('が')).not.toBe(normalise('か'))
    expect(normalise('कि')).not.toBe(normalise('क'))
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(normalise(normalise(text))).toBe(normalise(text))
      }),
    )
  })

  it('gives the same for plain ASCII on its fast path as on the long one', () => {
    // A combining accent on a letter is folded away, but leaves the fast path.
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), text => {
        expect(normalise(`${text} x\u0301`)).toBe(normalise(`${text} x`))
      }),
    )
  })

  it('cuts words of any script, with their inner apostrophes', () => {
    expect(tokens(normalise("Don't ask: où est l’été, 42 раз 'ok' 𝒳"))).toEqual(["don't", 'ask', 'ou', 'est', "l'ete", '42', 'раз', 'ok', 'x'])
  })

  it('takes NUL and halves of pairs out of a text and nothing else', () => {
    expect(cleanText('a\u0000b\ud83dc👍\udc4d')).toBe('ab\ufffdc👍\ufffd')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(cleanText(text)).toBe(text.replaceAll('\u0000', ''))
      }),
    )
  })
})
