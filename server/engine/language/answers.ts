/** Values in what contacts write, for questions and for entities of intents. Each reader gives the one value meant, or null. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { NUMBER_WORDS } from './date-words.ts'
import { type DateContext, findDate } from './dates.ts'
import { normalise } from './normalise.ts'

/** Kinds of values that can be found in a sentence. */
export type EntityKind = 'number' | 'date' | 'email' | 'phone'

/** A value in a sentence and the words that said it. */
export interface Entity {
  readonly kind: EntityKind
  readonly value: number | string
  readonly text: string
}

/** What decides how values are read; `country` (ISO 3166, two letters) is where phone numbers without a prefix belong. */
export interface AnswerContext extends DateContext {
  readonly country?: string
}

/** A figure that stands alone: not the middle of a word, an order number such as A-17, a time or a date. */
const NUMBER = /(?<![\p{L}\p{N}.,:/-])[-−+]?\d{1,3}(?:(?:[ '’\u00a0\u202f]\d{3})+|\d*)(?:[.,]\d+)*(?![\d:/-]*\d)/gu
const EMAIL = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}/gu
const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)?\(?\d[\d ()./\u00a0-]{4,24}\d(?![\p{L}\p{N}])/gu
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

/** The one valid phone number in a text, as E.164. Without `country` only numbers with an international prefix can be read. */
export function readPhone(text: string, country?: string): string | null {
  const found = new Set(phonesIn(text, country).map(({ value }) => value))
  return found.size === 1 ? ([...found][0] ?? null) : null
}

/** Every value of the wanted kinds in a sentence. What is one kind is not another too: the digits of a phone number are no number. */
export function findEntities(text: string, kinds: readonly EntityKind[], context: AnswerContext): readonly Entity[] {
  const found: Entity[] = []
  let rest = text.normalize('NFKC')
  const take = (kind: EntityKind, values: readonly { readonly value: number | string; readonly text: string }[]): void => {
    for (const { value, text: said } of values) {
      if (kinds.includes(kind)) found.push({ kind, value, text: said })
      rest = rest.replace(said, ' ')
    }
  }
  take('email', emailsIn(rest))
  const date = findDate(rest, context)
  if (date) {
    if (kinds.includes('date')) found.push({ kind: 'date', value: date.value, text: date.text })
    // The words of a date are normalised; where they were not typed so, only its figures are in the way of numbers.
    rest = normalise(rest).replace(date.text, ' ')
  }
  take('phone', phonesIn(rest, context.country))
  take('number', numbersIn(rest, context.language ?? 'en'))
  return found
}

interface Found<Value> {
  readonly value: Value
  readonly text: string
}

function numbersIn(text: string, language: string): readonly Found<number>[] {
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

function emailsIn(text: string): readonly Found<string>[] {
  return [...text.normalize('NFKC').matchAll(EMAIL)].map(([address]) => {
    const at = address.lastIndexOf('@')
    return { value: address.slice(0, at) + address.slice(at).toLowerCase(), text: address }
  })
}

function phonesIn(text: string, country: string | undefined): readonly Found<string>[] {
  const code = country?.toUpperCase()
  const home: CountryCode | undefined = code !== undefined && isSupportedCountry(code) ? code : undefined
  const found: Found<string>[] = []
  for (const [figure] of text.normalize('NFKC').matchAll(PHONE)) {
    const number = parsePhoneNumberFromString(figure.replace(/^00/, '+'), home)
    if (number?.isValid()) found.push({ value: number.number, text: figure })
  }
  return found
}
