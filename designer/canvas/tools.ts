/** What every way of working with the canvas calls: palette, keys, menus and the command palette do the same things by the same functions. */
import { getViewportForBounds, type ReactFlowInstance } from 'reactflow'
import type { StoreApi } from 'zustand'
import type { Flow } from '../../server/engine/index.ts'
import { blockViewOf } from '../blocks/index.ts'
import {
  addBlock,
  around,
  type Box,
  boxOf,
  type ChosenExit,
  type Command,
  exitToAddTo,
  NOTHING_CHOSEN,
  notesOf,
  type Place,
  type PlannedCommand,
  type Sizes,
} from '../commands/index.ts'
import type { OpenDraft } from '../draft/index.ts'
import { toast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { focusQuietly } from './focus.ts'
import { type CanvasNode, type ConnectionEdge, frameId, noteId } from './projection.ts'
import { toastUndo } from './undo-toast.ts'

/** The open canvas, for whoever works with it. */
export interface CanvasTools {
  readonly draft: StoreApi<OpenDraft>
  /** Runs a command; what is chosen then gets the focus, so that it is never lost. */
  run<Args>(command: Command<Args>, args: Args): boolean
  /** Runs a command whose result is written at once: its field takes the focus. */
  make<Args>(command: Command<Args>, args: Args): boolean
  undo(): void
  redo(): void
  /** Adds a block of a type; without `from`, behind what is chosen. */
  add(type: string, where?: { readonly at?: Place; readonly from?: ChosenExit }): void
  /** Opens the list of block types: under the pointer, at an exit, or at a point of the window. */
  openAddList(where?: { readonly screen?: Place; readonly at?: Place; readonly from?: ChosenExit }): void
  /** Shows a block, chooses and focuses it. */
  goTo(block: string): void
  /** Moves the camera until a block is seen; a block that is seen stays where it is. */
  reveal(block: string): void
  /** Shows and chooses a block; the focus stays where it is, for lists beside the canvas. */
  show(block: string): void
  /** Back to the block that was looked at before. */
  goBack(): void
  /** Focuses the chosen block, else the canvas. */
  focusChosen(): void
  focusExit(exit: ChosenExit): void
  fit(): void
  fitChosen(): void
  zoomBy(step: 1 | -1): void
  zoomToFull(): void
  toCanvas(screen: Place): Place
  /** The pointer moved over the canvas, in window coordinates. */
  reportPointer(screen: Place): void
  /** Takes the focus back from a menu or window that closes. */
  takeFocus(): void
}

/** The camera's way, ms; none for who wants no motion. */
const cameraMs = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240)
/** What is fitted keeps clear of the bars at the top and bottom. */
export const FIT_PADDING = { x: '24px', y: '64px' } as const
/** As far away as the canvas goes. */
export const LEAST_ZOOM = 0.08
/** Below this zoom texts cannot be read, so going to a block also goes nearer. */
const READABLE = 0.45
/** Room that is left between a block and the edge of the canvas, px. */
const EDGE = 24
/** A block is focused when it is drawn, which may need a few frames after the camera moved. */
const MOST_FRAMES = 40

/** Frames until a block that was just added is measured. */
const MEASURED_AFTER = 3

/** Makes the tools of a canvas that is in the page. */
export function createTools(draft: StoreApi<OpenDraft>, flow: ReactFlowInstance<CanvasNode, ConnectionEdge>, root: () => HTMLElement | null): CanvasTools {
  let pointer: Place | undefined
  const elementOf = (block: string) => root()?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(block)}"]`) ?? undefined

  function focusWhenDrawn(
    find: () => HTMLElement | undefined,
    focus = (element: HTMLElement) => element.focus({ preventScroll: true }),
    frames = MOST_FRAMES,
  ): void {
    requestAnimationFrame(() => {
      const element = find()
      if (element) focus(element)
      else if (frames > 0) focusWhenDrawn(find, focus, frames - 1)
      else root()?.focus({ preventScroll: true })
    })
  }

  /** Moves the camera no further than needed; what is seen stays where it is. Of more than the window holds, the first is shown. */
  function reveal(...blocks: readonly string[]): void {
    const { flow: drawn } = draft.getState()
    const bounds = root()?.getBoundingClientRect()
    const boxes = blocks.filter(id => drawn.blocks[id]).map(id => boxOf(drawn, draft.getState().view().sizes, id))
    const zoom = flow.getZoom()
    const all = around(boxes)
    const isTooLarge = all && bounds && (all.width * zoom > bounds.width - EDGE * 2 || all.height * zoom > bounds.height - EDGE * 2)
    const box = isTooLarge ? boxes[0] : all
    if (!box || !bounds) return
    if (zoom < READABLE) {
      void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: READABLE, duration: cameraMs() })
      return
    }
    const { x, y } = flow.flowToScreenPosition({ x: box.x, y: box.y })
    const shift = (start: number, length: number, from: number, to: number) =>
      start < from ? from - start : start + length > to ? Math.max(to - start - length, from - start) : 0
    const dx = shift(x, box.width * zoom, bounds.left + EDGE, bounds.right - EDGE)
    const dy = shift(y, box.height * zoom, bounds.top + EDGE, bounds.bottom - EDGE)
    if (dx === 0 && dy === 0) return
    const { x: left, y: top } = flow.getViewport()
    void flow.setViewport({ x: left + dx, y: top + dy, zoom }, { duration: cameraMs() })
  }

  /** A new block may turn out larger than it was thought to be. */
  async function revealMeasured(blocks: readonly string[]): Promise<void> {
    reveal(...blocks)
    for (let frame = 0; frame < MEASURED_AFTER; frame++) await nextFrame()
    if (blocks.some(id => draft.getState().selection.blocks.includes(id))) reveal(...blocks)
  }

  /** Fits rectangles into the window. React Flow itself would count only those that were drawn. */
  function show(boxes: readonly Box[]): void {
    const box = around(boxes)
    const bounds = root()?.getBoundingClientRect()
    if (!box || !bounds) return
    void flow.setViewport(getViewportForBounds(box, bounds.width, bounds.height, LEAST_ZOOM, 1, FIT_PADDING), { duration: cameraMs() })
  }

  function focusChosen(): void {
    const { blocks, notes, frames } = draft.getState().selection
    const thing = blocks[0] ?? (notes[0] === undefined ? frames[0] && frameId(frames[0]) : noteId(notes[0]))
    if (thing === undefined) {
      root()?.focus({ preventScroll: true })
      return
    }
    if (blocks.length > 0) void revealMeasured(blocks)
    focusWhenDrawn(() => elementOf(thing))
  }

  function middle(): Place {
    const bounds = root()?.getBoundingClientRect()
    return bounds ? tools.toCanvas([bounds.left + bounds.width / 2, bounds.top + bounds.height / 3]) : [0, 0]
  }

  /** Tells commands where to put things: under the pointer, else in the middle of what is seen. */
  function tellPlace(): void {
    draft.getState().reportPointer(pointer && root()?.matches(':hover') ? tools.toCanvas(pointer) : middle())
  }

  /** Keeps the focus where somebody types. */
  function holdsFocus(): boolean {
    const active = document.activeElement
    return active === null || active === document.body || root()?.contains(active) === true
  }

  const tools: CanvasTools = {
    draft,
    run(command, args) {
      const hadFocus = holdsFocus()
      tellPlace()
      const next = command.focusAfter?.(draft.getState().view())
      const isDone = draft.getState().run(command, args)
      if (!isDone || !hadFocus) return isDone
      if (next !== undefined && draft.getState().flow.blocks[next]) focusWhenDrawn(() => elementOf(next), focusQuietly)
      else focusChosen()
      return isDone
    },
    make(command, args) {
      tellPlace()
      return draft.getState().run(command, args)
    },
    undo() {
      draft.getState().undo()
      if (holdsFocus()) focusChosen()
    },
    redo() {
      draft.getState().redo()
      if (holdsFocus()) focusChosen()
    },
    add(type, where = {}) {
      const view = blockViewOf(type)
      const block = view?.fresh()
      if (!block) return
      const from = where.from ?? (where.at ? undefined : exitToAddTo(draft.getState().view()))
      tellPlace()
      if (!draft.getState().run(addBlock, { block, ...(where.at ? { at: where.at } : {}), ...(from ? { from } : {}) })) return
      const [id] = draft.getState().selection.blocks
      if (id === undefined || view?.inlineText === undefined || !view.hasGist(block)) {
        focusChosen()
        return
      }
      // A block that says something is written at once; what is typed meanwhile is kept for the field.
      setCanvas({ writing: { what: 'text', block: id } })
      void revealMeasured([id])
    },
    openAddList(where = {}) {
      if (draft.getState().readOnly) return
      const from = where.from ?? (where.at ? undefined : exitToAddTo(draft.getState().view()))
      setCanvas({ adding: { screen: where.screen ?? screenFor(from), at: where.at, from }, menu: undefined })
    },
    goTo(block) {
      leaveFor(block)
      focusChosen()
    },
    show(block) {
      leaveFor(block)
      reveal(block)
    },
    reveal: block => reveal(block),
    goBack() {
      const { trail } = useCanvas.getState()
      const block = trail.at(-1)
      if (block === undefined) return
      setCanvas({ trail: trail.slice(0, -1) })
      draft.getState().choose({ blocks: [block] })
      focusChosen()
    },
    focusChosen,
    focusExit({ block, exit }) {
      focusWhenDrawn(() => elementOf(block)?.querySelector<HTMLElement>(`[data-exit="${CSS.escape(exit)}"]`) ?? undefined)
    },
    fit: () => show(everything(draft.getState().flow, draft.getState().view().sizes)),
    fitChosen() {
      const { flow: drawn, selection } = draft.getState()
      show(selection.blocks.map(id => boxOf(drawn, draft.getState().view().sizes, id)))
    },
    zoomBy: step => void (step === 1 ? flow.zoomIn({ duration: cameraMs() }) : flow.zoomOut({ duration: cameraMs() })),
    zoomToFull: () => void flow.zoomTo(1, { duration: cameraMs() }),
    toCanvas(screen) {
      const { x, y } = flow.screenToFlowPosition({ x: screen[0], y: screen[1] })
      return [x, y]
    },
    reportPointer(screen) {
      pointer = screen
    },
    takeFocus: () => root()?.focus({ preventScroll: true }),
  }

  /** Chooses a block, and keeps what was chosen for going back. */
  function leaveFor(block: string): void {
    const { trail } = useCanvas.getState()
    const [current] = draft.getState().selection.blocks
    setCanvas({ trail: current === undefined || current === block ? trail : [...trail.slice(-50), current] })
    draft.getState().choose({ blocks: [block] })
  }

  function screenFor(from: ChosenExit | undefined): Place {
    const bounds = root()?.getBoundingClientRect()
    const source = from && elementOf(from.block)?.getBoundingClientRect()
    if (source && bounds) return [Math.min(source.left, bounds.right - 300), Math.min(source.bottom + 12, bounds.bottom - 320)]
    if (pointer && root()?.matches(':hover')) return pointer
    return bounds ? [bounds.left + bounds.width / 2 - 140, bounds.top + bounds.height / 4] : [200, 200]
  }

  return tools
}

function everything(drawn: Flow, sizes: Sizes): readonly Box[] {
  const notes = [...Object.values(notesOf(drawn, 'note')), ...Object.values(notesOf(drawn, 'frame'))]
  return [
    ...Object.keys(drawn.blocks).map(id => boxOf(drawn, sizes, id)),
    ...notes.map(({ at, size }) => ({ x: at[0], y: at[1], width: size?.[0] ?? 0, height: size?.[1] ?? 0 })),
  ]
}

/** Runs a command whose effect people may want back at once, and says so with a way back. */
export function runWithToast(tools: CanvasTools, command: Command): void {
  const before = tools.draft.getState().flow
  if (tools.run(command, undefined) && tools.draft.getState().flow !== before) toastUndo(tools, tools.draft.getState().said.text)
}

/** Works a large edit out aside and then runs it as one step. Nothing happens when the draft was closed meanwhile. */
export async function runPlanned(tools: CanvasTools, command: PlannedCommand): Promise<void> {
  // A text that was just written is in the page, and measured, two frames later.
  await nextFrame()
  await nextFrame()
  const view = tools.draft.getState().view()
  if (!command.isAvailable(view)) return
  // Only the worker can fail here: its script is gone, or the connection.
  const planned = await command.plan(view).catch(() => undefined)
  if (planned) runWithToast(tools, planned)
  else toast(words.canvas.cannotTidy)
}

const nextFrame = () => new Promise(requestAnimationFrame)

/** Leaves everything unchosen. */
export function chooseNothing(tools: CanvasTools): void {
  tools.draft.getState().choose(NOTHING_CHOSEN)
  tools.focusChosen()
}
