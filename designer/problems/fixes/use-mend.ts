/** Finding and doing the fix of a problem, alike in the strip and in the inspector. */
import { useMemo } from 'react'
import type { Flow, Problem } from '../../../server/engine/index.ts'
import { useDraftStore } from '../../draft/index.ts'
import { words } from '../../words/en.ts'
import type { Fix } from './fix.ts'
import { fixOf } from './fixers.ts'

/** The fix of a problem of the open draft; undefined where none is obvious or nothing may be changed. Only for what is drawn: it may look at the whole flow. */
export function useFix(problem: Problem, flow: Flow, readOnly: boolean): Fix | undefined {
  const store = useDraftStore()
  return useMemo(() => {
    const { view, lintContext } = store.getState()
    return readOnly ? undefined : fixOf(problem, { view: { ...view(), flow }, channels: lintContext.channels })
  }, [store, readOnly, problem, flow])
}

/** Does a fix as one step that can be undone, and says so. One that a person does only leads there, by `lead`. */
export function useMend(): (fix: Fix, lead: () => void) => void {
  const store = useDraftStore()
  return ({ label, apply }, lead) => {
    if (!apply) return lead()
    const draft = store.getState()
    draft.run({ name: 'fix_problem', group: 'edit', label, isAvailable: view => !view.readOnly, apply }, undefined)
    draft.say(words.problems.fixed(label))
  }
}
