/** Every edit of the canvas and every way to it: the menu, the command palette, the keys and the keyboard help read this one list. */
import {
  addNote,
  COMMANDS,
  type Command,
  type CommandGroup,
  countChosen,
  type Direction,
  exitsOf,
  MOST_BLOCKS,
  nudge,
  type Place,
  type PlannedCommand,
} from '../commands/index.ts'
import type { Action } from '../shell/palette.ts'
import { icons } from '../ui/icons.ts'
import { editWords } from '../words/edits.ts'
import { words } from '../words/en.ts'
import { addNoteAndWrite, connectFrom, editText, insertHere, rename, runListed } from './carry-out.ts'
import { copyChosen, cutChosen, pasteClipboard } from './clipboard.ts'
import { canvasIcons } from './icons.ts'
import type { CanvasTools } from './tools.ts'

/** An edit. A way that is missing does not compile, or fails the table of ways. */
export interface CanvasEdit extends Action {
  readonly group: CommandGroup
  readonly keys: readonly [string, ...string[]]
  /** How a pointer does it, besides the menu. */
  readonly mouse: string
  /** Whether the menu has it always, for what is chosen, or for the empty canvas. */
  readonly menu: 'always' | 'chosen' | 'nothing'
}

/** One step of the grid. */
export const STEPS: Readonly<Record<Direction, Place>> = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] }

const { byMouse } = editWords

/** The edits, in the order of the menu. The canvas is asked for only when something is done with it. */
export function canvasEdits(canvas: () => CanvasTools): readonly CanvasEdit[] {
  const draft = () => canvas().draft.getState()
  const mayEdit = () => !draft().readOnly
  const hasChosen = () => countChosen(draft().selection) > 0
  const hasOneBlock = () => mayEdit() && draft().selection.blocks.length === 1
  const chosenExits = () => exitsOf(draft().flow.blocks[draft().selection.blocks[0] ?? ''] ?? { type: '' })
  const mayAdd = () => mayEdit() && Object.keys(draft().flow.blocks).length < MOST_BLOCKS
  const listed = COMMANDS.filter(command => command.group !== 'go').map(command => editOf(canvas, command))
  return [
    {
      name: 'edit_text',
      group: 'edit',
      label: words.canvas.editText,
      keys: ['Enter'],
      keysOf: 'part',
      mouse: byMouse.editText,
      menu: 'chosen',
      isAvailable: hasOneBlock,
      run: () => editText(canvas()),
    },
    {
      name: 'rename_block',
      group: 'edit',
      label: words.canvas.rename,
      keys: ['F2'],
      keysOf: 'part',
      mouse: byMouse.rename,
      menu: 'chosen',
      isAvailable: hasOneBlock,
      run: () => rename(canvas()),
    },
    {
      name: 'connect',
      group: 'edit',
      label: words.canvas.connectKey,
      keys: ['C'],
      keysOf: 'part',
      mouse: byMouse.connect,
      menu: 'chosen',
      isAvailable: () => hasOneBlock() && chosenExits().length > 0,
      run: () => void connectFrom(canvas(), draft().selection.blocks[0]),
    },
    {
      name: 'insert_block',
      group: 'add',
      label: words.canvas.insert,
      keys: ['I'],
      keysOf: 'part',
      mouse: byMouse.insert,
      menu: 'chosen',
      isAvailable: () => mayAdd() && (draft().selection.connections.length === 1 || (hasOneBlock() && chosenExits().length > 0)),
      run: () => void insertHere(canvas()),
    },
    {
      name: 'copy',
      group: 'edit',
      label: words.canvas.copy,
      icon: icons.copy,
      keys: ['mod+C'],
      keysOf: 'part',
      mouse: byMouse.inspectorMenu,
      menu: 'chosen',
      isAvailable: hasChosen,
      run: () => void copyChosen(canvas()),
    },
    {
      name: 'cut',
      group: 'edit',
      label: words.canvas.cutVerb,
      keys: ['mod+X'],
      keysOf: 'part',
      mouse: byMouse.inspectorMenu,
      menu: 'chosen',
      isAvailable: () => mayEdit() && hasChosen(),
      run: () => void cutChosen(canvas()),
    },
    {
      name: 'paste',
      group: 'edit',
      label: words.canvas.paste,
      keys: ['mod+V'],
      keysOf: 'part',
      mouse: byMouse.inspectorMenu,
      menu: 'always',
      isAvailable: mayEdit,
      run: () => void pasteClipboard(canvas()),
    },
    ...listed,
    ...(['up', 'down', 'left', 'right'] as const).map(
      (way): CanvasEdit => ({
        name: `move_${way}`,
        group: 'arrange',
        label: words.canvas.moveTo[way],
        keys: [`alt+Arrow${way[0]?.toUpperCase()}${way.slice(1)}`],
        keysOf: 'part',
        mouse: byMouse.move,
        menu: 'chosen',
        isAvailable: () => mayEdit() && hasChosen() && draft().selection.connections.length === 0,
        run: () => void canvas().run(nudge, { by: STEPS[way] }),
      }),
    ),
    {
      name: 'add_block',
      group: 'add',
      label: words.canvas.addABlock,
      icon: icons.plus,
      keys: ['Slash'],
      keysOf: 'part',
      mouse: byMouse.add,
      menu: 'nothing',
      isAvailable: mayAdd,
      run: () => canvas().openAddList(),
    },
    {
      name: 'add_note',
      group: 'add',
      label: addNote.label,
      icon: canvasIcons.add_note ?? '',
      keys: ['N'],
      mouse: byMouse.toolbar,
      menu: 'always',
      isAvailable: () => addNote.isAvailable(draft().view()),
      run: () => addNoteAndWrite(canvas()),
    },
    {
      name: 'undo',
      group: 'edit',
      label: words.editor.undo,
      icon: icons.undo,
      keys: ['mod+Z'],
      mouse: byMouse.header,
      menu: 'always',
      isAvailable: () => draft().canUndo,
      run: () => canvas().undo(),
    },
    {
      name: 'redo',
      group: 'edit',
      label: words.editor.redo,
      icon: icons.redo,
      keys: ['mod+shift+Z', 'mod+Y'],
      mouse: byMouse.header,
      menu: 'always',
      isAvailable: () => draft().canRedo,
      run: () => canvas().redo(),
    },
  ]
}

/** Keys that text fields need too, or that must not reach a block from another part of the page: the canvas listens for them. */
const PART_KEYS = new Set(['delete_chosen', 'take_out', 'choose_all'])

function editOf(canvas: () => CanvasTools, command: Command | PlannedCommand): CanvasEdit {
  const [first, ...others] = command.keys ?? []
  const mouse = MOUSE[command.name.replace(/_.*/, '')]
  if (first === undefined || mouse === undefined) throw new Error(`${command.name} lacks a way to it.`)
  return {
    name: command.name,
    group: command.group,
    label: command.label,
    ...(canvasIcons[command.name] === undefined ? {} : { icon: canvasIcons[command.name] ?? '' }),
    keys: [first, ...others],
    ...(PART_KEYS.has(command.name) ? { keysOf: 'part' as const } : {}),
    mouse,
    menu: 'always',
    isAvailable: () => command.isAvailable(canvas().draft.getState().view()),
    run: () => runListed(canvas(), command),
  }
}

/** Of the listed commands, by the first word of their name. */
const MOUSE: Readonly<Record<string, string>> = {
  duplicate: byMouse.inspectorMenu,
  delete: byMouse.inspectorMenu,
  take: byMouse.inspectorMenu,
  choose: byMouse.choose,
  add: byMouse.toolbar,
  tidy: byMouse.toolbar,
  align: byMouse.bar,
  distribute: byMouse.bar,
}
