/** Where things are on the map: all blocks and what is seen, in a rectangle of fixed size. */
import type { Box } from '../commands/index.ts'

/** The map's size, px. */
export const MAP_WIDTH = 132
export const MAP_HEIGHT = 99
const EDGE = 4

/** How the canvas becomes the map: times `scale`, then moved by `x` and `y`. */
export interface MapScale {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** The part of the canvas that a window shows. */
export function seenBox([x, y, zoom]: readonly [number, number, number], width: number, height: number): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom }
}

/** The scale at which both rectangles fit into the middle of the map. */
export function mapScale(all: Box, seen: Box): MapScale {
  const [left, top] = [Math.min(all.x, seen.x), Math.min(all.y, seen.y)]
  const width = Math.max(all.x + all.width, seen.x + seen.width) - left
  const height = Math.max(all.y + all.height, seen.y + seen.height) - top
  const scale = Math.min((MAP_WIDTH - 2 * EDGE) / Math.max(1, width), (MAP_HEIGHT - 2 * EDGE) / Math.max(1, height))
  return { scale, x: (MAP_WIDTH - width * scale) / 2 - left * scale, y: (MAP_HEIGHT - height * scale) / 2 - top * scale }
}

/** A rectangle of the canvas on the map. */
export function onMap({ scale, x, y }: MapScale, box: Box): Box {
  return { x: box.x * scale + x, y: box.y * scale + y, width: box.width * scale, height: box.height * scale }
}

/** The point of the canvas under a point of the map. */
export function fromMap({ scale, x, y }: MapScale, at: readonly [number, number]): readonly [number, number] {
  return [(at[0] - x) / scale, (at[1] - y) / scale]
}
