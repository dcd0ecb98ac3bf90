/** What floats over the canvas: zoom, tools, and what a screen reader hears. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Panel, useStore } from 'reactflow'
import { addFrame, addNote, tidy } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { sayKeys } from '../ui/Keys.tsx'
import { useToast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { addFrameAndWrite, addNoteAndWrite } from './carry-out.ts'
import { canvasIcons } from './icons.ts'
import { type CanvasTools, runPlanned } from './tools.ts'

/** Zoom and fit, bottom left. */
export function Zoom({ tools }: { readonly tools: CanvasTools }) {
  return (
    <Panel position="bottom-left" className="canvas-bar" data-keep-clear aria-label={words.canvas.zoom}>
      <Tool label={words.canvas.zoomOut} keys="mod+minus" icon={icons.minus} run={() => tools.zoomBy(-1)} />
      <button type="button" className="canvas-zoom" aria-label={words.canvas.zoomTo} onClick={tools.zoomToFull}>
        <Percent />
      </button>
      <Tool label={words.canvas.zoomIn} keys="mod+plus" icon={icons.plus} run={() => tools.zoomBy(1)} />
      <span className="canvas-bar-line" />
      <Tool label={words.canvas.fit} keys="shift+1" icon={canvasIcons.fit ?? ''} run={tools.fit} />
    </Panel>
  )
}

/** The figure alone: it changes with every frame of a zoom, the buttons beside it do not. */
function Percent() {
  const zoom = useStore(state => Math.round(state.transform[2] * 100) / 100)
  useDetail(zoom)
  return words.canvas.percent(zoom)
}

/** Tidy, note and frame, top right. */
export function Toolbar({ tools }: { readonly tools: CanvasTools }) {
  const readOnly = useDraft(draft => draft.readOnly)
  if (readOnly) return null
  return (
    <Panel position="top-right" className="canvas-bar" aria-label={words.canvas.tools}>
      <span className="canvas-add">
        <Tool label={words.canvas.addABlock} keys="/" icon={icons.plus} run={() => tools.openAddList()} />
      </span>
      <Tool label={tidy.label} keys="shift+T" icon={canvasIcons.tidy ?? ''} run={() => void runPlanned(tools, tidy)} />
      <Tool label={addNote.label} keys="N" icon={canvasIcons.add_note ?? ''} run={() => addNoteAndWrite(tools)} />
      <Tool label={addFrame.label} keys="F" icon={canvasIcons.add_frame ?? ''} run={() => addFrameAndWrite(tools)} />
    </Panel>
  )
}

function Tool({ label, keys, icon, run }: { readonly label: string; readonly keys: string; readonly icon: string; readonly run: () => void }) {
  return (
    <Tooltip label={`${label}  ${sayKeys(keys)}`}>
      <ActionIcon size={30} aria-label={label} onClick={run}>
        <Icon path={icon} />
      </ActionIcon>
    </Tooltip>
  )
}

/** What an edit said, for screen readers. What is said at the bottom of the page too is spoken from there. */
export function Said() {
  const said = useDraft(draft => draft.said.text)
  const text = useToast(({ toast }) => (toast?.text === said ? '' : said))
  const number = useDraft(draft => draft.said.number)
  return (
    <div className="canvas-said" role="status">
      <span key={number}>{text}</span>
    </div>
  )
}

/** Far away, names are all that can be read: an attribute, so that no block is drawn anew. */
function useDetail(zoom: number): void {
  const root = useStore(state => state.domNode)
  const shown = useRef('')
  const detail = zoom < 0.2 ? 'plates' : zoom < 0.45 ? 'names' : 'all'
  useEffect(() => {
    if (!root || shown.current === detail) return
    shown.current = detail
    root.dataset.detail = detail
  }, [root, detail])
}
