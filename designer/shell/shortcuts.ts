/** Listens for the shortcuts that actions of the page carry. */
import { useHotkeys } from '@mantine/hooks'
import type { Action } from './palette.ts'

/** Fields keep their keys, except with the modifier that no text needs. */
const TEXT_FIELDS = ['INPUT', 'TEXTAREA', 'SELECT']

/** Runs the action whose key was pressed; keys of a `part` are left to the part. */
export function useActionKeys(actions: readonly Action[]): void {
  const listening = actions.filter(action => action.keysOf !== 'part')
  const bind = (action: Action, keys: string): [string, () => void] => [keys, () => action.isAvailable?.() !== false && action.run()]
  useHotkeys(
    listening.flatMap(action => (action.keys ?? []).filter(keys => !keys.startsWith('mod+')).map(keys => bind(action, keys))),
    TEXT_FIELDS,
  )
  useHotkeys(
    listening.flatMap(action => (action.keys ?? []).filter(isForEverywhere).map(keys => bind(action, keys))),
    [],
    true,
  )
  useHotkeys(
    listening.flatMap(action => (action.keys ?? []).filter(keys => keys.startsWith('mod+') && !isForEverywhere(keys)).map(keys => bind(action, keys))),
    TEXT_FIELDS,
  )
}

/** Keys that edit text belong to the field while somebody writes; these do not. */
function isForEverywhere(keys: string): boolean {
  return /^mod\+(K|S|Enter|shift\+P)$/i.test(keys)
}
