/** The edits of the designer, by name. Menu, key, toolbar, palette and undo read these lists. */
import { alignments, distributions } from './align.ts'
import { chooseAll, problemWalk } from './choose.ts'
import type { Command, PlannedCommand } from './command.ts'
import { deleteChosen } from './delete_chosen.ts'
import { duplicate } from './duplicate.ts'
import { addFrame } from './notes.ts'
import { takeOut } from './take_out.ts'
import { tidy } from './tidy.ts'

/** Commands that need nothing but what is chosen: menus, keys and the command palette offer all of them. */
export const COMMANDS: readonly (Command | PlannedCommand)[] = [
  duplicate,
  deleteChosen,
  takeOut,
  chooseAll,
  addFrame,
  tidy,
  ...alignments,
  ...distributions,
  ...problemWalk,
]

export { addBlock, exitToAddTo, type NewBlock } from './add_block.ts'
export { startArranging } from './arrange-aside.ts'
export { chooseAll, type Direction, neighbour, walk } from './choose.ts'
export { clipOf, printClip } from './clip.ts'
export { type ChosenExit, type Command, type CommandGroup, type Edit, type EditorView, NOTHING_CHOSEN, type PlannedCommand, type Selection } from './command.ts'
export { connect, exitLabel, type NewConnection, refusal } from './connect.ts'
export { countChosen, deleteChosen, whatIsChosen } from './delete_chosen.ts'
export { duplicate } from './duplicate.ts'
export { exitsOf, firstFreeExit, nameOf, type ShownExit, takesConnections } from './exits.ts'
export { type CanvasNote, MOST_BLOCKS, type NoteKind, notesOf, type Place, withBlock, withExit } from './flow-edits.ts'
export { flowOrder } from './flow-order.ts'
export { type Insertion, insertBlock } from './insert_block.ts'
export { type Moves, move, nudge } from './move.ts'
export { addFrame, addNote, changeNote, type NoteChange } from './notes.ts'
export { type Pasted, paste } from './paste.ts'
export { around, type Box, boxOf, findPlaces, guessSize, isPlain, keepPlaces, placesOf, type Sizes } from './places.ts'
export { ofShape, sameShape } from './shape.ts'
export { takeOut } from './take_out.ts'
export { tidy, tidyTo, whatToTidy } from './tidy.ts'
export { readText, renameBlock, type WrittenText, writeText } from './write.ts'
