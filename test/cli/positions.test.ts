import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSpans, positionOf, spanOf } from '../../server/cli/positions.ts'

const text = `{
  "id": "asks",
  "a/b": { "~": [10, [20, "x: {"]] },
  "empty": {}
}`

describe('places in a JSON text', () => {
  const rows: readonly (readonly [pointer: string, line: number, column: number, text: string])[] = [
    ['', 1, 1, text],
    ['/id', 2, 3, '"id": "asks"'],
    ['/a~1b', 3, 3, '"a/b": { "~": [10, [20, "x: {"]] }'],
    ['/a~1b/~0/0', 3, 18, '10'],
    ['/a~1b/~0/1/1', 3, 27, '"x: {"'],
    ['/empty', 4, 3, '"empty": {}'],
  ]
  it.each(rows)('%s is at %i:%i', (pointer, line, column, wanted) => {
    const span = spanOf(findSpans(text), pointer)
    expect(positionOf(text, span?.start ?? -1)).toEqual({ line, column })
    expect(text.slice(span?.start, span?.end)).toBe(wanted)
  })

  it('what is not there yet is where it would go', () => {
    const spans = findSpans(text)
    expect(spanOf(spans, '/empty/exits/next')).toEqual(spans.get('/empty'))
    expect(spanOf(spans, '/nothing')).toEqual(spans.get(''))
  })

  it('every value of any JSON is found where it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const printed = JSON.stringify(value, null, indent)
        const spans = findSpans(printed)
        for (const [pointer, inner] of valuesOf(JSON.parse(printed), '')) {
          const span = spans.get(pointer)
          const found = printed.slice(span?.start, span?.end)
          const isMember = span !== undefined && JSON.stringify(inner) !== JSON.stringify(tryParse(found))
          expect(tryParse(isMember ? found.slice(found.indexOf(':', lengthOfKey(found)) + 1) : found)).toEqual(inner)
        }
      }),
      { numRuns: 200 },
    )
  })
})

function* valuesOf(value: unknown, pointer: string): Generator<readonly [string, unknown]> {
  yield [pointer, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* valuesOf(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
}

function lengthOfKey(member: string): number {
  return /^"(?:[^"\\]|\\.)*"/.exec(member)?.[0].length ?? 0
}

function tryParse(printed: string): unknown {
  try {
    return JSON.parse(printed)
  } catch {
    return undefined
  }
}
