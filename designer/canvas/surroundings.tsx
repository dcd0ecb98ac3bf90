/** What floats over the canvas: zoom, tools, and what a screen reader hears. */
import { useEffect, useRef } from 'react'
import { Panel, useStore, useUpdateNodeInternals } from 'reactflow'
import { useDraft } from '../draft/index.ts'
import { ActionButton, ActionHint } from '../shell/ActionButton.tsx'
import { useToast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { isLargeFlow } from './large.ts'
import type { CanvasTools } from './tools.ts'

/** Zoom and fit, bottom left. */
export function Zoom({ tools }: { readonly tools: CanvasTools }) {
  return (
    <Panel position="bottom-left" className="canvas-bar" data-keep-clear aria-label={words.canvas.zoom}>
      <ActionButton name="zoom_out" />
      <ActionHint name="zoom_to_full" label={words.canvas.zoomTo}>
        <button type="button" className="canvas-zoom" aria-label={words.canvas.zoomTo} onClick={tools.zoomToFull}>
          <Percent />
        </button>
      </ActionHint>
      <ActionButton name="zoom_in" />
      <span className="canvas-bar-line" />
      <ActionButton name="fit" />
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
export function Toolbar() {
  const readOnly = useDraft(draft => draft.readOnly)
  if (readOnly) return null
  return (
    <Panel position="top-right" className="canvas-bar" aria-label={words.canvas.tools}>
      <span className="canvas-add">
        <ActionButton name="add_block" />
      </span>
      <ActionButton name="tidy" />
      <ActionButton name="add_note" />
      <ActionButton name="add_frame" />
    </Panel>
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

/** Not at the zoom from which names are all that is shown: there, few enough blocks are in the window. */
const PLATES_BELOW = 0.35

/** Far away, names are all that can be read: an attribute, so that no block is drawn anew. A large flow has no more than that in the page. */
function useDetail(zoom: number): void {
  const root = useStore(state => state.domNode)
  const isLarge = useDraft(({ flow }) => isLargeFlow(flow))
  const measure = useUpdateNodeInternals()
  const shown = useRef('')
  const detail = zoom < 0.2 ? 'plates' : zoom < 0.45 ? 'names' : 'all'
  const isFar = isLarge && zoom < PLATES_BELOW
  useEffect(() => {
    if (!root || shown.current === detail) return
    shown.current = detail
    root.dataset.detail = detail
  }, [root, detail])
  useEffect(() => {
    if (!root || useCanvas.getState().isFar === isFar) return
    const plates = [...root.querySelectorAll<HTMLElement>('.react-flow__node:has([data-plate])')].flatMap(({ dataset: { id } }) => id ?? [])
    setCanvas({ isFar })
    // A block that was only guessed has its dots where its plate had them.
    if (!isFar && plates.length > 0) measure(plates)
  }, [root, isFar, measure])
}
