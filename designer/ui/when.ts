/** Points in time as people say them. */
import { words } from '../words/en.ts'

const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const DATE_AND_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const EXACT = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** "3 min ago", "Tuesday", "9 Nov"; `at` and `now` are milliseconds since 1970. */
export function sayWhen(at: number, now: number): string {
  const ago = now - at
  if (ago < MINUTE) return words.times.now
  if (ago < HOUR) return words.times.minutes(Math.floor(ago / MINUTE))
  if (ago < 24 * HOUR) return words.times.hours(Math.floor(ago / HOUR))
  if (ago < 6 * 24 * HOUR) return DAY.format(at)
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? DATE.format(at) : DATE_AND_YEAR.format(at)
}

/** "today", "3 Sep", "3 Sep 2025": since when something is so. */
export function sayDay(at: number, now: number): string {
  const [day, today] = [new Date(at), new Date(now)]
  if (day.toDateString() === today.toDateString()) return words.times.today
  return (day.getFullYear() === today.getFullYear() ? DATE : DATE_AND_YEAR).format(at)
}

/** "Tue, 17 Nov, 14:02": for a tooltip. */
export function sayExactly(at: number): string {
  return EXACT.format(at)
}
