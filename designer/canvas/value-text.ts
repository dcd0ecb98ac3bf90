/** A part of a flow as text, to compare two versions of it. */
import type { Flow } from '../../server/engine/index.ts'
import type { FlowPart } from '../draft/index.ts'

/** The part's settings, one a line and without braces; empty when the flow does not have it. */
export function valueText(flow: Flow, { kind, id }: FlowPart): string {
  const value = readPart(flow, kind, id)
  return value === undefined ? '' : lines(value, '').join('\n')
}

function readPart(flow: Flow, kind: FlowPart['kind'], id: string): unknown {
  switch (kind) {
    case 'block':
      return flow.blocks[id]
    case 'variable':
      return flow.variables?.[id]
    case 'contact_field':
      return flow.contact_fields?.[id]
    case 'intent':
      return flow.intents?.[id]
    case 'layout':
      return flow.layout?.[id]
    case 'setting':
      return Object.entries(flow).find(([key]) => key === id)?.[1]
  }
}

function lines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(entry => (isPlain(entry) ? [`${indent}· ${String(entry)}`] : [`${indent}·`, ...lines(entry, `${indent}  `)]))
  if (typeof value !== 'object' || value === null) return [`${indent}${String(value)}`]
  return Object.entries(value).flatMap(([key, entry]) => {
    const name = key.replaceAll('_', ' ')
    return isPlain(entry) ? [`${indent}${name}: ${String(entry)}`] : [`${indent}${name}:`, ...lines(entry, `${indent}  `)]
  })
}

const isPlain = (value: unknown) => typeof value !== 'object' || value === null
