/** Declared values of a flow: what they begin as, typed and as the file has it. */
import type { Flow, Json, VariableDeclaration } from '../../server/engine/index.ts'

/** A start value that was typed; nothing typed means none. */
export type ReadStart = { readonly ok: true; readonly value: Json | undefined } | { readonly ok: false }

const DAY = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/** Reads what a variable begins as. */
export function readStart(typed: string, type: VariableDeclaration['type']): ReadStart {
  const plain = typed.trim()
  if (plain === '') return { ok: true, value: undefined }
  switch (type) {
    case 'text':
      return { ok: true, value: typed }
    case 'number':
      return /^[-+]?\d+([.,]\d+)?$/.test(plain) ? { ok: true, value: Number(plain.replace(',', '.')) } : { ok: false }
    case 'boolean':
      return /^(yes|true|no|false)$/i.test(plain) ? { ok: true, value: /^(yes|true)$/i.test(plain) } : { ok: false }
    case 'date':
      return DAY.test(plain) && !Number.isNaN(Date.parse(plain)) ? { ok: true, value: plain } : { ok: false }
    case 'list':
      return { ok: true, value: plain.split(',').map(entry => entry.trim()) }
  }
}

/** What a variable begins as, as its field shows it. */
export function printStart(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.map(entry => printStart(entry)).join(', ') : String(value)
}

/** The flow with a declaration; `undefined` removes it, and the last one takes the list with it. */
export function withDeclaration(flow: Flow, what: 'variables' | 'contact_fields', name: string, declaration: VariableDeclaration | undefined): Flow {
  if (declaration) return { ...flow, [what]: { ...flow[what], [name]: declaration } }
  const { [name]: _old, ...others } = flow[what] ?? {}
  const { [what]: _list, ...rest } = flow
  return Object.keys(others).length === 0 ? rest : { ...rest, [what]: others }
}
