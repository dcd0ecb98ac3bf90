/** Going to a setting: whoever asks names the place in the flow file, and the inspector puts the cursor there. */
import { create } from 'zustand'

interface Wish {
  /** The block, or undefined for the flow itself. */
  readonly block: string | undefined
  /** Below the block: `/cases/0/words`. */
  readonly at: string
  /** Grows with each wish, so that the same place can be wished again. */
  readonly number: number
}

const useStore = create<{ readonly wish: Wish | undefined }>(() => ({ wish: undefined }))

/** Asks for the cursor in a setting, once the inspector shows it. */
export function goToSetting(block: string | undefined, at: string): void {
  useStore.setState(({ wish }) => ({ wish: { block, at, number: (wish?.number ?? 0) + 1 } }))
}

/** What was asked for. */
export function useWish(): Wish | undefined {
  return useStore(({ wish }) => wish)
}

/** It is done: coming back to the block later must not move the cursor again. */
export function forgetWish(): void {
  useStore.setState({ wish: undefined })
}

/** Puts the cursor into the field of a setting, or the nearest one above it that is shown; false when there is none. */
export function focusSetting(root: HTMLElement, at: string): boolean {
  for (let place = at; ; place = place.slice(0, place.lastIndexOf('/'))) {
    const found = root.querySelector<HTMLElement>(`[data-at="${CSS.escape(place)}"]`)
    const field = found?.querySelector<HTMLElement>('textarea, input:not([type="hidden"]), select, button')
    if (found && field) {
      for (let fold = found.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
      field.focus()
      found.scrollIntoView({ block: 'nearest' })
      return true
    }
    if (!place.includes('/')) return false
  }
}
