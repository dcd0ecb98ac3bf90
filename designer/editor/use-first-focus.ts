/** Where somebody goes on who has just made a flow. */
import { type RefObject, useEffect } from 'react'

/** Focuses the first block of a flow that was made a moment ago, once the canvas has drawn it. */
export function useFirstFocus(canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const place = canvas.current
    const state: unknown = history.state
    if (!place || typeof state !== 'object' || state === null || !('isNew' in state)) return
    // Only once: going back to this page later is another matter.
    history.replaceState(null, '')
    const focus = () => {
      const block = place.querySelector<HTMLElement>('.react-flow__node')
      // Somebody who has chosen a place meanwhile keeps it.
      if (!block || (document.activeElement !== document.body && document.activeElement !== null)) return block !== null
      // Refused while the canvas still measures it.
      block.focus()
      return document.activeElement === block
    }
    const watching = new MutationObserver(() => focus() && watching.disconnect())
    watching.observe(place, { childList: true, subtree: true, attributeFilter: ['style'] })
    return () => watching.disconnect()
  }, [canvas])
}
