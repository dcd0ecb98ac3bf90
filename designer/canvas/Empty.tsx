/** A flow without blocks: what will be here, and one button to begin. */
import { Button } from '@mantine/core'
import { blockViewOf } from '../blocks/index.ts'
import { addBlock } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import type { CanvasTools } from './tools.ts'

/** Shown while there is nothing on the canvas. */
export function Empty({ tools }: { readonly tools: CanvasTools }) {
  const isEmpty = useDraft(({ flow }) => Object.keys(flow.blocks).length === 0)
  const readOnly = useDraft(draft => draft.readOnly)
  if (!isEmpty) return null
  const begin = () => {
    const [start, greeting] = [blockViewOf('start')?.fresh(), blockViewOf('greeting')?.fresh()]
    if (!start || !greeting) return
    tools.draft.getState().run(addBlock, { block: start, at: [0, 0] })
    const [block] = tools.draft.getState().selection.blocks
    if (block !== undefined) tools.draft.getState().run(addBlock, { block: greeting, from: { block, exit: 'next' } })
    tools.fit()
    tools.focusChosen()
  }
  return (
    <div className="canvas-empty">
      <h2>{words.canvas.empty}</h2>
      <p>{words.canvas.emptyHint}</p>
      {!readOnly && (
        <Button variant="filled" onClick={begin}>
          {words.canvas.emptyAdd}
        </Button>
      )}
    </div>
  )
}
