/** Notes and frames: written in place, resized at their corner. */
import { memo, useEffect, useRef, useState } from 'react'
import { type NodeProps, NodeResizeControl } from 'reactflow'
import { changeNote, type NoteKind } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { setCanvas, typedBefore, useCanvas } from './canvas-state.ts'
import type { NoteNode as NoteNodeType } from './projection.ts'

/** A note that is pinned to the canvas. */
export const NoteNode = memo(function NoteNode({ data, selected }: NodeProps<NoteNodeType>) {
  return <Written kind="note" id={data.id} text={data.note.text} isChosen={selected} placeholder={words.canvas.notePlaceholder} />
})

/** A titled area behind blocks. */
export const FrameNode = memo(function FrameNode({ data, selected }: NodeProps<NoteNodeType>) {
  return <Written kind="frame" id={data.id} text={data.note.text} isChosen={selected} placeholder={words.canvas.framePlaceholder} />
})

interface WrittenProps {
  readonly kind: NoteKind
  readonly id: string
  readonly text: string
  readonly isChosen: boolean
  readonly placeholder: string
}

function Written({ kind, id, text, isChosen, placeholder }: WrittenProps) {
  const readOnly = useDraft(draft => draft.readOnly)
  const isWriting = useCanvas(({ writing }) => writing?.what === kind && 'id' in writing && writing.id === id)
  const write = () => {
    if (!readOnly) setCanvas({ writing: { what: kind, id } })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter does the same
    <div className={kind === 'note' ? 'canvas-note' : 'canvas-frame'} onDoubleClick={write}>
      {isWriting ? (
        <NoteField kind={kind} id={id} text={text} placeholder={placeholder} />
      ) : (
        <div className="canvas-note-text" dir="auto" data-empty={text === '' || undefined}>
          {text === '' ? placeholder : text}
        </div>
      )}
      {isChosen && !readOnly && (
        <NodeResizeControl
          className="canvas-resize"
          minWidth={96}
          minHeight={48}
          onResizeEnd={(_, { x, y, width, height }) => {
            useCanvas
              .getState()
              .tools?.draft.getState()
              .run(changeNote, { kind, id, at: [x, y], size: [width, height] })
          }}
        />
      )}
    </div>
  )
}

function NoteField({ kind, id, text, placeholder }: { readonly kind: NoteKind; readonly id: string; readonly text: string; readonly placeholder: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [written] = useState(() => text + typedBefore())
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(written.length, written.length)
  }, [written])
  const done = () => {
    if (!useCanvas.getState().writing) return
    useCanvas
      .getState()
      .tools?.draft.getState()
      .run(changeNote, { kind, id, text: field.current?.value ?? text })
    setCanvas({ writing: undefined })
  }
  return (
    <textarea
      ref={field}
      className="canvas-note-field nodrag nopan nowheel"
      dir="auto"
      aria-label={placeholder}
      placeholder={placeholder}
      defaultValue={written}
      onBlur={done}
      onKeyDown={event => {
        event.stopPropagation()
        const isDone = event.key === 'Escape' || (event.key === 'Enter' && (kind === 'frame' || event.ctrlKey || event.metaKey))
        if (!isDone) return
        event.preventDefault()
        done()
        event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus()
      }}
    />
  )
}
