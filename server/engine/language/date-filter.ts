/** The `date` filter of templates: strftime in a given time zone. The only place that prints time (rule 36). */
import { DateTime, type DateTimeOptions } from 'luxon'

const DEFAULT_FORMAT = '%Y-%m-%d %H:%M'
const MOST_WIDTH = 20

/** When and where the text is read. Names of days and months are English without a language. */
export interface DateFacts {
  readonly now: number
  readonly time_zone: string
  readonly language?: string
}

/** The moment `now` as ISO 8601 in the zone, to the second. */
export function isoIn(now: number, timeZone: string): string {
  return DateTime.fromMillis(now, { zone: timeZone }).startOf('second').toISO({ suppressMilliseconds: true }) ?? ''
}

/**
 * Formats a time: "now", an ISO text (without an offset it is meant in the zone), or seconds since 1970 (large figures:
 * milliseconds). What is no time is given back unchanged, as Liquid does.
 */
export function formatDate(value: unknown, format: string | undefined, facts: DateFacts): unknown {
  const time = readTime(value, facts)
  if (!time?.isValid) return value
  return (format ?? DEFAULT_FORMAT).replace(/%([-_0^#]*)(\d*)(:?[a-zA-Z%+])/g, (whole, flags: string, width: string, directive: string) => {
    const field = DIRECTIVES[directive]
    return field ? shape(field(time), flags, width, directive) : whole
  })
}

function readTime(value: unknown, { now, time_zone, language }: DateFacts): DateTime | null {
  const options: DateTimeOptions = { zone: time_zone, locale: language ?? 'en' }
  if (typeof value === 'number') return DateTime.fromMillis(Math.abs(value) > 1e11 ? value : value * 1000, options)
  if (typeof value !== 'string') return null
  if (value === 'now' || value === 'today') return DateTime.fromMillis(now, options)
  if (/^-?\d{1,15}$/.test(value)) return readTime(Number(value), { now, time_zone, ...(language !== undefined && { language }) })
  const text = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T')
  return /^\d{4}-/.test(text) ? DateTime.fromISO(text, options) : null
}

/** What a directive prints: a figure with its width and filling, or a text. */
type Field = { readonly figure: number; readonly width: number; readonly fill?: string } | string

const two = (figure: number): Field => ({ figure, width: 2 })
const twelve = (hour: number): number => hour % 12 || 12
const text = (time: DateTime, format: string): string => time.toFormat(format)

const DIRECTIVES: Readonly<Record<string, (time: DateTime) => Field>> = {
  a: time => text(time, 'ccc'),
  A: time => text(time, 'cccc'),
  b: time => text(time, 'LLL'),
  B: time => text(time, 'LLLL'),
  h: time => text(time, 'LLL'),
  c: time => `${text(time, 'ccc LLL')} ${String(time.day).padStart(2)} ${text(time, 'HH:mm:ss yyyy')}`,
  C: time => two(Math.floor(time.year / 100)),
  d: time => two(time.day),
  D: time => text(time, 'MM/dd/yy'),
  e: time => ({ figure: time.day, width: 2, fill: ' ' }),
  F: time => text(time, 'yyyy-MM-dd'),
  H: time => two(time.hour),
  I: time => two(twelve(time.hour)),
  j: time => ({ figure: time.ordinal, width: 3 }),
  k: time => ({ figure: time.hour, width: 2, fill: ' ' }),
  l: time => ({ figure: twelve(time.hour), width: 2, fill: ' ' }),
  L: time => ({ figure: time.millisecond, width: 3 }),
  m: time => two(time.month),
  M: time => two(time.minute),
  n: () => '\n',
  p: time => (time.hour < 12 ? 'AM' : 'PM'),
  P: time => (time.hour < 12 ? 'am' : 'pm'),
  r: time => `${String(twelve(time.hour)).padStart(2, '0')}:${text(time, 'mm:ss')} ${time.hour < 12 ? 'AM' : 'PM'}`,
  R: time => text(time, 'HH:mm'),
  s: time => ({ figure: Math.floor(time.toSeconds()), width: 1 }),
  S: time => two(time.second),
  t: () => '\t',
  T: time => text(time, 'HH:mm:ss'),
  u: time => ({ figure: time.weekday, width: 1 }),
  V: time => two(time.weekNumber),
  w: time => ({ figure: time.weekday % 7, width: 1 }),
  x: time => text(time, 'MM/dd/yy'),
  X: time => text(time, 'HH:mm:ss'),
  y: time => two(time.year % 100),
  Y: time => ({ figure: time.year, width: 4 }),
  z: time => text(time, 'ZZZ'),
  ':z': time => text(time, 'ZZ'),
  Z: time => text(time, 'ZZZZ'),
  '%': () => '%',
}

/** Applies the flags: `-` no filling, `_` spaces, `0` zeros, `^` capitals; `width` widens. */
function shape(field: Field, flags: string, width: string, directive: string): string {
  const wide = Math.min(Number(width) || 0, MOST_WIDTH)
  let printed: string
  if (typeof field === 'string') {
    printed = field.padStart(wide, flags.includes('0') ? '0' : ' ')
  } else {
    const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (field.fill ?? '0')
    printed = flags.includes('-') ? String(field.figure) : String(field.figure).padStart(Math.max(field.width, wide), fill)
  }
  if (flags.includes('^')) return printed.toUpperCase()
  return flags.includes('#') && directive === 'p' ? printed.toLowerCase() : printed
}
