/** The block that has the focus stays in the window when the canvas gets smaller: problems of a new block, for example, come right below it. */
import { type RefObject, useEffect } from 'react'
import { thingOf } from './focus.ts'
import type { CanvasTools } from './tools.ts'

/** Watches while the canvas is in the page. */
export function useKeepSeen(tools: CanvasTools, root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current
    if (!element) return
    const sizes = new ResizeObserver(() => {
      const block = element.contains(document.activeElement) ? thingOf(document.activeElement)?.blocks[0] : undefined
      if (block !== undefined) tools.reveal(block)
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [tools, root])
}
