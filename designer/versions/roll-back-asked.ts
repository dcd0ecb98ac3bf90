/** The version that somebody wants to go back to while conversations run: the window asks what becomes of them. */
import { create } from 'zustand'

/** Undefined: nobody asks. */
export const useRollBackAsked = create<{ readonly asked: number | undefined; ask(version: number | undefined): void }>(set => ({
  asked: undefined,
  ask: asked => set({ asked }),
}))
