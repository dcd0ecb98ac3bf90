/** Declared types of variables (rule 36). */
import type { Json } from './event.ts'
import type { VariableDeclaration } from './file/flow.ts'

/** The value as the declared type, or undefined when it does not fit. Text that reads as the type is taken as it. */
export function coerceVariable(declaration: VariableDeclaration | undefined, value: Json): Json | undefined {
  if (!declaration || value === null) return declaration ? value : undefined
  switch (declaration.type) {
    case 'text':
      return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
    case 'number': {
      if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
      if (typeof value !== 'string' || value.trim() === '') return undefined
      const number = Number(value)
      return Number.isFinite(number) ? number : undefined
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined
    case 'date':
      return typeof value === 'string' && isDate(value) ? value : undefined
    case 'list':
      return Array.isArray(value) ? value : undefined
  }
}

/** `YYYY-MM-DD`, optionally with a time behind it, of a day that exists. */
function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return days !== undefined && day >= 1 && day <= days
}
