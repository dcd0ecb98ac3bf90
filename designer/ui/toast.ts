/** What happened, said for a moment, with the way back. The one place for it is `ToastPlace.tsx`. */
import { create } from 'zustand'
import { Refusal } from '../api.ts'
import { words } from '../words/en.ts'

/** The way back. */
export interface ToastAction {
  readonly label: string
  run(): void
}

/** What is said. A refusal is said at once, and stays until it is closed. */
export interface Toast {
  /** The same words a second time are another message, with a time of its own. */
  readonly number: number
  readonly text: string
  readonly isRefusal: boolean
  readonly action: ToastAction | undefined
}

/** What is said now: at most one, the newest, since what happened before is over. */
export const useToast = create<{ readonly toast: Toast | undefined }>(() => ({ toast: undefined }))

/** Says that something was done. The answer takes it back from the screen. */
export function toast(text: string, action?: ToastAction): () => void {
  return show({ text, isRefusal: false, action })
}

/** Says that something was refused, in the server's words. */
export function toastRefusal(error: unknown): void {
  const text = error instanceof Refusal ? [error.message, error.hint].filter(Boolean).join(' ') : words.shell.serverFailed
  show({ text, isRefusal: true, action: undefined })
}

let latest = 0

function show(said: Omit<Toast, 'number'>): () => void {
  const next = { ...said, number: ++latest }
  useToast.setState({ toast: next })
  return () => {
    if (useToast.getState().toast === next) useToast.setState({ toast: undefined })
  }
}
