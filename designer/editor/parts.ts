/** The parts of the editor, each loaded when it is first shown. Every part finds the open draft through `useDraft` of `draft/`. */
import { lazy } from 'react'

export const Palette = lazy(async () => ({ default: (await import('../canvas/index.ts')).Palette }))
export const Canvas = lazy(async () => ({ default: (await import('../canvas/index.ts')).Canvas }))
export const Inspector = lazy(async () => ({ default: (await import('../inspector/index.ts')).Inspector }))
export const Problems = lazy(async () => ({ default: (await import('../problems/index.ts')).Problems }))
export const Simulator = lazy(async () => ({ default: (await import('../simulator/index.ts')).Simulator }))
export const Versions = lazy(async () => ({ default: (await import('../versions/index.ts')).Versions }))
export const PublishDialog = lazy(async () => ({ default: (await import('../versions/index.ts')).PublishDialog }))
export const CodePanel = lazy(async () => ({ default: (await import('../versions/index.ts')).CodePanel }))
// Lazy by itself: conversations use its small parts alone.
export { Live } from '../live/index.ts'

/** Loads what drawing needs before somebody opens a flow: they point at it already. */
export function preloadParts(): void {
  void import('../canvas/index.ts')
  void import('../inspector/index.ts')
  void import('../problems/index.ts')
}
