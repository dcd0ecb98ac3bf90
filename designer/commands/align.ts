/** Puts the chosen blocks in one line, or at equal distances. */
import { editWords as words } from '../words/edits.ts'
import type { Command, EditorView } from './command.ts'
import { type Place, withPlaces } from './flow-edits.ts'
import { type Box, boxOf, withAllPlaces } from './places.ts'

type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'

const ALIGNMENTS: Readonly<Record<Alignment, (box: Box, all: readonly Box[]) => Place>> = {
  left: (box, all) => [Math.min(...all.map(other => other.x)) + box.width / 2, box.y],
  centre: (box, all) => [mean(all.map(other => other.x + other.width / 2)), box.y],
  right: (box, all) => [Math.max(...all.map(other => other.x + other.width)) - box.width / 2, box.y],
  top: (box, all) => [box.x + box.width / 2, Math.min(...all.map(other => other.y))],
  middle: (box, all) => [box.x + box.width / 2, mean(all.map(other => other.y + other.height / 2)) - box.height / 2],
  bottom: (box, all) => [box.x + box.width / 2, Math.max(...all.map(other => other.y + other.height)) - box.height],
}

const ALIGN_KEYS: Readonly<Record<Alignment, string>> = {
  left: 'shift+alt+ArrowLeft',
  centre: 'shift+alt+C',
  right: 'shift+alt+ArrowRight',
  top: 'shift+alt+ArrowUp',
  middle: 'shift+alt+M',
  bottom: 'shift+alt+ArrowDown',
}

/** What a file may say. */
const bounded = (value: number) => Math.max(-1_000_000, Math.min(1_000_000, Math.round(value))) + 0

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function alignTo(how: Alignment): Command {
  return {
    name: `align_${how}`,
    group: 'arrange',
    label: words.align[how],
    keys: [ALIGN_KEYS[how]],
    isAvailable: ({ selection, readOnly }) => !readOnly && selection.blocks.length > 1,
    apply: view =>
      placeAll(view, boxes => {
        const all = [...boxes.values()]
        return [...boxes].map(([id, box]) => [id, ALIGNMENTS[how](box, all)])
      }),
  }
}

/** Six ways to put blocks in one line. */
export const alignments: readonly Command[] = (['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const).map(alignTo)

function distributeAlong(axis: 'across' | 'down'): Command {
  const start = (box: Box) => (axis === 'across' ? box.x : box.y)
  const length = (box: Box) => (axis === 'across' ? box.width : box.height)
  return {
    name: `distribute_${axis}`,
    group: 'arrange',
    label: words.distribute[axis],
    keys: [axis === 'across' ? 'shift+alt+H' : 'shift+alt+V'],
    isAvailable: ({ selection, readOnly }) => !readOnly && selection.blocks.length > 2,
    apply: view =>
      placeAll(view, boxes => {
        const sorted = [...boxes].sort(([, one], [, other]) => start(one) - start(other))
        const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]]
        if (!first || !last) return []
        const free = start(last) + length(last) - start(first) - sorted.reduce((sum, [, box]) => sum + length(box), 0)
        const gap = free / (sorted.length - 1)
        let at = start(first)
        return sorted.map(([id, box]) => {
          const place: Place = axis === 'across' ? [at + box.width / 2, box.y] : [box.x + box.width / 2, at]
          at += length(box) + gap
          return [id, place]
        })
      }),
  }
}

/** Equal gaps across and down. */
export const distributions: readonly Command[] = (['across', 'down'] as const).map(distributeAlong)

/** Exact places, not on the grid: three blocks cannot be at equal distances on it, and edges would miss each other. */
function placeAll(view: EditorView, place: (boxes: ReadonlyMap<string, Box>) => readonly (readonly [string, Place])[]) {
  const flow = withAllPlaces(view.flow)
  const boxes = new Map(view.selection.blocks.map(id => [id, boxOf(flow, view.sizes, id)]))
  const placed = withPlaces(flow, new Map(place(boxes).map(([id, [x, y]]) => [id, [bounded(x), bounded(y)]])))
  return placed === flow ? undefined : { flow: placed, said: words.arranged }
}
