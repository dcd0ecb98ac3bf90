import type { Flow } from '../../server/engine/index.ts'
import { editWords as words } from '../words/edits.ts'
import { placeClip } from './clip.ts'
import type { Command } from './command.ts'
import { GRID, notesOf, type Place } from './flow-edits.ts'
import { around, type Box, boxOf, overlaps, withAllPlaces } from './places.ts'

/** What was on the clipboard. `at` is where its middle goes; without it, beside the original or at the pointer. */
export interface Pasted {
  readonly clip: Flow
  readonly at?: Place
}

/** Adds the blocks and notes of a clip or of a whole flow file, and chooses them. */
export const paste: Command<Pasted> = {
  name: 'paste',
  group: 'edit',
  label: words.paste,
  keys: ['mod+V'],
  isAvailable: ({ readOnly }) => !readOnly,
  apply(view, { clip, at }) {
    const flow = withAllPlaces(view.flow)
    const boxes = [...Object.keys(clip.blocks).map(id => boxOf(clip, view.sizes, id)), ...noteRects(clip)]
    const box = around(boxes)
    const target = at ?? view.pointer
    if (!box) return undefined
    const by: Place = target ? [target[0] - box.x - box.width / 2, target[1] - box.y - Math.min(box.height / 2, 40)] : [GRID * 2, GRID * 2]
    const taken = Object.keys(flow.blocks).map(id => boxOf(flow, view.sizes, id))
    const placed = placeClip(flow, clip, freeShift(boxes, taken, by))
    return placed && { ...placed, said: words.pasted(Object.keys(clip.blocks).length) }
  },
}

/** The shift nearest to the wish, to the right, at which nothing covers anything. */
export function freeShift(boxes: readonly Box[], taken: readonly Box[], [dx, dy]: Place): Place {
  const isFree = (x: number) => !boxes.some(box => taken.some(other => overlaps({ ...box, x: box.x + x, y: box.y + dy }, other, GRID)))
  for (let step = 0; step < 200; step++) if (isFree(dx + step * GRID * 2)) return [dx + step * GRID * 2, dy]
  return [dx, dy]
}

function noteRects(flow: Parameters<typeof notesOf>[0]): readonly Box[] {
  return [...Object.values(notesOf(flow, 'note')), ...Object.values(notesOf(flow, 'frame'))].map(({ at, size }) => ({
    x: at[0],
    y: at[1],
    width: size?.[0] ?? 208,
    height: size?.[1] ?? 64,
  }))
}
