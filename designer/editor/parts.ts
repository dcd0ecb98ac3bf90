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
export const Live = lazy(async () => ({ default: (await import('../live/index.ts')).Live }))
