/** How long to wait before the next try: doubling, with jitter so that many do not come back together. */

const FIRST_MS = 1000
const LONGEST_MS = 5 * 60_000

/** Milliseconds before try number `attempts + 1`; never less than what the vendor asked for. `random` is from 0 to below 1. */
export function backoffMs(attempts: number, askedMs: number | undefined, random: number): number {
  const own = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20))
  return Math.max(askedMs ?? 0, Math.round(own * (0.5 + random)))
}
