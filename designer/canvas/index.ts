/** The parts of the canvas that the editor lays out, and what other views show on it. */
export { Canvas } from './Canvas.tsx'
export { ConflictWindow } from './Conflict.tsx'
export { useCanvas } from './canvas-state.ts'
export { lateClip } from './clipboard.ts'
export { preloadCanvasParts } from './late-parts.ts'
export { type Mark, type MarkState, type Marks, showMarks } from './marks.ts'
export { Palette } from './Palette.tsx'
