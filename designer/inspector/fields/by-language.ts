/** Texts and words that are written once for all languages or one a language. */
import type { Text, Words } from '../../../server/engine/index.ts'

/** The text of a language as its field shows it; `instead` is what a contact reads while it is empty. */
export function textIn(text: Text | undefined, language: string, languages: readonly string[]): { readonly own: string; readonly instead: string } {
  if (text === undefined) return { own: '', instead: '' }
  if (typeof text === 'string') return language === languages[0] ? { own: text, instead: '' } : { own: '', instead: text }
  const instead = text[languages[0] ?? ''] ?? Object.values(text)[0] ?? ''
  return { own: text[language] ?? '', instead: language === languages[0] ? '' : instead }
}

/** Writes the text of a language. One text for all stays one until another language gets its own. */
export function withText(text: Text | undefined, language: string, own: string, languages: readonly string[]): Text {
  const [first = language] = languages
  if (text === undefined || typeof text === 'string') {
    if (language === first) return own
    return own === '' ? (text ?? '') : { [first]: text ?? '', [language]: own }
  }
  if (own !== '') return { ...text, [language]: own }
  const { [language]: _old, ...others } = text
  return Object.keys(others).length === 0 ? '' : others
}

/** The words of a language, and those that count in every language. */
export function wordsIn(words: Words | undefined, language: string, languages: readonly string[]): readonly string[] {
  if (words === undefined) return []
  if (isList(words)) return language === languages[0] ? words : []
  return words[language] ?? []
}

/** Writes the words of a language. One list for all stays one until another language gets its own. */
export function withWords(words: Words | undefined, language: string, own: readonly string[], languages: readonly string[]): Words {
  const [first = language] = languages
  if (words === undefined || isList(words)) {
    if (language === first) return own
    return own.length === 0 ? (words ?? []) : { [first]: words ?? [], [language]: own }
  }
  if (own.length > 0) return { ...words, [language]: own }
  const { [language]: _old, ...others } = words
  return Object.keys(others).length === 0 ? [] : others
}

/** Whether something in `settings` is written by language and lacks this one. */
export function lacksLanguage(settings: unknown, language: string, languages: readonly string[]): boolean {
  if (Array.isArray(settings)) return settings.some(entry => lacksLanguage(entry, language, languages))
  if (typeof settings !== 'object' || settings === null) return false
  const entries = Object.entries(settings)
  if (entries.length > 0 && entries.every(([key, value]) => languages.includes(key) && isWritten(value)))
    return !says(Reflect.get(settings, language)) && entries.some(([, value]) => says(value))
  return entries.some(([key, value]) => !WITHOUT_TEXTS.has(key) && lacksLanguage(value, language, languages))
}

/** Settings whose keys are names, which could look like languages. */
const WITHOUT_TEXTS: ReadonlySet<string> = new Set(['variables', 'contact', 'exits'])

function isWritten(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value)
}

function says(value: unknown): boolean {
  return Array.isArray(value) ? value.some(says) : typeof value === 'string' && value.trim() !== ''
}

function isList(words: Words): words is readonly string[] {
  return Array.isArray(words)
}
