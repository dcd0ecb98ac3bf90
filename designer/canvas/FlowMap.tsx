/** The map of the flow. One picture of all blocks, painted only when they move; what is seen is a frame above it, which costs nothing to move. */
import { type PointerEvent, useEffect, useMemo, useRef } from 'react'
import { Panel, useReactFlow, useStore, useStoreApi } from 'reactflow'
import { around, type Box } from '../commands/index.ts'
import { useRun } from '../simulator/run.ts'
import { words } from '../words/en.ts'
import { fromMap, MAP_HEIGHT, MAP_WIDTH, type MapScale, mapScale, onMap, seenBox } from './map.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'

/** Blocks in a row that all fit need no map. */
const FEWEST = 8
/** A smaller canvas has no room for a map, px. */
const LEAST_WIDTH = 900
const LEAST_HEIGHT = 500
/** While blocks are dragged the map follows at this pace, ms. */
const PACE_MS = 150

/** The map, bottom right; not there while everything fits. */
export function FlowMap() {
  const isUseful = useStore(({ transform, width, height, nodes }) => {
    if (nodes.length < FEWEST || width < LEAST_WIDTH || height < LEAST_HEIGHT) return false
    const [x, y, zoom] = transform
    return nodes.some(({ position }) => {
      const [left, top] = [position.x * zoom + x, position.y * zoom + y]
      return left < 40 || top < 0 || left > width - 40 || top > height - 60
    })
  })
  return isUseful ? <OpenMap /> : null
}

function OpenMap() {
  const store = useStoreApi<CanvasNode, ConnectionEdge>()
  const flow = useReactFlow<CanvasNode, ConnectionEdge>()
  const visited = useRun(run => run.visited)
  const paper = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const scale = useRef<MapScale>({ scale: 1, x: 0, y: 0 })

  useEffect(() => {
    const [canvas, view] = [paper.current, frame.current]
    if (!canvas || !view) return
    let paint = createPainter(canvas, visited)
    let drawn: readonly CanvasNode[] = []
    let boxes: readonly MapBox[] = []
    let all: Box = { x: 0, y: 0, width: 1, height: 1 }
    let readAt = 0
    let asked = 0
    let late: number | undefined

    const draw = (now: number) => {
      asked = 0
      const { nodes, nodeLookup, transform, width, height } = store.getState()
      let isNew = false
      if (nodes !== drawn && now - readAt >= PACE_MS) {
        drawn = nodes
        readAt = now
        boxes = nodes.flatMap(node => {
          const inside = node.type === 'frame' ? undefined : nodeLookup.get(node.id)?.internals.positionAbsolute
          return inside ? [{ id: node.id, x: inside.x, y: inside.y, ...sizeOf(node) }] : []
        })
        all = around(boxes) ?? all
        isNew = true
      } else if (nodes !== drawn) late ??= window.setTimeout(askLate, PACE_MS)
      const next = mapScale(all, seenBox(transform, width, height))
      if (isNew || next.scale !== scale.current.scale || next.x !== scale.current.x || next.y !== scale.current.y) {
        scale.current = next
        paint(boxes, next)
        frameSeen(next)
      }
    }
    const frameSeen = (to: MapScale) => {
      const { transform, width, height } = store.getState()
      const { x, y, width: across, height: down } = onMap(to, seenBox(transform, width, height))
      view.style.transform = `translate(${x}px, ${y}px)`
      view.style.width = `${across}px`
      view.style.height = `${down}px`
    }
    const ask = () => {
      if (asked === 0) asked = requestAnimationFrame(draw)
    }
    const askLate = () => {
      late = undefined
      ask()
    }
    const paintAnew = () => {
      paint = createPainter(canvas, visited)
      drawn = []
      readAt = 0
      ask()
    }
    // The colours are the theme's, and a picture does not change with it.
    const theme = new MutationObserver(paintAnew)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const leave = store.subscribe(({ transform, width, height }, before) => {
      // At once: in the next frame the browser would have laid out the page already, and would have to do it again.
      if (transform !== before.transform || width !== before.width || height !== before.height) frameSeen(mapScale(all, seenBox(transform, width, height)))
      ask()
    })
    ask()
    return () => {
      leave()
      theme.disconnect()
      cancelAnimationFrame(asked)
      window.clearTimeout(late)
    }
  }, [store, visited])

  const handlers = useMemo(() => {
    const goTo = (event: PointerEvent<HTMLDivElement>) => {
      const { left, top } = event.currentTarget.getBoundingClientRect()
      const [x, y] = fromMap(scale.current, [event.clientX - left, event.clientY - top])
      void flow.setCenter(x, y, { zoom: flow.getZoom() })
    }
    return {
      onPointerDown(event: PointerEvent<HTMLDivElement>) {
        event.currentTarget.setPointerCapture(event.pointerId)
        goTo(event)
      },
      onPointerMove(event: PointerEvent<HTMLDivElement>) {
        // Not what is dragged across the map from the canvas.
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event)
      },
    }
  }, [flow])
  return (
    <Panel position="bottom-right" className="canvas-map" data-keep-clear>
      <div role="img" aria-label={words.canvas.minimap} className="canvas-map-paper" {...handlers}>
        <canvas ref={paper} style={{ width: MAP_WIDTH, height: MAP_HEIGHT }} />
        <div ref={frame} className="canvas-map-seen" />
      </div>
    </Panel>
  )
}

interface MapBox extends Box {
  readonly id: string
}

function createPainter(canvas: HTMLCanvasElement, visited: ReadonlySet<string>): (boxes: readonly MapBox[], scale: MapScale) => void {
  const density = window.devicePixelRatio
  canvas.width = MAP_WIDTH * density
  canvas.height = MAP_HEIGHT * density
  const context = canvas.getContext('2d')
  // Once: asked for in a frame, the browser would have to work out the styles of the whole page before it goes on.
  const style = getComputedStyle(canvas)
  const [edge, lit] = [style.getPropertyValue('--edge'), style.getPropertyValue('--lit')]
  return (boxes, scale) => {
    if (!context) return
    context.setTransform(density, 0, 0, density, 0, 0)
    context.clearRect(0, 0, MAP_WIDTH, MAP_HEIGHT)
    for (const box of boxes) {
      const { x, y, width, height } = onMap(scale, box)
      context.fillStyle = visited.has(box.id) ? lit : edge
      context.fillRect(x, y, Math.max(1.5, width), Math.max(1, height))
    }
  }
}

function sizeOf({ measured, width, height, initialWidth, initialHeight }: CanvasNode): { readonly width: number; readonly height: number } {
  return { width: measured?.width ?? width ?? initialWidth ?? 208, height: measured?.height ?? height ?? initialHeight ?? 96 }
}
