import { editWords as words } from '../words/edits.ts'
import { clipOf, placeClip } from './clip.ts'
import type { Command } from './command.ts'
import { whatIsChosen } from './delete_chosen.ts'
import { freeShift } from './paste.ts'
import { boxOf, GAP_BESIDE, withAllPlaces } from './places.ts'

/** Copies the chosen blocks and notes beside themselves. Connections among them are copied too. */
export const duplicate: Command = {
  name: 'duplicate',
  group: 'edit',
  label: words.duplicate,
  keys: ['mod+D'],
  isAvailable: ({ selection, readOnly }) => !readOnly && selection.blocks.length + selection.notes.length + selection.frames.length > 0,
  apply(view) {
    const flow = withAllPlaces(view.flow)
    const clip = clipOf(flow, view.selection)
    if (!clip) return undefined
    const boxes = view.selection.blocks.map(id => boxOf(flow, view.sizes, id))
    const taken = Object.keys(flow.blocks).map(id => boxOf(flow, view.sizes, id))
    const shift = freeShift(boxes, taken, [boxes.length > 0 ? GAP_BESIDE : GAP_BESIDE * 2, boxes.length > 0 ? 0 : GAP_BESIDE])
    const placed = placeClip(flow, clip, shift)
    return placed && { ...placed, said: words.duplicated(whatIsChosen(view)) }
  },
}
