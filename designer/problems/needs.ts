/** What a block that was just added still lacks, as one quiet line. */

import type { Problem } from '../../server/engine/index.ts'
import { isNotYet } from '../draft/index.ts'
import { words } from '../words/en.ts'

type Lacking = Exclude<keyof typeof words.problems.lacks, 'exits'>

const LACKING: Readonly<Record<string, Lacking>> = {
  empty_text: 'text',
  no_words: 'words',
  no_phrases: 'phrases',
  no_choices: 'choices',
  no_cases: 'cases',
  empty_case: 'cases',
  no_intents: 'intents',
  no_bands: 'bands',
  no_queue: 'queue',
  no_url: 'address',
  no_address: 'address',
  no_variable: 'variable',
  no_value: 'value',
  no_pattern: 'pattern',
  no_languages: 'languages',
}

/** "Needs a text and 3 connections"; undefined when nothing that counts is missing. */
export function needsOf(problems: readonly Problem[], begun: ReadonlySet<string>): string | undefined {
  const missing = problems.filter(problem => isNotYet(problem, begun))
  const things = new Set(missing.flatMap(({ code }) => LACKING[code] ?? []))
  const exits = missing.filter(({ code }) => code === 'unconnected_exit').length
  const isOpen = missing.some(({ code }) => code === 'unconnected_next' || code === 'dead_end')
  const parts = [
    ...[...things].map(thing => words.problems.lacks[thing]),
    ...(exits > 0 ? [words.problems.lacks.exits(exits)] : isOpen ? [words.problems.lacks.next] : []),
  ]
  return parts.length === 0 ? undefined : words.problems.needs(parts)
}
