import type { Pattern, WordMatcher } from '../language/index.ts'
import type { Turn } from '../turn.ts'
import { defineBlock, leave, type Outcome } from './block.ts'
import { everyWord, idProblems } from './problems.ts'
import { quoted } from './quoted.ts'
import { Type } from './setting-type.ts'
import { idSetting, readingTimeout, settings, wordsSetting } from './settings.ts'

const NOTHING_FOUND: Outcome = leave('else', 'None of the words occurs')

interface CasePattern {
  readonly id: string
  readonly source: string
  /** Place of its case in the file. */
  readonly order: number
  readonly pattern: Pattern
}

interface Compiled {
  readonly matcher: WordMatcher
  readonly patterns: readonly CasePattern[]
  /** Places of the cases in the file; needed only beside patterns. */
  readonly orders: ReadonlyMap<string, number>
}

/** Routes the current message by words, phrases and patterns. Exact words and patterns come before forgiven typos, then the order of the file (rule 14). */
export const keywords = defineBlock({
  type: 'keywords',
  group: 'understand',
  title: 'Keywords',
  purpose: 'Routes the message by words, phrases and patterns. Case, accents and small typos are forgiven.',
  branch: true,
  schema: settings({
    cases: Type.Array(
      settings({
        id: idSetting({ title: 'Exit', description: 'The name of the exit of this case.' }),
        words: wordsSetting({ title: 'Words', description: 'Any of these words or phrases leads here, wherever it stands in the message.' }),
        patterns: Type.Optional(
          Type.Array(Type.String(), {
            title: 'Patterns',
            description:
              'For what words cannot say, written as regular expressions: ^[A-Z]{2}\\d{6}$ is two capital letters and six digits. Begin with (?i) when case does not count. Look-around and back-references are not possible.',
          }),
        ),
      }),
      { title: 'Cases', description: 'One exit each. When several fit, an exact word comes before one with typos, then the first in this order.' },
    ),
    typos: Type.Optional(
      Type.Boolean({ title: 'Forgive typos', description: 'One wrong letter in words of 5 to 7 letters, two in longer ones. On unless you switch it off.' }),
    ),
    timeout: readingTimeout,
  }),
  example: {
    type: 'keywords',
    cases: [
      { id: 'agent', words: ['agent', 'human'] },
      { id: 'order', words: { en: ['my order'], de: ['meine Bestellung'] }, patterns: ['^[A-Z]{2}\\d{6}$'] },
    ],
    exits: { agent: 'queue', order: 'status', else: 'sorry' },
  },
  exits: block => [
    ...block.cases.map(({ id, words }) => ({ name: id, needed: true, label: everyWord(words).find(word => word.trim() !== '') ?? id })),
    { name: 'else', needed: true },
    ...(block.timeout === undefined ? [] : [{ name: 'timeout', needed: true }]),
  ],
  compile: (block, compiler): Compiled => ({
    matcher: compiler.words(block.cases, block.typos !== false),
    patterns: block.cases.flatMap(({ id, patterns }, order) =>
      (patterns ?? []).map((source, index) => ({ id, source, order, pattern: compiler.pattern(source, `/cases/${order}/patterns/${index}`) })),
    ),
    orders: new Map(block.cases.map(({ id }, order) => [id, order])),
  }),
  run: (_block, turn, compiled) => route(turn, compiled),
  lint: (block, view) => [
    ...(block.cases.length === 0 ? [view.problem('no_cases', 'error', '/cases', 'There are no words to look for.', 'Add a case.')] : []),
    ...block.cases.flatMap(({ id, words, patterns }, index) =>
      everyWord(words).some(word => word.trim() !== '') || (patterns ?? []).length > 0
        ? []
        : [view.problem('no_words', 'error', `/cases/${index}/words`, `The case “${id}” has no words.`, 'Add at least one word, phrase or pattern.')],
    ),
    ...idProblems(view, block.cases, '/cases', ['else', 'timeout']),
  ],
})

function route(turn: Turn, { matcher, patterns, orders }: Compiled): Outcome {
  const text = turn.message?.text ?? ''
  if (text === '') return leave('else', 'The message has no text')
  const found = matcher.match(text)
  if (patterns.length > 0) {
    const before = found?.exact ? (orders.get(found.id) ?? 0) : Number.POSITIVE_INFINITY
    for (const { id, source, order, pattern } of patterns) {
      if (order >= before) break
      if (pattern.test(text)) return leave(id, `Fits the pattern ${source}`)
    }
  }
  if (found === null) return NOTHING_FOUND
  return leave(found.id, found.exact ? `Contains ${quoted(found.word)}` : `${quoted(found.typed)} is close to ${quoted(found.word)}`)
}
