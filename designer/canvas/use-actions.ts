/** Offers everything the canvas can do to the command palette, the keyboard help and the shortcuts of the page. */
import { useMemo } from 'react'
import { BLOCK_TYPES } from '../../server/engine/index.ts'
import { blockViewOf } from '../blocks/index.ts'
import { addFrame, addNote, COMMANDS, type Command, countChosen, MOST_BLOCKS, type PlannedCommand } from '../commands/index.ts'
import { usePanels } from '../editor/panels.ts'
import { type Action, useActions } from '../shell/palette.ts'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { copyChosen, cutChosen, pasteClipboard } from './clipboard.ts'
import { canvasIcons } from './icons.ts'
import { type CanvasTools, runPlanned, runWithToast } from './tools.ts'

/** Commands whose effect is large enough to offer a way back at once. */
const WITH_TOAST = new Set(['delete_chosen', 'take_out'])

/** Runs a command of the list as menus, keys and the palette do. */
export function runListed(tools: CanvasTools, command: Command | PlannedCommand): void {
  if ('plan' in command) void runPlanned(tools, command)
  else if (command.name === addFrame.name) addFrameAndWrite(tools)
  else if (WITH_TOAST.has(command.name)) runWithToast(tools, command)
  else tools.run(command, undefined)
}

/** Offers the canvas while it is in the page. */
export function useCanvasActions(tools: CanvasTools): void {
  useActions(useMemo(() => [...editActions(tools), ...viewActions(tools), ...addActions(tools), ...KEYS_ONLY], [tools]))
}

function editActions(tools: CanvasTools): readonly Action[] {
  const draft = () => tools.draft.getState()
  const mayEdit = () => !draft().readOnly
  return [
    { name: 'undo', group: 'edit', label: words.editor.undo, icon: icons.undo, keys: ['mod+Z'], isAvailable: () => draft().canUndo, run: tools.undo },
    {
      name: 'redo',
      group: 'edit',
      label: words.editor.redo,
      icon: icons.redo,
      keys: ['mod+shift+Z', 'mod+Y'],
      isAvailable: () => draft().canRedo,
      run: tools.redo,
    },
    ...COMMANDS.map(
      (command): Action => ({
        name: command.name,
        group: command.group,
        label: command.label,
        ...(canvasIcons[command.name] === undefined ? {} : { icon: canvasIcons[command.name] ?? '' }),
        ...(command.keys ? { keys: command.keys } : {}),
        // What a text field needs too, and what must not reach a block from another part of the page, is listened for by the canvas.
        ...(PART_KEYS.has(command.name) ? { keysOf: 'part' as const } : {}),
        isAvailable: () => command.isAvailable(draft().view()),
        run: () => runListed(tools, command),
      }),
    ),
    {
      name: 'add_note',
      group: 'add',
      label: addNote.label,
      icon: canvasIcons.add_note ?? '',
      keys: ['N'],
      isAvailable: () => addNote.isAvailable(draft().view()),
      run: () => addNoteAndWrite(tools),
    },
    {
      name: 'copy',
      group: 'edit',
      label: words.canvas.copy,
      icon: icons.copy,
      keys: ['mod+C'],
      keysOf: 'part',
      isAvailable: () => countChosen(draft().selection) > 0,
      run: () => void copyChosen(tools),
    },
    {
      name: 'cut',
      group: 'edit',
      label: words.canvas.cutVerb,
      keys: ['mod+X'],
      keysOf: 'part',
      isAvailable: () => mayEdit() && countChosen(draft().selection) > 0,
      run: () => void cutChosen(tools),
    },
    { name: 'paste', group: 'edit', label: words.canvas.paste, keys: ['mod+V'], keysOf: 'part', isAvailable: mayEdit, run: () => void pasteClipboard(tools) },
    {
      name: 'rename_block',
      group: 'edit',
      label: words.canvas.rename,
      keys: ['F2'],
      keysOf: 'part',
      isAvailable: () => mayEdit() && draft().selection.blocks.length === 1,
      run: () => rename(tools),
    },
    {
      name: 'edit_text',
      group: 'edit',
      label: words.canvas.editText,
      keys: ['Enter'],
      keysOf: 'part',
      isAvailable: () => mayEdit() && draft().selection.blocks.length === 1,
      run: () => editText(tools),
    },
  ]
}

function viewActions(tools: CanvasTools): readonly Action[] {
  return [
    { name: 'find', group: 'go', label: words.canvas.find, icon: icons.search, keys: ['mod+K', 'mod+F'], run: () => openFind('') },
    {
      name: 'go_back',
      group: 'go',
      label: words.canvas.goBack,
      icon: icons.chevronLeft,
      keys: ['alt+B'],
      isAvailable: () => useCanvas.getState().trail.length > 0,
      run: tools.goBack,
    },
    { name: 'outline', group: 'view', label: words.canvas.outline, keys: ['O'], run: () => setCanvas({ isOutlineOpen: !useCanvas.getState().isOutlineOpen }) },
    { name: 'fit', group: 'view', label: words.canvas.fit, icon: canvasIcons.fit ?? '', keys: ['shift+1'], run: tools.fit },
    {
      name: 'fit_chosen',
      group: 'view',
      label: words.canvas.fitChosen,
      keys: ['shift+2'],
      isAvailable: () => tools.draft.getState().selection.blocks.length > 0,
      run: tools.fitChosen,
    },
    { name: 'zoom_to_full', group: 'view', label: words.canvas.zoomTo, keys: ['mod+0'], run: tools.zoomToFull },
    { name: 'zoom_in', group: 'view', label: words.canvas.zoomIn, icon: icons.plus, keys: ['mod+Equal', 'mod+plus'], run: () => tools.zoomBy(1) },
    { name: 'zoom_out', group: 'view', label: words.canvas.zoomOut, icon: icons.minus, keys: ['mod+minus'], run: () => tools.zoomBy(-1) },
  ]
}

function addActions(tools: CanvasTools): readonly Action[] {
  const mayAdd = () => !tools.draft.getState().readOnly && Object.keys(tools.draft.getState().flow.blocks).length < MOST_BLOCKS
  return [
    {
      name: 'add_block',
      group: 'add',
      label: words.canvas.addABlock,
      icon: icons.plus,
      keys: ['Slash'],
      keysOf: 'part',
      isAvailable: mayAdd,
      run: () => tools.openAddList(),
    },
    ...BLOCK_TYPES.map(
      ({ type, title }): Action => ({
        name: `add_${type}`,
        group: 'add',
        label: words.canvas.addThis(title),
        icon: blockViewOf(type)?.icon ?? icons.plus,
        isAvailable: mayAdd,
        run: () => tools.add(type),
      }),
    ),
  ]
}

/** For the keyboard help; the canvas listens for them itself. */
const KEYS_ONLY: readonly Action[] = [
  { name: 'walk', group: 'go', label: words.canvas.walkKeys, keys: ['ArrowDown'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'nudge', group: 'arrange', label: words.canvas.moveKeys, keys: ['alt+ArrowDown'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'tab_stops', group: 'go', label: words.canvas.tabKeys, keys: ['Tab'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'connect', group: 'edit', label: words.canvas.connectKey, keys: ['C'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'insert', group: 'add', label: words.canvas.insert, keys: ['I'], keysOf: 'part', helpOnly: true, run: () => {} },
  { name: 'leave', group: 'go', label: words.canvas.escapeKey, keys: ['Escape'], keysOf: 'part', helpOnly: true, run: () => {} },
]

const PART_KEYS = new Set(['delete_chosen', 'take_out', 'choose_all'])

/** Opens the search with something in it. */
export function openFind(query: string): void {
  setCanvas({ find: { isOpen: true, query }, menu: undefined })
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
