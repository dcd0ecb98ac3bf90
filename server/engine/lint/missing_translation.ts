/** `missing_translation`: a text, words or phrases that are written by language and lack one of the flow's. */
import type { Problem } from '../errors.ts'
import { below, isObject } from '../file/json-schema.ts'
import { languageName } from '../language/index.ts'
import { blockProblem, eachBlock, type FlowRule, inWords, listNames } from './view.ts'

/** Of intents. Nothing to say for flows of one language. */
export const missingPhrases: FlowRule = ({ flow: { languages, intents } }) =>
  Object.entries(intents ?? {}).flatMap(([id, intent]) => {
    const missing = languages.filter(language => !intent.phrases[language]?.some(phrase => phrase.trim() !== ''))
    if (missing.length === 0 || missing.length === languages.length) return []
    return [
      {
        code: 'missing_translation',
        severity: 'warning',
        at: below(below('/intents', id), 'phrases'),
        message: `The intent “${inWords(id)}” has no phrases in ${listNames(missing.map(languageName))}.`,
        hint: 'Add phrases, or it will hardly be understood there.',
      },
    ]
  })

/** Of texts and words. A text written once for all languages is taken as meant. */
export const missingTranslation = eachBlock((linted, { flow: { languages } }) => {
  const problems: Problem[] = []
  for (const { at, text } of linted.recording.translated) {
    const missing = languages.filter(language => !text[language]?.trim())
    if (missing.length === 0 || missing.length === languages.length) continue
    problems.push(
      blockProblem(linted, 'missing_translation', 'warning', at, `${linted.name} has no text in ${listNames(missing.map(languageName))}.`, {
        hint: `Contacts read it in ${languageName(languages[0] ?? '')} instead.`,
      }),
    )
  }
  for (const { at, words } of wordsByLanguage(linted.block, '')) {
    const missing = languages.filter(language => !words[language]?.some(word => typeof word === 'string' && word.trim() !== ''))
    if (missing.length === 0 || missing.length === languages.length) continue
    problems.push(
      blockProblem(linted, 'missing_translation', 'warning', at, `${linted.name} has no words in ${listNames(missing.map(languageName))}.`, {
        hint: 'Words of every language are understood; add those.',
      }),
    )
  }
  return problems
})

/** Settings that are lists by language: words are the only ones of that shape. */
function wordsByLanguage(value: unknown, at: string): readonly { readonly at: string; readonly words: Readonly<Record<string, readonly unknown[]>> }[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => wordsByLanguage(entry, below(at, index)))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, entry]) => {
    const place = below(at, key)
    return isWordsByLanguage(key, entry) ? [{ at: place, words: entry }] : wordsByLanguage(entry, place)
  })
}

const WORD_SETTINGS: ReadonlySet<string> = new Set(['words', 'give_up'])

function isWordsByLanguage(key: string, value: unknown): value is Readonly<Record<string, readonly unknown[]>> {
  return WORD_SETTINGS.has(key) && isObject(value) && Object.values(value).every(Array.isArray)
}
