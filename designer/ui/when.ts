/** Points in time as people say them, everywhere in one form: "25 min ago", "16:52", "Fri 20 Nov 16:52". */
import { words } from '../words/en.ts'

// The words around it are English, so the form is one too, whatever the browser speaks.
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const DATE = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const DATE_AND_YEAR = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const SINCE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const SINCE_AND_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** "just now", "25 min ago", "3 h ago", then the moment; `at` and `now` are milliseconds since 1970. */
export function sayWhen(at: number, now: number): string {
  const ago = now - at
  if (ago < MINUTE) return words.times.now
  if (ago < HOUR) return words.times.minutes(Math.floor(ago / MINUTE))
  if (ago < 24 * HOUR) return words.times.hours(Math.floor(ago / HOUR))
  return sayExactly(at, now)
}

/** "today", "3 Sep", "3 Sep 2025": since when something is so. */
export function sayDay(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)]
  if (day.toDateString() === today.toDateString()) return words.times.today
  return (day.getFullYear() === today.getFullYear() ? SINCE : SINCE_AND_YEAR).format(at)
}

/** "Fri 20 Nov 16:52"; with the year when it is not that of `now`. */
export function sayExactly(at: number, now: number = at): string {
  const date = new Date(at).getFullYear() === new Date(now).getFullYear() ? DATE : DATE_AND_YEAR
  return `${date.format(at).replaceAll(',', '')} ${CLOCK.format(at)}`
}

/** "16:52" today, "Fri 20 Nov 16:52" on any other day. */
export function sayShortly(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? CLOCK.format(at) : sayExactly(at, now)
}

/** "16:52". */
export function sayClock(at: number): string {
  return CLOCK.format(at)
}

/** "Friday 20 November": a heading. */
export function sayWholeDay(at: number): string {
  return DAY.format(at)
}
