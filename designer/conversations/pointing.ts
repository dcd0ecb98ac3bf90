/** From the list of the path to the canvas beside it: the list is there before the canvas is loaded. */
import { create } from 'zustand'

interface Pointing {
  /** The block to go to; `number` grows, so that the same block can be asked for again. */
  readonly wanted: { readonly block: string; readonly number: number } | undefined
}

/** What the canvas should show. */
export const usePointing = create<Pointing>(() => ({ wanted: undefined }))

/** Asks the open canvas to show a block. */
export function goToBlock(block: string): void {
  usePointing.setState(({ wanted }) => ({ wanted: { block, number: (wanted?.number ?? 0) + 1 } }))
}
