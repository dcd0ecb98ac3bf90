/** Finds the places of a JSON text that JSON Pointers name, so that an editor can jump to a problem. */

/** Where a value is: offsets into the text. For a member of an object it begins with its key. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

interface Open {
  readonly pointer: string
  readonly isObject: boolean
  /** The member or element that is being read, as part of a pointer. */
  part: string
  keyAt: number | undefined
}

/** Every value of a JSON text by its pointer. The text must be valid: a mistake in it gives fewer places, never an error. */
export function findSpans(text: string): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  const opens: Open[] = []
  const starts: number[] = []
  const pointerNow = () => {
    const inner = opens.at(-1)
    return inner ? `${inner.pointer}/${inner.part}` : ''
  }
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const inner = opens.at(-1)
    const end = index + token.length
    if (token === '{' || token === '[') {
      starts.push(inner?.keyAt ?? index)
      opens.push({ pointer: pointerNow(), isObject: token === '{', part: token === '{' ? '' : '0', keyAt: undefined })
    } else if (token === '}' || token === ']') {
      const closed = opens.pop()
      if (closed) spans.set(closed.pointer, { start: starts.pop() ?? index, end })
    } else if (token === ',' && inner) {
      inner.keyAt = undefined
      if (!inner.isObject) inner.part = String(Number(inner.part) + 1)
    } else if (token !== ':' && token !== ',') {
      if (inner?.isObject && inner.keyAt === undefined) {
        inner.keyAt = index
        inner.part = escapePart(unquote(token))
      } else spans.set(pointerNow(), { start: inner?.keyAt ?? index, end })
    }
  }
  return spans
}

/** The place of a pointer, or of the nearest thing around it that is in the text. */
export function spanOf(spans: ReadonlyMap<string, Span>, pointer: string): Span | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const span = spans.get(at)
    if (span || at === '' || !at.includes('/')) return span
  }
}

/** Line and column of an offset. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

function unquote(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    return token
  }
}

function escapePart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
