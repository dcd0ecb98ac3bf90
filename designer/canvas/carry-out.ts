/** What edits do on the canvas beyond their command: a field that opens, an exit that waits, a list. Menus, keys and the palette call these. */
import { blockViewOf } from '../blocks/index.ts'
import { addFrame, addNote, type ChosenExit, type Command, countChosen, exitLabel, exitsOf, exitToAddTo, type PlannedCommand } from '../commands/index.ts'
import { usePanels } from '../editor/panels.ts'
import { words } from '../words/en.ts'
import { setCanvas } from './canvas-state.ts'
import { type CanvasTools, runPlanned, runWithToast } from './tools.ts'

const NO_BLOCK = { type: '' }

/** Commands whose effect is large enough to offer a way back at once. */
const WITH_TOAST = new Set(['delete_chosen', 'take_out'])

/** Runs a command of the list as menus, keys and the palette do. */
export function runListed(tools: CanvasTools, command: Command | PlannedCommand): void {
  if ('plan' in command) void runPlanned(tools, command)
  else if (command.name === addFrame.name) addFrameAndWrite(tools)
  else if (WITH_TOAST.has(command.name)) runWithToast(tools, command)
  else tools.run(command, undefined)
}

/** Names the chosen block in place. */
export function rename(tools: CanvasTools): void {
  const [block] = tools.draft.getState().selection.blocks
  if (block !== undefined && !tools.draft.getState().readOnly) setCanvas({ writing: { what: 'name', block } })
}

/** Writes the chosen block's text in place, or goes to its settings where it has none. */
export function editText(tools: CanvasTools): void {
  const { selection, flow, readOnly } = tools.draft.getState()
  const [block] = selection.blocks
  const [note] = selection.notes
  const [frame] = selection.frames
  if (readOnly) return
  if (block !== undefined) {
    const hasText = blockViewOf(flow.blocks[block]?.type ?? '')?.inlineText !== undefined
    if (hasText) setCanvas({ writing: { what: 'text', block } })
    else openSettings()
  } else if (note !== undefined) setCanvas({ writing: { what: 'note', id: note } })
  else if (frame !== undefined) setCanvas({ writing: { what: 'frame', id: frame } })
}

/** Draws a frame and starts to name it. */
export function addFrameAndWrite(tools: CanvasTools): void {
  if (!tools.make(addFrame, undefined)) return
  const [id] = tools.draft.getState().selection.frames
  if (id !== undefined) setCanvas({ writing: { what: 'frame', id } })
}

/** Pins a note and starts to write it. */
export function addNoteAndWrite(tools: CanvasTools): void {
  if (!tools.make(addNote, {})) return
  const [id] = tools.draft.getState().selection.notes
  if (id !== undefined) setCanvas({ writing: { what: 'note', id } })
}

/** Moves the focus into the inspector. */
function openSettings(): void {
  usePanels.getState().setInspecting(true)
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-part="inspector"] :is(input, textarea, button:not([aria-label]))')?.focus())
}

/** Offers the types that can go where the chosen connection, or an exit of the chosen block, leads. False: there is no such place. */
export function insertHere(tools: CanvasTools): boolean {
  const view = tools.draft.getState().view()
  const [id] = view.selection.blocks
  const [exit] = (id !== undefined && exitsOf(view.flow.blocks[id] ?? NO_BLOCK)) || []
  const from = countChosen(view.selection) === 1 ? (exitToAddTo(view) ?? (id !== undefined && exit ? { block: id, exit: exit.name } : undefined)) : undefined
  if (!from) return false
  tools.openAddList({ from })
  return true
}

/** On a block, C takes its first free exit; with none free, its first one. */
export function connectFrom(tools: CanvasTools, id: string | undefined): boolean {
  const block = id === undefined ? undefined : tools.draft.getState().flow.blocks[id]
  const exits = block ? exitsOf(block) : []
  const exit = exits.find(({ to }) => to === undefined) ?? exits[0]
  if (id === undefined || !exit) return false
  startConnecting(tools, { block: id, exit: exit.name })
  return true
}

/** Lets an exit wait for its target. */
export function startConnecting(tools: CanvasTools, exit: ChosenExit): void {
  const { flow, readOnly } = tools.draft.getState()
  if (readOnly) return
  setCanvas({ connecting: exit })
  tools.draft.getState().say(words.canvas.connectHint(exitLabel(flow, exit)))
  tools.draft.getState().choose({ blocks: [exit.block] })
  tools.focusChosen()
}
