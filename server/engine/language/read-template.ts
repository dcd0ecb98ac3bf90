/** Reads templates without rendering them, which is all the linter needs. */
import type { Template as Piece } from 'liquidjs'
import { liquid } from './liquid.ts'

/** What a template is made of and every path that it reads, or why it is none; `offset` is where, in units from the start. */
export type TemplateReading =
  | { readonly ok: true; readonly pieces: Piece[]; readonly roots: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly offset?: number }

/** Whether anything in a text can change. */
export function hasTemplate(source: string): boolean {
  return source.includes('{{') || source.includes('{%')
}

/** Reads a template. Never throws. */
export function readTemplate(source: string): TemplateReading {
  try {
    const pieces = liquid.parse(source)
    return { ok: true, pieces, roots: rootsOf(pieces) }
  } catch (error) {
    return { ok: false, ...explainLiquid(error) }
  }
}

function rootsOf(pieces: Piece[]): readonly string[] {
  const roots = new Set<string>()
  for (const segments of liquid.globalVariableSegmentsSync(pieces)) {
    const computed = segments.findIndex(segment => typeof segment !== 'string')
    roots.add((computed < 0 ? segments : segments.slice(0, computed)).join('.'))
  }
  roots.delete('')
  return [...roots]
}

/** LiquidJS's words for people: without line and column, which the offset tells better. */
export function explainLiquid(error: unknown): { readonly message: string; readonly offset?: number } {
  const raw = error instanceof Error ? error.message : String(error)
  const message = raw.replace(/, (?:file:[^,]*, )?line:\d+, col:\d+$/, '')
  const token = error instanceof Error && 'token' in error ? error.token : undefined
  const offset = typeof token === 'object' && token !== null && 'begin' in token && typeof token.begin === 'number' ? token.begin : undefined
  return { message: inPlainWords(message), ...(offset !== undefined && { offset }) }
}

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/^undefined filter: (.*)$/, 'There is no filter “$1”.'],
  [/^tag "?([^"]*)"? not found$/, 'There is no tag “$1”.'],
  [/^output "(.*)" not closed$/s, '“$1” is not closed with “}}”.'],
  [/^tag "?(.*?)"? not closed$/s, '“$1” is not closed.'],
  [/^.*limit exceeded$/, 'It is too large.'],
]

function inPlainWords(message: string): string {
  for (const [pattern, words] of PLAIN) if (pattern.test(message)) return message.replace(pattern, words)
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`
}
