/** Durations as people write them: `30 s`, `5 min`, `2 h`, `3 days`, and sums such as `1 h 30 min`. */

const PART = '\\d{1,6} ?(?:seconds?|sec|s|minutes?|min|hours?|h|days?|d)'

/** What a duration in a flow file looks like; source of a regular expression. */
export const DURATION_PATTERN = `^${PART}(?: ${PART})*$`

const WHOLE = new RegExp(DURATION_PATTERN)
const PARTS = /(\d+) ?([a-z])/g

/** Units, largest first: milliseconds, as the file has them, as a sentence has them. */
const UNITS = [
  { ms: 86_400_000, short: 'd', long: 'day' },
  { ms: 3_600_000, short: 'h', long: 'hour' },
  { ms: 60_000, short: 'min', long: 'minute' },
  { ms: 1_000, short: 's', long: 'second' },
] as const

/** Milliseconds of a duration; null when the text is none. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim()
  if (!WHOLE.test(trimmed)) return null
  let total = 0
  for (const [, figure, initial] of trimmed.matchAll(PARTS)) {
    const unit = UNITS.find(({ short }) => short.charAt(0) === initial)
    if (unit) total += Number(figure) * unit.ms
  }
  return total
}

/** A duration as the file has it, to the second: `1 h 30 min`. */
export function formatDuration(ms: number): string {
  return parts(ms, ({ short }, figure) => `${figure} ${short}`) || '0 s'
}

/** A duration as an English sentence has it, to the second: `1 hour 30 minutes`. */
export function sayDuration(ms: number): string {
  return parts(ms, ({ long }, figure) => `${figure} ${long}${figure === 1 ? '' : 's'}`) || '0 seconds'
}

function parts(ms: number, print: (unit: (typeof UNITS)[number], figure: number) => string): string {
  const printed: string[] = []
  let rest = Math.max(0, Math.round(ms / 1000) * 1000)
  for (const unit of UNITS) {
    const figure = Math.floor(rest / unit.ms)
    if (figure > 0) printed.push(print(unit, figure))
    rest -= figure * unit.ms
  }
  return printed.join(' ')
}
