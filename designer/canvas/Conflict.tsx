/** A conflict is rare, so its window is loaded when there is one. */
import { useDraft } from '../draft/index.ts'
import { PartPlace } from '../shell/PartPlace.tsx'
import { lazyPart } from '../shell/part.tsx'
import type { CanvasTools } from './tools.ts'

/** The window with both versions. */
export const ConflictWindow = lazyPart(async () => (await import('./ConflictWindow.tsx')).ConflictWindow)

/** Opens the window while there is a conflict. */
export function Conflict({ tools }: { readonly tools: CanvasTools }) {
  const conflict = useDraft(draft => draft.conflict)
  if (!conflict) return null
  return (
    <PartPlace>
      <ConflictWindow conflict={conflict} tools={tools} />
    </PartPlace>
  )
}
