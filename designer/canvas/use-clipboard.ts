/** Ctrl C, X and V by the browser's own events, which need no permission. */
import { useEffect } from 'react'
import { deleteChosen } from '../commands/index.ts'
import { chosenAsText, pasteText, sayCopied } from './clipboard.ts'
import { isForText } from './focus.ts'
import { type CanvasTools, runWithToast } from './tools.ts'

/** Listens while the canvas is in the page; texts in fields stay theirs. */
export function useClipboard(tools: CanvasTools): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isForText(event.target) || hasMarkedText()) return
      const text = chosenAsText(tools)
      if (text === undefined) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
      sayCopied(tools)
      if (event.type === 'cut' && !tools.draft.getState().readOnly) runWithToast(tools, deleteChosen)
    }
    const takeIn = (event: ClipboardEvent) => {
      if (isForText(event.target) || tools.draft.getState().readOnly) return
      event.preventDefault()
      void pasteText(tools, event.clipboardData?.getData('text/plain') ?? '')
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', takeIn)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', takeIn)
    }
  }, [tools])
}

/** Somebody marked a sentence to copy it, not a block. */
function hasMarkedText(): boolean {
  return document.getSelection()?.isCollapsed === false && document.getSelection()?.toString() !== ''
}
