/** Times as they are said: "Today, 10:14", "Tue 17 Nov, 14:02". */
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** "10:14". */
export function clockTime(at: number): string {
  return clock.format(at)
}

/** The line above the first message of a day; says the year only when it is another one. */
export function dayLine(at: number, now: number): string {
  return `${dayName(at, now)}, ${clockTime(at)}`
}

/** True when both are on one calendar day of the visitor. */
export function isSameDay(one: number, other: number): boolean {
  return startOfDay(one) === startOfDay(other)
}

function dayName(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const [then, today] = [new Date(at), new Date(now)]
  const year = then.getFullYear() === today.getFullYear() ? '' : ` ${then.getFullYear()}`
  return `${weekday.format(at)} ${date.format(at)}${year}`
}

function startOfDay(at: number): number {
  const day = new Date(at)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}
