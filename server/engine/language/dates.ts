/** Days and times as contacts write them. Everything is reckoned in a given zone from a given moment, never from the machine's. */
import { DateTime } from 'luxon'
import { DAY_WORDS, MONTHS, NEXT, NUMBER_WORDS, SPAN_WORDS, THIS, WEEKDAYS } from './date-words.ts'
import { normalise } from './normalise.ts'

/** When, where and in which language a text was written. */
export interface DateContext {
  readonly now: number
  readonly time_zone: string
  /** Decides what 3/4/2026 is: the third of April, except for `en-US`. */
  readonly language?: string
}

/** A day found in a text: ISO date, and the words that said it (normalised). */
export interface FoundDate {
  readonly value: string
  readonly text: string
}

/**
 * The day a text names, as `YYYY-MM-DD`: ISO, 24.12.2026, 24/12/2026, "24 December", "tomorrow", "in two weeks", "friday" (the
 * coming one), "next friday" (that of next week), in English and German. A day without a year is the next such day. Null for none.
 */
export function readDate(text: string, context: DateContext): string | null {
  return findDate(text, context)?.value ?? null
}

/** The first way of saying a day that the text holds. */
export function findDate(text: string, context: DateContext): FoundDate | null {
  const today = DateTime.fromMillis(context.now, { zone: context.time_zone }).startOf('day')
  if (!today.isValid) return null
  const normalised = normalise(text)
  for (const { pattern, read } of FORMS) {
    for (const found of normalised.matchAll(pattern)) {
      const day = read(found, today, context.language ?? 'en')
      if (day?.isValid) return { value: day.toFormat('yyyy-MM-dd'), text: found[0].trim() }
    }
  }
  return null
}

/**
 * The next moment (ms) at which a clock in the zone shows `HH:MM`, later than `now`; null when the text is no time. Where the clock
 * is put forward over that time, the moment is later by the same step.
 */
export function nextTime(text: string, { now, time_zone }: { readonly now: number; readonly time_zone: string }): number | null {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim())
  if (!found) return null
  const time = { hour: Number(found[1]), minute: Number(found[2]), second: 0, millisecond: 0 }
  const local = DateTime.fromMillis(now, { zone: time_zone })
  const next = local.set(time)
  if (!next.isValid) return null
  return next.toMillis() > now ? next.toMillis() : local.startOf('day').plus({ days: 1 }).set(time).toMillis()
}

type Read = (found: RegExpMatchArray, today: DateTime, language: string) => DateTime | null

const FORMS: readonly { readonly pattern: RegExp; readonly read: Read }[] = [
  { pattern: /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g, read: ([, year, month, day], today) => dayOf(today, day, month, year) },
  {
    pattern: /(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})?(?![\d.])/g,
    read: ([, day, month, year], today) => dayOf(today, day, month, year),
  },
  {
    pattern: /(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?![\d/-])/g,
    read: ([, first, , second, year], today, language) => ordered(today, first, second, year, language),
  },
  { pattern: /^(\d{1,2})\/(\d{1,2})$/g, read: ([, first, second], today, language) => ordered(today, first, second, undefined, language) },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?(${alternatives(MONTHS)})\\b\\.?,?(?: (\\d{4}))?\\b`, 'g'),
    read: ([, day, month = '', year], today) => dayOf(today, day, MONTHS[month], year),
  },
  {
    pattern: new RegExp(`\\b(${alternatives(MONTHS)})\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?`, 'g'),
    read: ([, month = '', day, year], today) => dayOf(today, day, MONTHS[month], year),
  },
  { pattern: new RegExp(`\\b(${alternatives(DAY_WORDS)})\\b`, 'g'), read: ([, word = ''], today) => today.plus({ days: DAY_WORDS[word] ?? 0 }) },
  {
    pattern: new RegExp(`\\bin (\\d{1,3}|${alternatives(NUMBER_WORDS)}) (${alternatives(SPAN_WORDS)})\\b`, 'g'),
    read: ([, figure = '', span = ''], today) => today.plus({ [SPAN_WORDS[span] ?? 'days']: NUMBER_WORDS[figure] ?? Number(figure) }),
  },
  {
    pattern: new RegExp(`\\b(?:(${NEXT})|(?:${THIS}))? ?\\b(${alternatives(WEEKDAYS)})\\b`, 'g'),
    read: ([, next, word = ''], today) => weekday(today, WEEKDAYS[word] ?? 1, next !== undefined),
  },
]

/** Longest first, so that no word is cut short by one that begins it. */
function alternatives(words: Readonly<Record<string, unknown>>): string {
  return Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .join('|')
}

function weekday(today: DateTime, day: number, ofNextWeek: boolean): DateTime {
  if (ofNextWeek) return today.plus({ days: 7 - today.weekday + day })
  return today.plus({ days: (day - today.weekday + 7) % 7 || 7 })
}

/** Day and month in the order of the language, or in the only one that makes a day. */
function ordered(today: DateTime, first: string | undefined, second: string | undefined, year: string | undefined, language: string): DateTime | null {
  const monthFirst = Number(second) > 12 || (language.toLowerCase() === 'en-us' && Number(first) <= 12)
  return monthFirst ? dayOf(today, second, first, year) : dayOf(today, first, second, year)
}

function dayOf(today: DateTime, day: string | undefined, month: string | number | undefined, year: string | undefined): DateTime | null {
  const fields = { day: Number(day), month: Number(month) }
  if (year !== undefined) return inYear(today, fields, year.length === 2 ? 2000 + Number(year) : Number(year))
  const thisYear = inYear(today, fields, today.year)
  if (thisYear?.isValid && thisYear >= today) return thisYear
  return inYear(today, fields, today.year + 1)
}

function inYear(today: DateTime, fields: { readonly day: number; readonly month: number }, year: number): DateTime | null {
  const made = DateTime.fromObject({ year, ...fields }, { zone: today.zone })
  return made.isValid ? made : null
}
