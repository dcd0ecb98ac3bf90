import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, flowHash, printFlow } from '../../server/engine/file/canonical.ts'
import type { Flow } from '../../server/engine/file/flow.ts'
import { parseFlow } from '../../server/engine/file/parse.ts'
import { randomFlow } from '../helpers/random-flow.ts'
import { parsed } from './parsed.ts'

const hello: Flow = {
  layout: { start: [0, 0], hello: [0, 160.5], $frames: { talk: { at: [-20, -20], text: 'Talk', size: [300, 400] } } },
  blocks: {
    start: { exits: { next: 'hello' }, type: 'start' },
    hello: parsed({ exits: { next: 'bye' }, text: { en: 'Hello', de: 'Hallo' }, type: 'message', note: 'first', label: 'Say hello' }),
    bye: { type: 'end' },
  },
  languages: ['en', 'de'],
  name: 'Hello',
  id: 'hello',
  format: 1,
}

describe('the canonical form', () => {
  it('rule 35: keys go in schema order, maps by id, arrays as given, pairs of numbers on one line', () => {
    expect(printFlow(hello)).toBe(`{
  "format": 1,
  "id": "hello",
  "name": "Hello",
  "languages": [
    "en",
    "de"
  ],
  "blocks": {
    "bye": {
      "type": "end"
    },
    "hello": {
      "type": "message",
      "label": "Say hello",
      "note": "first",
      "text": {
        "de": "Hallo",
        "en": "Hello"
      },
      "exits": {
        "next": "bye"
      }
    },
    "start": {
      "type": "start",
      "exits": {
        "next": "hello"
      }
    }
  },
  "layout": {
    "$frames": {
      "talk": {
        "text": "Talk",
        "at": [-20, -20],
        "size": [300, 400]
      }
    },
    "hello": [0, 160.5],
    "start": [0, 0]
  }
}
`)
  })

  it('rule 35: a random flow survives printing and parsing to the byte, and a printed file is its own canonical form', () => {
    fc.assert(
      fc.property(randomFlow(), flow => {
        const text = printFlow(flow)
        const parsing = parseFlow(text)
        expect(parsing).toEqual({ ok: true, flow })
        if (parsing.ok) expect(printFlow(parsing.flow)).toBe(text)
        expect(printFlow(shuffled(flow))).toBe(text)
      }),
      { numRuns: 80 },
    )
  })
})

describe('the hash', () => {
  it('rule 35: does not see layout, $schema and the order of keys', () => {
    fc.assert(
      fc.property(randomFlow(), flow => {
        const { layout: _layout, ...rest } = flow
        expect(flowHash(shuffled({ ...rest, $schema: 'elsewhere.json', layout: { start: [1, 2] } }))).toBe(flowHash(flow))
      }),
      { numRuns: 50 },
    )
  })

  it('rule 35: is SHA-256 over the RFC 8785 bytes', () => {
    const { layout: _layout, ...rest } = hello
    expect(flowHash(hello)).toBe(createHash('sha256').update(canonicalJson(rest), 'utf8').digest('hex'))
  })

  it('changes with what the flow does', () => {
    expect(flowHash({ ...hello, languages: ['de', 'en'] })).not.toBe(flowHash(hello))
  })
})

describe('RFC 8785', () => {
  it.each([
    // The example of section 3.2.2, sorted in 3.2.3.
    [
      // biome-ignore lint/correctness/noPrecisionLoss: the loss is the point of the vector.
      { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000f\nA\'B"\\\\"/', literals: [null, true, false] },
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ],
    // Keys sort by UTF-16 units (section 3.2.3).
    [
      {
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '\ufb33': 'Hebrew Letter Dalet With Dagesh',
        '1': 'One',
        '\ud83d\ude00': 'Emoji: Grinning Face',
        '\u0080': 'Control',
        '\u00f6': 'Latin Small Letter O With Diaeresis',
      },
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ],
    // Numbers of appendix B.
    [
      [0, -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 295147905179352830000, 9.999999999999997e22, 1e23, 1e21, 999999999999999700000, 0.000001, 1e-7],
      '[0,0,5e-324,1.7976931348623157e+308,9007199254740992,295147905179352830000,9.999999999999997e+22,1e+23,1e+21,999999999999999700000,0.000001,1e-7]',
    ],
  ])('prints its vectors %#', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })
})

function shuffled<T>(value: T): T {
  const turn = (entry: unknown): unknown => {
    if (Array.isArray(entry)) return entry.map(turn)
    if (typeof entry !== 'object' || entry === null) return entry
    return Object.fromEntries(
      Object.entries(entry)
        .reverse()
        .map(([key, inner]) => [key, turn(inner)]),
    )
  }
  return parsed(turn(value))
}
