/** A moment in a time zone as a field for date and time has it, and back. */

/** "2026-11-20T10:14": the wall clock of the zone. */
export function zonedText(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The moment when the zone's clock shows `text`; undefined for no time. A clock that skips it is taken as one hour later. */
export function zonedMoment(text: string, timeZone: string): number | undefined {
  const wanted = utc(text)
  if (wanted === undefined) return undefined
  let at = wanted
  // The second time round a change of the clock between guess and moment is known.
  for (let round = 0; round < 2; round++) at += wanted - (utc(zonedText(at, timeZone)) ?? wanted)
  return at
}

function utc(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : undefined
}
