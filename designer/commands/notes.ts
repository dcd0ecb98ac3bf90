/** Notes pinned to the canvas and frames around blocks: drawn for people, no part of what the flow does. */
import { editWords as words } from '../words/edits.ts'
import { type Command, NOTHING_CHOSEN } from './command.ts'
import { freeId, type NoteKind, notesOf, type Place, snap, withNote } from './flow-edits.ts'
import { around, boxOf, freePlace, withAllPlaces } from './places.ts'

const NOTE_SIZE: Place = [208, 64]
const FRAME_SIZE: Place = [480, 320]
/** Room between a frame and what it surrounds; above there is its title. */
const FRAME_MARGIN = 32
const FRAME_TITLE = 48
/** As the file format has it. */
const MOST: Readonly<Record<NoteKind, number>> = { note: 1000, frame: 500 }
const LONGEST = 20_000

/** Pins a note; `at` is its corner. */
export const addNote: Command<{ readonly at?: Place }> = {
  name: 'add_note',
  group: 'add',
  label: words.addNote,
  keys: ['N'],
  isAvailable: ({ flow, readOnly }) => !readOnly && Object.keys(notesOf(flow, 'note')).length < MOST.note,
  apply({ flow, pointer, sizes }, { at }) {
    const id = freeId('note', known => notesOf(flow, 'note')[known] !== undefined)
    const [x, y] = at ?? pointer ?? [0, 0]
    const place = at ?? leftOf(freePlace(flow, sizes, [x + NOTE_SIZE[0] / 2, y], NOTE_SIZE))
    return {
      flow: withNote(flow, 'note', id, { text: '', at: snap(place), size: NOTE_SIZE }),
      selection: { ...NOTHING_CHOSEN, notes: [id] },
      said: words.noteAdded,
    }
  },
}

/** Draws a frame around the chosen blocks, or an empty one. */
export const addFrame: Command = {
  name: 'add_frame',
  group: 'add',
  label: words.addFrame,
  keys: ['F'],
  isAvailable: ({ flow, readOnly }) => !readOnly && Object.keys(notesOf(flow, 'frame')).length < MOST.frame,
  apply(view) {
    const flow = withAllPlaces(view.flow)
    const id = freeId('frame', known => notesOf(flow, 'frame')[known] !== undefined)
    const box = around(view.selection.blocks.map(block => boxOf(flow, view.sizes, block)))
    const [x, y] = view.pointer ?? [0, 0]
    const at = snap(box ? [box.x - FRAME_MARGIN, box.y - FRAME_TITLE] : [x - FRAME_SIZE[0] / 2, y])
    const size = box ? snap([box.width + FRAME_MARGIN * 2, box.height + FRAME_TITLE + FRAME_MARGIN]) : FRAME_SIZE
    return { flow: withNote(flow, 'frame', id, { text: '', at, size }), selection: { ...NOTHING_CHOSEN, frames: [id] }, said: words.frameAdded }
  },
}

/** What to change of a note or frame. */
export interface NoteChange {
  readonly kind: NoteKind
  readonly id: string
  readonly text?: string
  readonly at?: Place
  readonly size?: Place
}

/** Writes into a note or frame, moves or resizes it. */
export const changeNote: Command<NoteChange> = {
  name: 'change_note',
  group: 'edit',
  label: words.changeNote,
  isAvailable: ({ readOnly }) => !readOnly,
  apply({ flow }, { kind, id, text, at, size }) {
    const note = notesOf(flow, kind)[id]
    if (!note) return undefined
    const changed = {
      ...note,
      ...(text === undefined ? {} : { text: text.slice(0, LONGEST) }),
      ...(at ? { at: snap(at) } : {}),
      ...(size ? { size: snap(size) } : {}),
    }
    return JSON.stringify(changed) === JSON.stringify(note) ? undefined : { flow: withNote(flow, kind, id, changed) }
  },
}

const leftOf = ([x, y]: Place): Place => [x - NOTE_SIZE[0] / 2, y]
