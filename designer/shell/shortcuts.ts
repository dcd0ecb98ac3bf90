/** Listens for the shortcuts that actions of the page carry. */
import { useHotkeys } from '@mantine/hooks'
import type { Action } from './palette.ts'

/** Fields keep their keys. */
const TEXT_FIELDS = ['INPUT', 'TEXTAREA', 'SELECT']

/** Runs the action whose key was pressed; keys of a `part` are left to the part, and a dialog that is open keeps all. */
export function useActionKeys(actions: readonly Action[]): void {
  const bound = actions
    .filter(action => action.keysOf !== 'part')
    .flatMap(action => (action.keys ?? []).map(keys => ({ keys, run: () => void (!isDialogOpen() && action.isAvailable?.() !== false && action.run()) })))
  const bind = ({ keys, run }: (typeof bound)[number]): [string, () => void] => [keys, run]
  useHotkeys(bound.filter(({ keys }) => isForEverywhere(keys)).map(bind), [], true)
  useHotkeys(bound.filter(({ keys }) => !isForEverywhere(keys)).map(bind), TEXT_FIELDS)
}

/** Keys that edit text belong to the field while somebody writes; these edit none. */
function isForEverywhere(keys: string): boolean {
  return /^(F1|F8|shift\+F8|mod\+(J|K|S|Enter|shift\+P))$/i.test(keys)
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}
