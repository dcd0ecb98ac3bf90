/** Ids of rows: letters and digits, sorted by the time they were made, so that new rows lie side by side. */
import { customAlphabet } from 'nanoid'

const tail = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 8)

/** A new id; 8 random characters make two of one millisecond different. */
export function makeId(now: number): string {
  return now.toString(36) + tail()
}
