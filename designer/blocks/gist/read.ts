/** Settings of a block as faces need them. A draft is well-formed, yet nothing here trusts a shape it has not seen. */
import type { Text } from '../../../server/engine/index.ts'

type Settings = Readonly<Record<string, unknown>>

/** Whether a value is an object with keys. */
export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text a contact of the first language reads; another language's where that one is missing; '' when nothing is written. */
export function readText(value: unknown, languages: readonly string[]): string {
  if (typeof value === 'string') return value
  if (!isSettings(value)) return ''
  const inOrder = [...languages.map(language => value[language]), ...Object.values(value)]
  return inOrder.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? ''
}

/** Whether a text says anything in any language. */
export function saysSomething(value: unknown): value is Text {
  return readText(value, []).trim() !== ''
}

/** Words for all languages, or those of the first language that has some. */
export function readWords(value: unknown, languages: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return strings(value)
  if (!isSettings(value)) return []
  const lists = [...languages.map(language => value[language]), ...Object.values(value)].map(strings)
  return lists.find(list => list.length > 0) ?? []
}

/** The texts of a list; others are left out. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '') : []
}

/** The objects of a list: cases, choices, bands. */
export function readList(value: unknown): readonly Settings[] {
  return Array.isArray(value) ? value.filter(isSettings) : []
}

/** A text setting that is no text for contacts: an id, a duration, an address. */
export function readString(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A number setting, or undefined. */
export function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
