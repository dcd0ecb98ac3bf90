/** A flow as whoever lays it out sees it: rectangles and the ways between them, plain enough to be handed to a worker. */
import type { Flow } from '../../server/engine/index.ts'
import { exitsOf } from './exits.ts'
import type { Place } from './flow-edits.ts'
import { flowOrder } from './flow-order.ts'

/** What is laid out. */
export interface Drawing {
  /** In flow order. `at` is where a block is now: the middle of its upper edge. */
  readonly blocks: readonly { readonly id: string; readonly size: Place; readonly at: Place | undefined }[]
  /** Connections between these blocks, in reading order. */
  readonly ways: readonly { readonly from: string; readonly to: string; readonly exit: string }[]
  /** The flow was drawn before: who was left stays left, and groups stay where they are. */
  readonly keepsPlaces: boolean
}

/** The drawing of some blocks of a flow; without `at` as if it was never drawn. */
export function drawingOf(flow: Flow, ids: readonly string[], size: (id: string) => Place, at?: (id: string) => Place | undefined): Drawing {
  const wanted = new Set(ids)
  const inOrder = flowOrder(flow).filter(id => wanted.has(id))
  return {
    blocks: inOrder.map(id => ({ id, size: size(id), at: at?.(id) })),
    ways: inOrder.flatMap(id => {
      const block = flow.blocks[id]
      if (!block) return []
      return exitsOf(block).flatMap(({ name, to }) => (to !== undefined && wanted.has(to) ? [{ from: id, to, exit: name }] : []))
    }),
    keepsPlaces: at !== undefined,
  }
}
