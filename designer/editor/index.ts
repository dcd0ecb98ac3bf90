/** What others may use of the editor. */
export { EditorPage } from './EditorPage.tsx'
export { usePanels } from './panels.ts'
export { preloadParts } from './parts.ts'
