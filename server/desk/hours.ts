/** Whether a queue is open at a time: its spans by weekday in its own zone, and whole days that are closed. */
import { DateTime } from 'luxon'
import type { QueueHours, Weekday } from '../store/index.ts'

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A span that ends before it begins, or as it begins, runs past midnight. `null`: always open. */
export function isOpen(hours: QueueHours | null, now: number): boolean {
  if (!hours) return true
  const local = DateTime.fromMillis(now, { zone: hours.time_zone })
  return isOpenOn(hours, local, 0) || isOpenOn(hours, local.minus({ days: 1 }), 1)
}

/** `nights` 1: only what began on that day and runs into the next. */
function isOpenOn(hours: QueueHours, day: DateTime, nights: 0 | 1): boolean {
  const weekday = WEEKDAYS[day.weekday - 1]
  const date = day.toISODate()
  if (!weekday || date === null || hours.closed?.includes(date)) return false
  const minute = day.hour * 60 + day.minute
  return (hours.week[weekday] ?? []).some(([from, to]) => {
    const [begins, ends] = [minutesOf(from), minutesOf(to)]
    const overnight = ends <= begins
    if (nights === 1) return overnight && minute < ends
    return minute >= begins && (overnight || minute < ends)
  })
}

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}
