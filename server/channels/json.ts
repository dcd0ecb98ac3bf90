/** Reads JSON that nobody vouches for: every value is looked at before it is used. */

/** An object of JSON with unknown values. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** Parses bytes; undefined when they are not JSON. */
export function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The value as an object; undefined for anything else, arrays included. */
export function recordOf(value: unknown): JsonRecord | undefined {
  // Every object that is no array has string keys; the values stay unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined
}

/** The value as a list; empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as a text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The value as a finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A text as the engine takes it: without NUL bytes and lone surrogates, which no store and no messenger can keep. */
export function cleanText(text: string): string {
  return text.replace(/\p{Cs}|\0/gu, '')
}

/** The value as JSON for people to look at; '' when it is nested beyond what can be written. */
export function printJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}
