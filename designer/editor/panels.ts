/** Which panels of the editor are open; parts open and close them through this store. */
import { create } from 'zustand'

/** The open panels. */
export interface Panels {
  readonly isTrying: boolean
  readonly isInspecting: boolean
  /** The JSON of the draft stands where the inspector does. */
  readonly isCoding: boolean
  /** The simulator shows the saved tests in place of the chat. */
  readonly isTesting: boolean
  /** The writing field of the simulator is to have the focus as soon as it is there. */
  readonly wantsToWrite: boolean
  /** Opens or closes the simulator. */
  setTrying(isTrying: boolean): void
  /** Opens or closes the inspector; it also opens by itself when something is chosen. */
  setInspecting(isInspecting: boolean): void
  /** Shows the JSON of the draft, or the inspector again. */
  setCoding(isCoding: boolean): void
  setTesting(isTesting: boolean): void
  /** Opens the simulator with the saved tests. */
  showTests(): void
  /** Opens the simulator with its chat and goes into the writing field. */
  write(): void
  /** The writing field has the focus. */
  writes(): void
}

/** The panels of the editor that is open. */
export const usePanels = create<Panels>(set => ({
  isTrying: false,
  isInspecting: true,
  isCoding: false,
  isTesting: false,
  wantsToWrite: false,
  setTrying: isTrying => set({ isTrying }),
  setInspecting: isInspecting => set({ isInspecting }),
  setCoding: isCoding => set({ isCoding }),
  setTesting: isTesting => set({ isTesting }),
  showTests: () => set({ isTrying: true, isTesting: true }),
  write: () => set({ isTrying: true, isTesting: false, wantsToWrite: true }),
  writes: () => set({ wantsToWrite: false }),
}))
