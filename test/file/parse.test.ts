import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../server/engine/errors.ts'
import { printFlow } from '../../server/engine/file/canonical.ts'
import { explain } from '../../server/engine/file/explain.ts'
import { migrateFormat0 } from '../../server/engine/file/migrate/format-0.ts'
import { parseFlow } from '../../server/engine/file/parse.ts'
import { readJson } from '../../server/engine/file/read-json.ts'
import { isNewerRelease, RELEASE } from '../../server/engine/file/release.ts'
import { FLOW_SCHEMA } from '../../server/engine/file/schema.ts'
import { validateFlow } from '../../server/engine/file/validate.gen.js'
import { randomFlow } from '../helpers/random-flow.ts'
import rows from './parse.json' with { type: 'json' }

interface Row {
  readonly name: string
  readonly text?: string
  readonly file?: unknown
  readonly blocks?: unknown
  readonly problems: readonly Partial<Problem>[]
}

const named = (rows as readonly Row[]).map((row): [string, Row] => [row.name.startsWith('rule') ? row.name : `rule 33: ${row.name}`, row])

describe('a file that is not well-formed', () => {
  it.each(named)('%s', (_name, { text, file, blocks, problems }) => {
    const parsing = parseFlow(text ?? JSON.stringify(file ?? { format: 1, id: 'f', name: 'F', languages: ['en'], blocks }))
    expect(parsing).toMatchObject({ ok: false, problems })
    if (!parsing.ok) expect(parsing.problems).toHaveLength(problems.length)
  })

  it('rule 33: whatever the value, there is an answer in sentences', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything(), fc.json()), value => {
        const parsing = parseFlow(value)
        if (!parsing.ok) for (const problem of parsing.problems) expect(problem.message).toMatch(/[.?]$/)
      }),
      { numRuns: 300 },
    )
  })

  it('is bounded in size and depth', () => {
    expect(parseFlow(`"${'ü'.repeat(2 * 1024 * 1024)}"`)).toMatchObject({
      ok: false,
      problems: [{ code: 'too_large', message: 'The file is larger than 4 MB.' }],
    })
    expect(parseFlow('['.repeat(100_000))).toMatchObject({ ok: false, problems: [{ code: 'invalid_json' }] })
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(parseFlow(deep)).toMatchObject({ ok: false, problems: [{ code: 'too_deep' }] })
    const blocks = Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`b${i}`, { type: 'end' }]))
    expect(parseFlow({ format: 1, id: 'f', name: 'F', languages: ['en'], blocks })).toMatchObject({
      ok: false,
      problems: [{ code: 'too_many', at: '/blocks', message: '“blocks” has 2,001 entries; at most 2,000 are possible.' }],
    })
    expect(parseFlow({ format: 1, id: 'f', name: 'F', languages: ['en'], blocks: { a: { type: 'message', text: 'x'.repeat(20_001) } } })).toMatchObject({
      ok: false,
      problems: [{ code: 'too_long', at: '/blocks/a/text', message: '“text” has 20,001 characters; at most 20,000 are possible.' }],
    })
  })

  it('rule 37: the explanation finds something exactly when the validator refuses', () => {
    const damages = fc.tuple(fc.nat(), fc.constantFrom<unknown>(null, 5, -1, 1.5, '', 'Word', 'x y', [], {}, true, [[]], { id: 'a' }, 'remove', 'rename'))
    fc.assert(
      fc.property(randomFlow(), fc.array(damages, { maxLength: 2 }), (flow, wanted) => {
        const file: unknown = JSON.parse(JSON.stringify(flow))
        for (const [place, value] of wanted) damage(file, place, value)
        expect(explain(FLOW_SCHEMA, file).length === 0).toBe(validateFlow(file))
      }),
      { numRuns: 150 },
    )
  })
})

describe('older formats', () => {
  const samples = readdirSync(new URL('formats/', import.meta.url)).filter(name => /^format-\d+\.json$/.test(name))

  it.each(samples)('rule 34: the kept sample %s is brought up to date', name => {
    const parsing = parseFlow(readFileSync(new URL(`formats/${name}`, import.meta.url), 'utf8'))
    expect(parsing).toMatchObject({ ok: true, migrated_from: Number(/\d+/.exec(name)?.[0]) })
    if (parsing.ok) expect(printFlow(parsing.flow)).toBe(readFileSync(new URL(`formats/${name.replace('.json', '.expected.json')}`, import.meta.url), 'utf8'))
  })

  it('rule 34: a migration never throws and never changes its input', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('blocks', 'connections', 'layout', 'format'), fc.anything()), file => {
        const before = JSON.stringify(file)
        migrateFormat0(file)
        expect(JSON.stringify(file)).toBe(before)
      }),
    )
  })

  it('rule 34: a file of the current format says nothing of a migration', () => {
    expect(parseFlow({ format: 1, id: 'f', name: 'F', languages: ['en'], blocks: {} })).not.toHaveProperty('migrated_from')
  })
})

describe('the release', () => {
  it('rule 34: is that of package.json', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ version: RELEASE })
  })

  it('rule 34: an equal or older one is accepted', () => {
    expect([RELEASE, '0.0.9', '99.0.0', '0.1.1'].map(isNewerRelease)).toEqual([false, false, true, true])
    expect(parseFlow({ format: 1, parley: RELEASE, id: 'f', name: 'F', languages: ['en'], blocks: {} })).toMatchObject({ ok: true })
  })
})

describe('strict JSON', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom('', ' ', '\n\t'), (text, space) => {
        // The one key that is refused; it has a test of its own.
        fc.pre(!text.includes('"__proto__"'))
        expect(readJson(`${space}${text}${space}`)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().chain(text => fc.nat(text.length).map(at => text.slice(0, at) + text.slice(at + 1))),
        ),
        text => {
          const reading = readJson(text)
          if (!reading.ok && /twice|__proto__|too large/.test(reading.message)) return
          expect(reading.ok).toBe(isJson(text))
        },
      ),
      { numRuns: 500 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Changes, removes or renames something somewhere inside. */
function damage(file: unknown, place: number, value: unknown): void {
  const places: { holder: object; key: string }[] = []
  const walk = (holder: unknown) => {
    if (typeof holder !== 'object' || holder === null) return
    for (const key of Object.keys(holder)) {
      places.push({ holder, key })
      walk(Reflect.get(holder, key))
    }
  }
  walk(file)
  const chosen = places[place % places.length]
  if (!chosen) return
  if (value === 'remove' && Array.isArray(chosen.holder)) chosen.holder.splice(Number(chosen.key), 1)
  else if (value === 'remove') Reflect.deleteProperty(chosen.holder, chosen.key)
  else if (value === 'rename' && !Array.isArray(chosen.holder)) {
    Reflect.set(chosen.holder, 'renamed', Reflect.get(chosen.holder, chosen.key))
    Reflect.deleteProperty(chosen.holder, chosen.key)
  } else Reflect.set(chosen.holder, chosen.key, value)
}
