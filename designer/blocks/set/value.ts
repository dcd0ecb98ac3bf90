/** Values that `set` remembers: as they are typed and as the file has them. */
import type { VariableDeclaration } from '../../../server/engine/index.ts'

/** A value as the file has it. */
export type SetValue = string | number | boolean | readonly (string | number | boolean)[]

/** What was typed, as the declared type asks. What prints something stays a text: it is known only when it runs. */
export function readSetValue(typed: string, declared: VariableDeclaration | undefined): SetValue {
  const plain = typed.trim()
  if (plain === '' || typed.includes('{{') || typed.includes('{%')) return typed
  switch (declared?.type) {
    case 'number':
      return /^[-+]?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : typed
    case 'boolean':
      if (/^(yes|true)$/i.test(plain)) return true
      return /^(no|false)$/i.test(plain) ? false : typed
    case 'list':
      return plain.split(',').map(entry => entry.trim())
    default:
      return typed
  }
}

/** A value as its field shows it. */
export function printSetValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(printSetValue).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
