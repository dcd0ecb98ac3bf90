/** Whether the draft differs from what is live: what the server said, and what was drawn since. */
import { useEffect, useState } from 'react'
import type { Flow } from '../../server/engine/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { useFlows } from '../flows/use-flows.ts'

/** False while nothing is live, and while it is not known. */
export function useDiffers(id: string): boolean {
  const { data: flows, dataUpdatedAt } = useFlows()
  const summary = flows?.find(flow => flow.id === id)
  const store = useDraftStore()
  const flow = useDraft(draft => draft.flow)
  const [compared, setCompared] = useState<Flow>()
  // The server spoke of the draft as it was saved then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the server has spoken anew
  useEffect(() => setCompared(store.getState().flow), [store, dataUpdatedAt])
  if (!summary?.live) return false
  return summary.changed || (compared !== undefined && isOtherContent(compared, flow))
}

/** Undo brings the same parts back, so their identity is enough. Where things stand is no content (rule 35). */
export function isOtherContent(before: Flow, after: Flow): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  keys.delete('layout')
  return [...keys].some(key => Reflect.get(before, key) !== Reflect.get(after, key))
}
