/** Telephone numbers, and every kind of value at once, in what contacts write. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { type DateContext, findDate } from './dates.ts'
import { emailsIn, type Found, numbersIn } from './figures.ts'
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

const PHONE = /(?<![\p{L}\p{N}])(?:\+|00)?\(?\d[\d ()./\u00a0-]{4,24}\d(?![\p{L}\p{N}])/gu
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
