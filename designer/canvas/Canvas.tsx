/** The canvas: React Flow with the draft on it. The only place where its words are spoken. */
// In this order: what comes later adds to what came before.
import 'reactflow/dist/base.css'
import './canvas.css'
import './block.css'
import './states.css'
import './exits.css'
import './connections.css'
import './notes.css'
import './far-away.css'
import './floating.css'
import './add-list.css'
import './find.css'
import './outline.css'
import './conflict.css'
import './connecting.css'
import './chosen-bar.css'
import './inline.css'
import './forced-colors.css'
import { type DragEvent, useEffect, useMemo, useRef } from 'react'
import { ReactFlowProvider, useReactFlow } from 'reactflow'
import type { Place } from '../commands/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { ChosenBar } from './ChosenBar.tsx'
import { Conflict } from './Conflict.tsx'
import { ConnectBanner } from './ConnectBanner.tsx'
import { resetCanvas, setCanvas, useCanvas } from './canvas-state.ts'
import { Drawn } from './Drawn.tsx'
import { Empty } from './Empty.tsx'
import { chosenByFocus } from './focus.ts'
import { AddList, CanvasMenu, Find, Outline } from './Opened.tsx'
import { connectionAt, draggedType } from './pointing.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import { Said } from './surroundings.tsx'
import { createTools } from './tools.ts'
import { closeUndoToast } from './undo-toast.ts'
import { useCanvasActions } from './use-actions.ts'
import { useClipboard } from './use-clipboard.ts'
import { useKeepSeen } from './use-keep-seen.ts'
import { useCanvasKeys } from './use-keys.ts'
import { useCanvasPointer } from './use-pointer.ts'
import { useRunningBlock } from './use-running-block.ts'

/** The canvas of the open draft. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  )
}

function Surface() {
  const root = useRef<HTMLDivElement>(null)
  const draft = useDraftStore()
  const flow = useReactFlow<CanvasNode, ConnectionEdge>()
  const readOnly = useDraft(({ readOnly }) => readOnly)
  const tools = useMemo(() => createTools(draft, flow, () => root.current), [draft, flow])
  const isConnecting = useCanvas(state => state.dragging !== undefined)
  const isLinking = useCanvas(state => state.connecting !== undefined)

  useEffect(() => {
    resetCanvas()
    setCanvas({ tools })
    return () => {
      closeUndoToast()
      resetCanvas()
    }
  }, [tools])
  useCanvasActions(tools)
  useClipboard(tools)
  useCanvasKeys(tools, root)
  useCanvasPointer(tools, root)
  useRunningBlock(tools)
  useKeepSeen(tools, root)

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas itself takes the focus when nothing on it has it
    <div
      ref={root}
      className="canvas"
      tabIndex={-1}
      data-connecting={isConnecting || undefined}
      data-linking={isLinking || undefined}
      data-read-only={readOnly || undefined}
      onFocus={event => {
        const chosen = chosenByFocus(event.target, draft.getState().selection)
        if (chosen) draft.getState().choose(chosen)
      }}
      onDoubleClick={event => {
        if (!(event.target instanceof Element && event.target.closest('.react-flow__pane'))) return
        const screen: Place = [event.clientX, event.clientY]
        tools.openAddList({ screen, at: tools.toCanvas(screen) })
      }}
      onDragOver={event => over(event, readOnly)}
      onDragLeave={event => {
        // It also comes from each thing on the canvas that the pointer leaves.
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setCanvas({ dropOn: undefined })
      }}
      onDrop={event => {
        const type = draggedType(event.dataTransfer)
        if (type === undefined || readOnly) return
        event.preventDefault()
        const from = connectionAt([event.clientX, event.clientY])
        setCanvas({ dropOn: undefined })
        tools.add(type, { at: tools.toCanvas([event.clientX, event.clientY - 20]), ...(from ? { from } : {}) })
      }}
    >
      <Outline />
      <Drawn tools={tools} />
      <Empty tools={tools} />
      <Find tools={tools} />
      <ConnectBanner tools={tools} />
      <ChosenBar tools={tools} />
      <AddList tools={tools} />
      <CanvasMenu tools={tools} />
      <Conflict tools={tools} />
      <Said />
    </div>
  )
}

function over(event: DragEvent, readOnly: boolean): void {
  if (readOnly || draggedType(event.dataTransfer) === undefined) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  const into = connectionAt([event.clientX, event.clientY])
  const dropOn = into && `${into.block}.${into.exit}`
  if (useCanvas.getState().dropOn !== dropOn) setCanvas({ dropOn })
}
