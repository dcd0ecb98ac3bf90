/** Looks for what JSON can hold and a flow must not: names that reach into JavaScript's objects, and texts that no store or messenger takes. */
import type { Problem } from '../errors.ts'
import { below } from './json-schema.ts'
import { JSON_DEPTH } from './read-json.ts'

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** The first such thing, or undefined when the value is plain and safe to walk. Values that did not come from JSON text are checked for being JSON too. */
export function findUnsafe(value: unknown): Problem | undefined {
  return look(value, '', 0)
}

function look(value: unknown, at: string, depth: number): Problem | undefined {
  if (depth > JSON_DEPTH) return problem('too_deep', at, `Values are nested deeper than ${JSON_DEPTH} levels.`)
  if (typeof value === 'string') return lookAtText(value, at)
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : problem('not_json', at, 'This number cannot be written in JSON.')
  if (typeof value !== 'object') return problem('not_json', at, `A ${typeof value} cannot be written in JSON.`)
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const found = look(entry, below(at, index), depth + 1)
      if (found) return found
    }
    return undefined
  }
  for (const [key, entry] of Object.entries(value)) {
    const place = below(at, key)
    if (FORBIDDEN.has(key)) return problem('wrong_name', place, `“${key}” is a reserved word and cannot be used as a name.`)
    const found = lookAtText(key, place) ?? look(entry, place, depth + 1)
    if (found) return found
  }
  return undefined
}

function lookAtText(text: string, at: string): Problem | undefined {
  if (text.includes('\0')) return problem('wrong_character', at, 'This text holds a NUL character, which no messenger can send.')
  if (/\p{Surrogate}/u.test(text)) return problem('wrong_character', at, 'This text holds half of a character. Type the emoji or letter anew.')
  return undefined
}

function problem(code: string, at: string, message: string): Problem {
  return { code, severity: 'error', at, message }
}
