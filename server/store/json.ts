/** JSON columns. What they hold was written by this store, so it is trusted and only given its type again. */

/** Reads a column that we wrote ourselves. */
export function readJson<T>(text: string): T {
  return JSON.parse(text) as T
}

/** Reads a column that may be null. */
export function readJsonOrNull<T>(text: string | null): T | null {
  return text === null ? null : readJson<T>(text)
}

/** Writes a column that may be null. */
export function writeJsonOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}
