/** Fields of an account as a form has them: every value is a text there, drawn from the channel's own schema. */
import type { ChannelAnswer } from '../../server/api/contract.ts'

/** A field of a channel. */
export type ChannelField = ChannelAnswer['fields'][number]

/** How a field is drawn. */
export type FieldKind = { readonly type: 'text' } | { readonly type: 'list' } | { readonly type: 'choice'; readonly choices: readonly string[] }

/** Fields that few people ever touch. */
const ADVANCED = new Set(['api_root', 'api_version'])

/** Whether a field stands under "Advanced": addresses of the vendor's API, and secrets that Parley makes. */
export function isAdvanced({ name, generated }: ChannelField): boolean {
  return generated || ADVANCED.has(name)
}

/** Reads the kind from the JSON Schema of the field. */
export function kindOf({ schema }: ChannelField): FieldKind {
  const { type, anyOf } = asRecord(schema)
  if (type === 'array') return { type: 'list' }
  const choices = Array.isArray(anyOf) ? anyOf.map(choice => asRecord(choice).const).filter(choice => typeof choice === 'string') : []
  return choices.length > 0 ? { type: 'choice', choices } : { type: 'text' }
}

/** The value as it stands in the form; one that is left out shows what the channel then takes, where that is a choice. */
export function writeValue(field: ChannelField, settings: unknown): string {
  const value = asRecord(settings)[field.name]
  if (Array.isArray(value)) return value.join('\n')
  if (value !== undefined) return String(value)
  const { default: fallback } = asRecord(field.schema)
  return kindOf(field).type === 'choice' && typeof fallback === 'string' ? fallback : ''
}

/** What is typed, for the API; null forgets the setting. */
export function readValue(field: ChannelField, typed: string): string | readonly string[] | null {
  const text = typed.trim()
  if (text === '') return null
  return kindOf(field).type === 'list' ? text.split(/[\s,]+/) : text
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
