/** Reads JSON strictly: line and column of every mistake, and no key twice. JSON.parse gives neither, and its words differ between browsers. */

/** The value, or what is wrong and where. Lines and columns count from 1. */
export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly message: string }

/** Deeper values are refused, so that no later walk runs out of stack. */
export const JSON_DEPTH = 64

const spaces = /[ \t\n\r]*/y
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string.
const strings = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const words = /true|false|null/y

/** Reads one JSON value from a text; nothing may follow it. */
export function readJson(text: string): JsonReading {
  // A byte order mark is invisible in editors, so a message about it would only puzzle.
  const reader: Reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0 }
  try {
    const value = readValue(reader, 0)
    skipSpace(reader)
    if (reader.at < text.length) throw new Mistake(reader.at, 'the file should end here')
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    const before = text.slice(0, error.at).split('\n')
    return { ok: false, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: error.message }
  }
}

interface Reader {
  readonly text: string
  at: number
}

class Mistake extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

function readValue(reader: Reader, depth: number): unknown {
  skipSpace(reader)
  if (depth > JSON_DEPTH) throw new Mistake(reader.at, `values are nested deeper than ${JSON_DEPTH} levels`)
  const next = reader.text[reader.at]
  if (next === '{') return readObject(reader, depth)
  if (next === '[') return readArray(reader, depth)
  if (next === '"') return readString(reader)
  const word = match(reader, words)
  if (word !== undefined) return word === 'null' ? null : word === 'true'
  const number = match(reader, numbers)
  if (number === undefined) throw new Mistake(reader.at, `a value is expected, found ${found(reader)}`)
  const value = Number(number)
  if (!Number.isFinite(value)) throw new Mistake(reader.at - number.length, `the number ${number.slice(0, 40)} is too large`)
  return value
}

function readObject(reader: Reader, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  reader.at++
  skipSpace(reader)
  if (take(reader, '}')) return object
  for (;;) {
    skipSpace(reader)
    const at = reader.at
    if (reader.text[at] !== '"') throw new Mistake(at, `a key in double quotes is expected, found ${found(reader)}`)
    const key = readString(reader)
    if (key === '__proto__') throw new Mistake(at, 'the key “__proto__” is not allowed')
    if (Object.hasOwn(object, key)) throw new Mistake(at, `the key “${key}” is there twice`)
    skipSpace(reader)
    if (!take(reader, ':')) throw new Mistake(reader.at, `a colon is expected after “${key}”, found ${found(reader)}`)
    object[key] = readValue(reader, depth + 1)
    skipSpace(reader)
    if (take(reader, '}')) return object
    if (!take(reader, ',')) throw new Mistake(reader.at, `a comma or } is expected, found ${found(reader)}`)
  }
}

function readArray(reader: Reader, depth: number): unknown[] {
  const array: unknown[] = []
  reader.at++
  skipSpace(reader)
  if (take(reader, ']')) return array
  for (;;) {
    array.push(readValue(reader, depth + 1))
    skipSpace(reader)
    if (take(reader, ']')) return array
    if (!take(reader, ',')) throw new Mistake(reader.at, `a comma or ] is expected, found ${found(reader)}`)
  }
}

function readString(reader: Reader): string {
  const literal = match(reader, strings)
  if (literal === undefined) throw new Mistake(reader.at, 'this text has no closing quote on its line, or holds a character that must be escaped')
  if (!literal.includes('\\')) return literal.slice(1, -1)
  const value: unknown = JSON.parse(literal)
  return String(value)
}

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  const text = pattern.exec(reader.text)?.[0]
  if (text !== undefined) reader.at += text.length
  return text
}

function take(reader: Reader, mark: string): boolean {
  if (reader.text[reader.at] !== mark) return false
  reader.at++
  return true
}

function skipSpace(reader: Reader): void {
  match(reader, spaces)
}

function found(reader: Reader): string {
  const point = reader.text.codePointAt(reader.at)
  return point === undefined ? 'the end of the file' : `“${String.fromCodePoint(point)}”`
}
