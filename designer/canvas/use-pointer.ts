/** Remembers where the pointer is, so that what is pasted or added by key lands there. A listener of the page's own: React need not hear of each move. */
import { type RefObject, useEffect } from 'react'
import type { CanvasTools } from './tools.ts'

/** Listens while the canvas is in the page. */
export function useCanvasPointer(tools: CanvasTools, root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current
    const onMove = (event: PointerEvent) => tools.reportPointer([event.clientX, event.clientY])
    element?.addEventListener('pointermove', onMove, { passive: true })
    return () => element?.removeEventListener('pointermove', onMove)
  }, [tools, root])
}
