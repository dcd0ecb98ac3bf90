import type { Flow } from '../../server/engine/index.ts'

const DRAW_ALL_UP_TO = 300

/** Whether a flow has so many blocks that only those in the window are in the page. */
export function isLargeFlow({ blocks }: Flow): boolean {
  return Object.keys(blocks).length > DRAW_ALL_UP_TO
}
