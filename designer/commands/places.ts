/** Where blocks are and how large: what the file says, what the canvas measured, and a good guess for the rest. */
import { type Block, blockTypeOf, type Flow } from '../../server/engine/index.ts'
import { arrangeAside } from './arrange-aside.ts'
import type { EditorView } from './command.ts'
import { type Drawing, drawingOf } from './drawing.ts'
import { exitsOf, nameOfBlock } from './exits.ts'
import { GRID, notesOf, type Place, placeIn, snap, withPlaces } from './flow-edits.ts'
import { inRows } from './rows.ts'
import { ofShape } from './shape.ts'

/** A block's rectangle; `x` is its left edge. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Sizes of blocks as drawn, by id. */
export type Sizes = EditorView['sizes']

/** What lies between a block and the next one below, and beside. */
export const GAP_BELOW = 48
export const GAP_BESIDE = 48
/** Nearer than this nothing new is placed. */
export const LEAST_GAP = 40

const guesses = new WeakMap<Block, Place>()

/** Width and height of a block that was not drawn yet. */
export function guessSize(block: Block): Place {
  const known = guesses.get(block)
  if (known) return known
  const exits = exitsOf(block)
  const header = 60 + nameOfBlock(block).length * 9 + (blockTypeOf(block.type)?.title.length ?? 0) * 7
  const cells = exits.reduce((sum, exit) => sum + Math.max(44, exit.label.length * 7.5 + 16), 0)
  const inRows = exits.length > 5 || cells > 320
  const width = Math.round(Math.max(208, Math.min(320, Math.max(header, inRows ? 0 : cells))))
  const gist = JSON.stringify(block).length > 160 ? 54 : 36
  const ways = exits.length === 0 || isPlain(exits) ? 8 : inRows ? exits.length * 26 : 30
  const size: Place = [width, 40 + gist + ways]
  guesses.set(block, size)
  return size
}

/** One exit named `next` needs no cell: the dot at the bottom says it. */
export function isPlain(exits: readonly { readonly name: string }[]): boolean {
  return exits.length === 1 && exits[0]?.name === 'next'
}

/** Size of a block: measured, else guessed. */
export function sizeOf(flow: Flow, sizes: Sizes, id: string): Place {
  const block = flow.blocks[id]
  return sizes.get(id) ?? (block ? guessSize(block) : [208, 96])
}

const filled = new WeakMap<Flow, ReadonlyMap<string, Place>>()

/** Every block's place. Blocks without one in the file get one that changes nothing else; the same flow always gets the same. */
export function placesOf(flow: Flow): ReadonlyMap<string, Place> {
  const known = filled.get(flow)
  if (known) return known
  const places = isDrawn(flow) ? drawnPlaces(flow) : beside(flow, inRows(asNeverDrawn(flow)))
  filled.set(flow, places)
  return places
}

/** The same map as long as nothing is moved, so that what is made of it is kept too. */
function drawnPlaces(flow: Flow): ReadonlyMap<string, Place> {
  const byLayout = placesByLayout(flow)
  const { layout = {} } = flow
  const places = byLayout.get(layout) ?? placesIn(flow)
  byLayout.set(layout, places)
  return places
}
const placesByLayout = ofShape(() => new WeakMap<NonNullable<Flow['layout']>, ReadonlyMap<string, Place>>())

/** Finds good places for blocks that have none, aside; from then on `placesOf` has them. The flow itself stays as it is. */
export async function findPlaces(flow: Flow): Promise<void> {
  if (isDrawn(flow)) return
  // Without the worker `placesOf` has a plainer layout.
  const laid = await arrangeAside(asNeverDrawn(flow)).catch(() => undefined)
  if (laid) filled.set(flow, beside(flow, laid))
}

/** After an edit: blocks that have no place in the file stay where they were shown. */
export function keepPlaces(before: Flow, after: Flow): void {
  if (isDrawn(after) || filled.has(after)) return
  const shown = placesOf(before)
  const places = new Map(placesOf(after))
  for (const id of places.keys()) {
    const place = placeIn(after, id) ?? shown.get(id)
    if (place) places.set(id, place)
  }
  filled.set(after, places)
}

/** The flow with a place for every block, so that a later edit does not move those that had none. */
export function withAllPlaces(flow: Flow): Flow {
  return withPlaces(flow, placesOf(flow))
}

/** A block's rectangle. */
export function boxOf(flow: Flow, sizes: Sizes, id: string): Box {
  const [x, y] = placesOf(flow).get(id) ?? [0, 0]
  const [width, height] = sizeOf(flow, sizes, id)
  return { x: x - width / 2, y, width, height }
}

/** The rectangle around all. Undefined when there are none. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map(box => box.x))
  const y = Math.min(...boxes.map(box => box.y))
  const right = Math.max(...boxes.map(box => box.x + box.width))
  const bottom = Math.max(...boxes.map(box => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** Whether two rectangles are closer than `gap`. */
export function overlaps(one: Box, other: Box, gap = 0): boolean {
  return one.x < other.x + other.width + gap && other.x < one.x + one.width + gap && one.y < other.y + other.height + gap && other.y < one.y + one.height + gap
}

/** How a free place is looked for: how much room there has to be, and whether only downwards and to the right of the wish. */
export interface Search {
  readonly gap: number
  readonly isDownwards: boolean
}

/** The free place nearest to the wish for a block of that size, on the grid. */
export function freePlace(flow: Flow, sizes: Sizes, wish: Place, size: Place, { gap, isDownwards }: Search = { gap: GRID, isDownwards: false }): Place {
  const taken = [...Object.keys(flow.blocks).map(id => boxOf(flow, sizes, id)), ...noteBoxes(flow)]
  const step = GRID * 2
  const [x, y] = snap(wish)
  // On the grid but not above the wish: there would be less room than wanted.
  const start: Place = isDownwards ? [x, Math.ceil(wish[1] / GRID) * GRID] : [x, y]
  for (let ring = 0; ring < 200; ring++) {
    for (const [dx, dy] of ringOf(ring)) {
      if (isDownwards && (dx < 0 || dy < 0)) continue
      const place = snap([start[0] + dx * step, start[1] + dy * step])
      const box = { x: place[0] - size[0] / 2, y: place[1], width: size[0], height: size[1] }
      if (!taken.some(other => overlaps(box, other, gap))) return place
    }
  }
  return start
}

/** Rectangles of the notes; frames may be drawn over. */
export function noteBoxes(flow: Flow): readonly Box[] {
  return Object.values(notesOf(flow, 'note')).map(({ at, size }) => ({ x: at[0], y: at[1], width: size?.[0] ?? 208, height: size?.[1] ?? 64 }))
}

/** Steps at a distance, to the side and below first: what is above usually came before. */
function ringOf(ring: number): readonly Place[] {
  if (ring === 0) return [[0, 0]]
  const places: Place[] = []
  for (let i = -ring; i <= ring; i++) places.push([ring, i], [-ring, i], [i, ring], [i, -ring])
  const far = ([x, y]: Place) => Math.abs(x) + Math.abs(y) * (y < 0 ? 1.6 : 1)
  return places.sort((one, other) => far(one) - far(other))
}

function isDrawn(flow: Flow): boolean {
  return Object.keys(flow.blocks).every(id => placeIn(flow, id) !== undefined)
}

function placesIn(flow: Flow): Map<string, Place> {
  return new Map(
    Object.keys(flow.blocks).flatMap(id => {
      const place = placeIn(flow, id)
      return place ? [[id, place] as const] : []
    }),
  )
}

function asNeverDrawn(flow: Flow): Drawing {
  return drawingOf(flow, Object.keys(flow.blocks), id => sizeOf(flow, NO_SIZES, id))
}

const NO_SIZES: Sizes = new Map()

/** The file's places, and beside them those that were laid out for the rest, so that nobody is covered. */
function beside(flow: Flow, laid: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const places = placesIn(flow)
  const missing = Object.keys(flow.blocks).filter(id => !places.has(id))
  const width = (id: string) => sizeOf(flow, NO_SIZES, id)[0]
  const known = around([...places].map(([id, [x, y]]) => ({ x: x - width(id) / 2, y, width: width(id), height: 0 })))
  const fresh = around(missing.map(id => ({ x: (laid.get(id)?.[0] ?? 0) - width(id) / 2, y: laid.get(id)?.[1] ?? 0, width: 0, height: 0 })))
  const shift: Place = known && fresh ? snap([known.x + known.width + GAP_BESIDE * 2 - fresh.x, known.y - fresh.y]) : [0, 0]
  for (const id of missing) {
    const [x, y] = laid.get(id) ?? [0, 0]
    places.set(id, [x + shift[0], y + shift[1]])
  }
  return places
}
