import type { Flow } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import type { Command, Selection } from './command.ts'
import { GRID, type NoteKind, notesOf, type Place, snap, withNote, withPlaces } from './flow-edits.ts'
import { placesOf, withAllPlaces } from './places.ts'

/** Where things go. Blocks by the middle of their upper edge, notes and frames by their corner. */
export interface Moves {
  readonly blocks?: ReadonlyMap<string, Place>
  readonly notes?: ReadonlyMap<string, Place>
  readonly frames?: ReadonlyMap<string, Place>
}

/** Puts things where they were dragged to. */
export const move: Command<Moves> = {
  name: 'move',
  group: 'arrange',
  label: words.move,
  isAvailable: ({ readOnly }) => !readOnly,
  apply({ flow }, { blocks, notes, frames }) {
    const moved = moveNotes(moveNotes(moveBlocks(flow, blocks), 'note', notes), 'frame', frames)
    return moved === flow ? undefined : { flow: moved }
  },
}

/** Moves what is chosen by so many steps of the grid. */
export const nudge: Command<{ readonly by: Place }> = {
  name: 'nudge',
  group: 'arrange',
  label: words.nudge,
  isAvailable: ({ selection, readOnly }) => !readOnly && selection.blocks.length + selection.notes.length + selection.frames.length > 0,
  apply(view, { by }) {
    const moves = movesBy(view.flow, view.selection, [by[0] * GRID, by[1] * GRID])
    return move.apply(view, moves)
  },
}

function movesBy(flow: Flow, selection: Selection, [dx, dy]: Place): Moves {
  const places = placesOf(flow)
  const shift = ([x, y]: Place): Place => [x + dx, y + dy]
  const noteMoves = (kind: NoteKind, ids: readonly string[]) => new Map(ids.map(id => [id, shift(notesOf(flow, kind)[id]?.at ?? [0, 0])]))
  return {
    blocks: new Map(selection.blocks.map(id => [id, shift(places.get(id) ?? [0, 0])])),
    notes: noteMoves('note', selection.notes),
    frames: noteMoves('frame', selection.frames),
  }
}

function moveBlocks(flow: Flow, moves: ReadonlyMap<string, Place> | undefined): Flow {
  if (!moves || moves.size === 0) return flow
  const places = placesOf(flow)
  const changed = [...moves]
    .map(([id, place]): [string, Place] => [id, snap(place)])
    .filter(([id, [x, y]]) => {
      const known = places.get(id)
      return known !== undefined && (known[0] !== x || known[1] !== y)
    })
  return changed.length === 0 ? flow : withPlaces(withAllPlaces(flow), new Map(changed))
}

function moveNotes(flow: Flow, kind: NoteKind, moves: ReadonlyMap<string, Place> | undefined): Flow {
  let moved = flow
  for (const [id, place] of moves ?? []) {
    const note = notesOf(moved, kind)[id]
    const [x, y] = snap(place)
    if (note && (note.at[0] !== x || note.at[1] !== y)) moved = withNote(moved, kind, id, { ...note, at: [x, y] })
  }
  return moved
}
