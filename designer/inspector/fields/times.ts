/** Durations and times of day as people write them, and as the file has them. */
import { formatDuration, parseDuration } from '../../../server/engine/index.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const PART = /(\d+(?:[.,]\d+)?)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?![a-z])/g

/** A duration as the file has it: `10 min`, "1.5 hours", "an hour", "1h30m". Undefined when it is none. */
export function readDuration(typed: string): string | undefined {
  const plain = typed
    .trim()
    .toLowerCase()
    .replace(/(\d)(?=[a-z])/g, '$1 ')
  if (parseDuration(plain) !== null) return plain
  const words = plain.replace(/\bhalf an? (?=hour|day)/g, '0.5 ').replace(/\ban? (?=[a-z])/g, '1 ')
  let total = 0
  const rest = words.replace(PART, (_, figure: string, unit: string) => {
    total += Number(figure.replace(',', '.')) * (UNITS[unit.charAt(0)] ?? 0)
    return ''
  })
  // What is left may only join the parts.
  if (total <= 0 || rest.replace(/\band\b|[\s,+]/g, '') !== '') return undefined
  return formatDuration(total)
}

/** A time of day as the file has it: "8:30", "8.30", "8 pm", "noon". Undefined when it is none. */
export function readTimeOfDay(typed: string): string | undefined {
  const plain = typed.trim().toLowerCase()
  if (plain === 'noon') return '12:00'
  if (plain === 'midnight') return '00:00'
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/.exec(plain)
  if (!match) return undefined
  const [, hours = '', minutes, half] = match
  if (minutes === undefined && half === undefined) return undefined
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.startsWith('p') ? 12 : 0)
  if (hour > 23 || Number(minutes ?? 0) > 59 || (half !== undefined && (Number(hours) < 1 || Number(hours) > 12))) return undefined
  return `${String(hour).padStart(2, '0')}:${minutes ?? '00'}`
}
