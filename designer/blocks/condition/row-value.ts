/** The value of a condition's row: as it is typed and as the file has it. */
import type { Flow } from '../../../server/engine/index.ts'

/** What a row compares with. */
export type RowValue = string | number | boolean

/** Operators that ask for nothing to compare with. */
export const WITHOUT_VALUE: ReadonlySet<string> = new Set(['is_set', 'is_not_set'])
const NUMERIC: ReadonlySet<string> = new Set(['greater', 'less', 'at_least', 'at_most'])

/** The declared type of what is looked at; undefined for what the flow does not declare. */
export function typeOfPath(flow: Flow, path: string): string | undefined {
  const [root, name = ''] = path.split('.')
  const declared = root === 'vars' ? flow.variables : root === 'contact' ? flow.contact_fields : undefined
  return declared?.[name]?.type
}

/** What was typed, as the type of the row asks: a number stays a text where texts are compared ("007" is not 7). */
export function readRowValue(typed: string, operator: string, type: string | undefined): RowValue {
  const plain = typed.trim()
  if (type === 'boolean' && /^(yes|true)$/i.test(plain)) return true
  if (type === 'boolean' && /^(no|false)$/i.test(plain)) return false
  const isNumber = /^[-+]?\d+(\.\d+)?$/.test(plain)
  return isNumber && (type === 'number' || NUMERIC.has(operator)) ? Number(plain) : typed
}

/** A row's value as its field shows it. */
export function printRowValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(printRowValue).join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
