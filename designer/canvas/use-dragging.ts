/** Dragging what is on the canvas: one step of undo, frames take along what they surround, and a block dropped on a connection goes into it. */
import { useMemo } from 'react'
import type { ReactFlowProps } from 'reactflow'
import { type ChosenExit, insertBlock, type Moves, move, notesOf, type Place, placesOf } from '../commands/index.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { connectionAt, placeOf } from './pointing.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import type { Router } from './router.ts'
import type { CanvasTools } from './tools.ts'
import type { Redraw } from './use-projection.ts'

type Handlers = Pick<
  ReactFlowProps<CanvasNode, ConnectionEdge>,
  'onNodeDragStart' | 'onNodeDrag' | 'onNodeDragStop' | 'onSelectionDragStart' | 'onSelectionDrag' | 'onSelectionDragStop'
>

/** What a dragged frame takes along, and from where. */
interface Ridden {
  readonly frame: string
  readonly from: Place
  readonly riders: ReadonlyMap<string, Place>
}

const NOBODY: ReadonlySet<string> = new Set()

/** The handlers of React Flow for dragging. */
export function useDragging(tools: CanvasTools, redraw: Redraw, router: Router): Handlers {
  return useMemo(() => {
    let ridden: readonly Ridden[] = []
    /** Told once a gesture: looking for what lies under the pointer at each move would cost more than the move. */
    let isLoose = false

    const start = (nodes: readonly CanvasNode[]) => {
      isLoose = nodes.length === 1 && isLedToByNobody(tools, nodes[0])
      const dragged = new Set(nodes.map(node => node.id))
      ridden = nodes.filter(node => node.type === 'frame').map(frame => ridersOf(tools, frame, dragged))
      router.setMoving(new Set([...dragged, ...ridden.flatMap(({ riders }) => [...riders.keys()])]))
    }
    const ride = (nodes: readonly CanvasNode[]) => {
      for (const { frame, from, riders } of ridden) {
        const position = nodes.find(node => node.id === frame)?.position
        if (!position || riders.size === 0) continue
        const [dx, dy] = [position.x - from[0], position.y - from[1]]
        redraw(known => known.map(node => shifted(node, riders.get(node.id), dx, dy)))
      }
    }
    const stop = (nodes: readonly CanvasNode[]) => {
      const moves = movesOf(nodes)
      for (const { frame, from, riders } of ridden) {
        const position = nodes.find(node => node.id === frame)?.position
        if (!position) continue
        for (const [id, [x, y]] of riders) addMove(moves, id, [x + position.x - from[0], y + position.y - from[1]])
      }
      const rode = new Set(ridden.flatMap(({ riders }) => [...riders.keys()]))
      ridden = []
      if (rode.size > 0) redraw(known => known.map(node => (rode.has(node.id) ? { ...node, dragging: false } : node)))
      tools.draft.getState().run(move, moves)
    }

    return {
      onNodeDragStart: (_, __, nodes) => start(nodes),
      onNodeDrag(event, node, nodes) {
        ride(nodes)
        const into = isLoose ? goesInto(tools, node, placeOf(event)) : undefined
        const dropOn = into && `${into.block}.${into.exit}`
        if (useCanvas.getState().dropOn !== dropOn) setCanvas({ dropOn })
      },
      onNodeDragStop(event, node, nodes) {
        const into = isLoose ? goesInto(tools, node, placeOf(event)) : undefined
        setCanvas({ dropOn: undefined })
        router.setMoving(NOBODY)
        if (into) tools.draft.getState().run(insertBlock, { block: node.id, into, at: [node.position.x, node.position.y] })
        else stop(nodes)
      },
      onSelectionDragStart: (_, nodes) => start(nodes),
      onSelectionDrag: (_, nodes) => ride(nodes),
      onSelectionDragStop(_, nodes) {
        router.setMoving(NOBODY)
        stop(nodes)
      },
    }
  }, [tools, redraw, router])
}

function shifted(node: CanvasNode, from: Place | undefined, dx: number, dy: number): CanvasNode {
  return from ? { ...node, position: { x: from[0] + dx, y: from[1] + dy }, dragging: true } : node
}

/** Blocks and notes that lie wholly inside of a frame. */
function ridersOf(tools: CanvasTools, frame: CanvasNode, dragged: ReadonlySet<string>): Ridden {
  const { flow } = tools.draft.getState()
  const { sizes } = tools.draft.getState().view()
  const [width, height] = [frame.width ?? 0, frame.height ?? 0]
  const { x, y } = frame.position
  const isInside = (left: number, top: number, [w, h]: Place) => left >= x && top >= y && left + w <= x + width && top + h <= y + height
  const riders = new Map<string, Place>()
  for (const [id, [cx, top]] of placesOf(flow)) {
    const size = sizes.get(id) ?? [208, 96]
    if (!dragged.has(id) && isInside(cx - size[0] / 2, top, size)) riders.set(id, [cx, top])
  }
  for (const [id, { at, size }] of Object.entries(notesOf(flow, 'note'))) {
    if (!dragged.has(`note:${id}`) && isInside(at[0], at[1], size ?? [208, 64])) riders.set(`note:${id}`, at)
  }
  return { frame: frame.id, from: [x, y], riders }
}

interface Moving {
  readonly blocks: Map<string, Place>
  readonly notes: Map<string, Place>
  readonly frames: Map<string, Place>
}

function movesOf(nodes: readonly CanvasNode[]): Moving & Moves {
  const moves: Moving = { blocks: new Map(), notes: new Map(), frames: new Map() }
  for (const { id, position } of nodes) addMove(moves, id, [position.x, position.y])
  return moves
}

function addMove(moves: Moving, id: string, place: Place): void {
  const [kind, plain] = id.split(':')
  if (kind === 'note' && plain !== undefined) moves.notes.set(plain, place)
  else if (kind === 'frame' && plain !== undefined) moves.frames.set(plain, place)
  else moves.blocks.set(id, place)
}

function isLedToByNobody(tools: CanvasTools, node: CanvasNode | undefined): boolean {
  if (node?.type !== 'block') return false
  const { blocks } = tools.draft.getState().flow
  return Object.keys(blocks[node.id]?.exits ?? {}).length === 0 && !Object.values(blocks).some(({ exits }) => exits && Object.values(exits).includes(node.id))
}

/** The connection that a block would go into. */
function goesInto(tools: CanvasTools, node: CanvasNode, place: Place): ChosenExit | undefined {
  const into = connectionAt(place)
  return into && insertBlock.apply(tools.draft.getState().view(), { block: node.id, into }) ? into : undefined
}
