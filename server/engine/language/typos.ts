/** How far two words may differ and still be one (rule 14). */
import { distance } from 'fastest-levenshtein'

/** Typos forgiven in a word of the author: 0 up to 4 letters, 1 up to 7, 2 above. Figures mean what they say, so 0 with a digit. */
export function typosAllowed(word: string): number {
  if (word.length <= 4 || /\p{N}/u.test(word)) return 0
  return word.length <= 7 ? 1 : 2
}

/** Whether `typed` is `word` with at most `typos` letters changed, missing, added, or swapped with their neighbour. */
export function isWithin(typed: string, word: string, typos: number): boolean {
  if (typed === word) return true
  if (typos === 0) return false
  const edits = distance(typed, word)
  if (edits <= typos) return true
  // A swap is two plain edits, so only up to twice the number can still be within.
  return edits <= 2 * typos && distanceWithSwaps(typed, word) <= typos
}

/** Edit distance in which swapping two neighbours counts one (optimal string alignment). */
function distanceWithSwaps(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + changed)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
