/** Patterns of authors (design 4): RE2 syntax, so that no pattern and no message can make a search slow. */
import { RE2JS } from 're2js'

/** Only this much of a message is searched; longer ones would make many alternatives slow. */
const MOST_SEARCHED = 4096

/** A compiled pattern. It may match anywhere in the text unless it is anchored. */
export interface Pattern {
  test(text: string): boolean
  /** The whole match as `match`, groups as `1`, `2` … and by name; unmatched groups are absent. Null without a match. */
  exec(text: string): Readonly<Record<string, string>> | null
}

/** A pattern, or why it is none, in plain words. */
export type CompiledPattern = { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly message: string }

/** Compiles a pattern, which ignores case. Never throws. */
export function compilePattern(source: string): CompiledPattern {
  const refused = UNSUPPORTED.find(({ syntax }) => syntax.test(source))
  if (refused) return { ok: false, message: refused.message }
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
    const names = Object.entries(compiled.namedGroups())
    return {
      ok: true,
      pattern: {
        test: text => compiled.matcher(text.slice(0, MOST_SEARCHED)).find(),
        exec(text) {
          const matcher = compiled.matcher(text.slice(0, MOST_SEARCHED))
          if (!matcher.find()) return null
          const found: Record<string, string> = { match: matcher.group(0) ?? '' }
          for (let i = 1; i <= matcher.groupCount(); i++) {
            const group = matcher.group(i)
            if (group !== null) found[i] = group
          }
          for (const [name, number] of names) {
            const group = matcher.group(number)
            if (group !== null) found[name] = group
          }
          return found
        },
      },
    }
  } catch (error) {
    return { ok: false, message: inPlainWords(error instanceof Error ? error.message : String(error)) }
  }
}

/** What other regular expressions know and this one refuses, because it cannot be searched in linear time. */
const UNSUPPORTED: readonly { readonly syntax: RegExp; readonly message: string }[] = [
  { syntax: /\(\?<?[=!]/, message: 'Looking ahead or behind, as in (?=…) or (?<!…), is not possible in a pattern.' },
  { syntax: /(?<!\\)(?:\\\\)*\\[1-9k]/, message: 'Referring back to a group, as in \\1, is not possible in a pattern.' },
]

function inPlainWords(raw: string): string {
  const [, reason = raw, part = ''] = /^error parsing regexp: (.*?)(?:: `(?:\(\?i\))?(.*)`)?$/s.exec(raw) ?? []
  const words = REASONS[reason] ?? `The pattern is not valid (${reason})`
  return part === '' ? `${words}.` : `${words}: ${part}`
}

const REASONS: Readonly<Record<string, string>> = {
  'missing closing )': 'A bracket “(” is not closed',
  'unexpected )': 'A bracket “)” closes nothing',
  'missing closing ]': 'A bracket “[” is not closed',
  'missing argument to repetition operator': 'There is nothing to repeat before this sign',
  'invalid nested repetition operator': 'Two signs of repetition follow each other',
  'invalid repeat count': 'It repeats too often (at most 1000 times)',
  'invalid escape sequence': 'This sequence with “\\” is not known',
  'invalid character class range': 'This range of characters is not valid',
  'trailing backslash at end of expression': 'It ends with a single “\\”',
  'expression nests too deeply': 'It is nested too deeply',
  'expression too large': 'It is too large',
}
