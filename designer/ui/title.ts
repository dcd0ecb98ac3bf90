/** The title of the window: what somebody reads in a row of tabs, and hears when a page opens. */
import { useEffect } from 'react'
import { words } from '../words/en.ts'

/** From the particular to the general: `useTitle('Customer support', 'Draw')` is "Customer support – Draw – Parley". */
export function useTitle(...parts: readonly string[]): void {
  const title = [...parts, words.shell.product].join(' – ')
  useEffect(() => {
    document.title = title
  }, [title])
}
