/** The parts of the editor, each loaded when it is first shown. Every part finds the open draft through `useDraft` of `draft/`. */
import { lazyPart } from '../shell/part.tsx'

export const Palette = lazyPart(async () => (await import('../canvas/index.ts')).Palette)
export const Canvas = lazyPart(async () => (await import('../canvas/index.ts')).Canvas)
export const Inspector = lazyPart(async () => (await import('../inspector/index.ts')).Inspector)
export const Problems = lazyPart(async () => (await import('../problems/index.ts')).Problems)
// These folders have several parts that are needed at different times, so each comes by its own file.
export const Simulator = lazyPart(async () => (await import('../simulator/Simulator.tsx')).Simulator)
export const Versions = lazyPart(async () => (await import('../versions/Versions.tsx')).Versions)
export const CodePanel = lazyPart(async () => (await import('../versions/CodePanel.tsx')).CodePanel)
export const Live = lazyPart(async () => (await import('../live/Live.tsx')).Live)

/** Loads what drawing needs, before somebody opens a flow: they point at it already. */
export async function preloadParts(): Promise<void> {
  await Promise.all([Palette, Canvas, Inspector, Problems].map(part => part.preload()))
}
