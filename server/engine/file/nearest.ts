/** Guesses what somebody meant by a name that does not exist. */
import { distance } from 'fastest-levenshtein'

/** The most similar known name, if it is similar enough to be what was meant. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.slice(0, 60)
  let best: string | undefined
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue
    const steps = distance(wanted.toLowerCase(), candidate.toLowerCase())
    if (steps < least && steps < Math.max(wanted.length, candidate.length)) {
      best = candidate
      least = steps
    }
  }
  return best
}

/** " Did you mean "text"?", or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearestName(name, known)
  return near === undefined ? '' : ` Did you mean “${near}”?`
}
