/** Says what an edit did, with the way back for as long as it is the latest edit. */
import { toast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import type { CanvasTools } from './tools.ts'

let close = () => {}

/** Says it; any later edit takes it from the screen, since Undo would take that back instead. */
export function toastUndo(tools: CanvasTools, text: string): void {
  const { flow } = tools.draft.getState()
  closeUndoToast()
  const take = toast(text, {
    label: words.canvas.undo,
    run() {
      tools.takeFocus()
      tools.undo()
    },
  })
  const stop = tools.draft.subscribe(draft => draft.flow !== flow && close())
  close = () => {
    stop()
    take()
  }
}

/** For a canvas that goes: what it said could no longer be taken back. */
export function closeUndoToast(): void {
  close()
}
