/** Numbers and e-mail addresses in what contacts write. Each reader gives the one value meant, or null. */
import { NUMBER_WORDS } from './date-words.ts'
import { normalise } from './normalise.ts'

/** A figure that stands alone: not the middle of a word, an order number such as A-17, a time or a date. */
const NUMBER = /(?<![\p{L}\p{N}.,:/-])[-−+]?\d{1,3}(?:(?:[ '’\u00a0\u202f]\d{3})+|\d*)(?:[.,]\d+)*(?![\d:/-]*\d)/gu
const EMAIL = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}/gu
/** Languages whose decimal sign is a point. */
const POINT_LANGUAGES = new Set(['en', 'ja', 'zh', 'ko', 'th', 'he', 'hi'])

/** The one number in a text, in figures or as a word up to twelve; null for none, for several, and beyond 15 digits. */
export function readNumber(text: string, language = 'en'): number | null {
  const found = numbersIn(text, language)
  const [only] = found
  if (only) return found.length === 1 ? only.value : null
  const word = normalise(text).replace(/[.!?]+$/, '')
  return word === 'a' || word === 'an' ? null : (NUMBER_WORDS[word] ?? null)
}

/** The one e-mail address in a text, its domain in lower case. */
export function readEmail(text: string): string | null {
  const found = new Set(emailsIn(text).map(({ value }) => value))
  return found.size === 1 ? ([...found][0] ?? null) : null
}

/** A value and the words that said it. */
export interface Found<Value> {
  readonly value: Value
  readonly text: string
}

/** Every number in figures. */
export function numbersIn(text: string, language: string): readonly Found<number>[] {
  const found: Found<number>[] = []
  for (const [figure] of text.normalize('NFKC').matchAll(NUMBER)) {
    const value = numberOf(figure, language)
    if (value !== null) found.push({ value, text: figure })
  }
  return found
}

function numberOf(figure: string, language: string): number | null {
  const plain = figure.replace(/[ '’\u00a0\u202f]/g, '').replace('−', '-')
  const decimal = decimalSign(plain, POINT_LANGUAGES.has(language.slice(0, 2).toLowerCase()) ? '.' : ',')
  const normal = plain.replace(decimal === '.' ? /,/g : /\./g, '').replace(',', '.')
  if (normal.replace(/\D/g, '').length > 15 || !/^[-+]?\d+(?:\.\d+)?$/.test(normal)) return null
  return Number(normal)
}

/** Which sign is the decimal one: of two the last; one that comes again groups thousands; one before three digits is as the language has it. */
function decimalSign(figure: string, usual: '.' | ','): '.' | ',' {
  const points = figure.split('.').length - 1
  const commas = figure.split(',').length - 1
  if (points > 0 && commas > 0) return figure.lastIndexOf('.') > figure.lastIndexOf(',') ? '.' : ','
  if (points > 1) return ','
  if (commas > 1) return '.'
  if (points + commas === 1 && !/^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(figure)) return points === 1 ? '.' : ','
  return usual
}

/** Every e-mail address. */
export function emailsIn(text: string): readonly Found<string>[] {
  return [...text.normalize('NFKC').matchAll(EMAIL)].map(([address]) => {
    const at = address.lastIndexOf('@')
    return { value: address.slice(0, at) + address.slice(at).toLowerCase(), text: address }
  })
}
