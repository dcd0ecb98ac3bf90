import { editWords as words } from '../words/edits.ts'
import { arrangeAside } from './arrange-aside.ts'
import type { Command, EditorView, PlannedCommand } from './command.ts'
import { type Drawing, drawingOf } from './drawing.ts'
import { GRID, type Place, withPlaces } from './flow-edits.ts'
import { boxOf, overlaps, placesOf, sizeOf, withAllPlaces } from './places.ts'

const face = {
  name: 'tidy',
  group: 'arrange',
  label: words.tidy,
  keys: ['shift+T'],
  isAvailable: ({ flow, readOnly }) => !readOnly && Object.keys(flow.blocks).length > 1,
} as const satisfies Omit<Command, 'apply'>

/** Lays out the chosen blocks, or all: downwards, nothing over anything, who was left stays left. */
export const tidy: PlannedCommand = {
  ...face,
  plan: async view => tidyTo(await arrangeAside(whatToTidy(view))),
}

/** What is laid out: the chosen blocks if there are several, else all. */
export function whatToTidy({ flow: given, selection, sizes }: EditorView): Drawing {
  const flow = withAllPlaces(given)
  const places = placesOf(flow)
  const ids = selection.blocks.length > 1 ? selection.blocks : Object.keys(flow.blocks)
  return drawingOf(
    flow,
    ids,
    id => sizeOf(flow, sizes, id),
    id => places.get(id),
  )
}

/** The command that moves blocks to where they were laid out. What went meanwhile is left out, what came meanwhile stays where it is. */
export function tidyTo(places: ReadonlyMap<string, Place>): Command {
  return {
    ...face,
    apply({ flow: given, sizes }) {
      const flow = withAllPlaces(given)
      const laid = new Map([...places].filter(([id]) => flow.blocks[id] !== undefined))
      const isPart = laid.size < Object.keys(flow.blocks).length
      const tidied = withPlaces(flow, isPart ? clearOfOthers(flow, sizes, laid) : laid)
      return tidied === given ? undefined : { flow: tidied, said: words.tidied }
    },
  }
}

/** A tidied part goes to the right until it covers nobody else. */
function clearOfOthers(flow: Parameters<typeof boxOf>[0], sizes: Parameters<typeof boxOf>[1], laid: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const others = Object.keys(flow.blocks)
    .filter(id => !laid.has(id))
    .map(id => boxOf(flow, sizes, id))
  for (let shift = 0; ; shift += GRID) {
    const hits = [...laid].some(([id, [x, y]]) => {
      const [width, height] = sizeOf(flow, sizes, id)
      const box = { x: x + shift - width / 2, y, width, height }
      return others.some(other => overlaps(box, other, GRID))
    })
    if (!hits) return new Map([...laid].map(([id, [x, y]]) => [id, [x + shift, y]]))
  }
}
