/** Times of the history, as they are said: "Tue 17 Nov 14:02", "3 minutes ago". */
import { sayDuration } from '../../server/engine/index.ts'

const MINUTE_MS = 60_000
const RECENT_MS = 60 * MINUTE_MS

/** A moment; within the last hour how long ago it was, in another year with the year. */
export function sayWhen(at: number, now: number): string {
  const ago = now - at
  if (ago >= 0 && ago < MINUTE_MS) return 'just now'
  if (ago >= 0 && ago < RECENT_MS) return `${sayDuration(Math.floor(ago / MINUTE_MS) * MINUTE_MS)} ago`
  const date = new Date(at)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return format.format(date).replaceAll(',', '')
}
