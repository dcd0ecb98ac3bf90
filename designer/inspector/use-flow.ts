/** The flow as forms need it: moving blocks on the canvas is none of their business. */
import { useRef } from 'react'
import type { Flow } from '../../server/engine/index.ts'
import { useDraft } from '../draft/index.ts'

/** The flow; the same object while only its layout changes, so that a drag draws no form anew. */
export function useFlow(): Flow {
  const last = useRef<Flow>(undefined)
  return useDraft(({ flow }) => {
    if (!last.current || !sameButLayout(last.current, flow)) last.current = flow
    return last.current
  })
}

function sameButLayout(one: Flow, other: Flow): boolean {
  if (one === other) return true
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  keys.delete('layout')
  return [...keys].every(key => Reflect.get(one, key) === Reflect.get(other, key))
}
