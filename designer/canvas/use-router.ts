/** The ways of connections on the open canvas: told where blocks are, asked by each line. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { CanvasNode } from './projection.ts'
import type { Ends, Point, Rect } from './route.ts'
import { createRouter, type Router } from './router.ts'

/** The router of the canvas that a line is on. */
export const RouterContext = createContext<Router>(createRouter())

/** Makes the router of a canvas and keeps it in step with what is drawn. Blocks that are being dragged count when they are dropped. */
export function useNewRouter(nodes: readonly CanvasNode[]): Router {
  const [router] = useState(createRouter)
  useEffect(() => {
    if (!nodes.some(node => node.dragging)) router.place(boxesOf(nodes))
  }, [router, nodes])
  return router
}

/** The way of one connection; drawn anew only when it changes. */
export function useRoute(id: string, source: string, target: string, ends: Ends): readonly Point[] {
  const router = useContext(RouterContext)
  return useSyncExternalStore(router.subscribe, () => router.route(id, source, target, ends))
}

/** By node: while the canvas is panned only a few of a thousand change, as they are measured. */
const known = new WeakMap<CanvasNode, Rect>()

function boxesOf(nodes: readonly CanvasNode[]): ReadonlyMap<string, Rect> {
  const boxes = new Map<string, Rect>()
  for (const node of nodes) {
    if (node.type !== 'block') continue
    const box = known.get(node) ?? boxOf(node)
    known.set(node, box)
    boxes.set(node.id, box)
  }
  return boxes
}

function boxOf({ position, measured, initialWidth = 0, initialHeight = 0 }: CanvasNode): Rect {
  const [width, height] = [measured?.width ?? initialWidth, measured?.height ?? initialHeight]
  return { left: position.x - width / 2, top: position.y, right: position.x + width / 2, bottom: position.y + height }
}
