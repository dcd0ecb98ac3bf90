/** Drawing connections: from an exit to a block, into the void (adds a block), and moving either end of one that is there. */
import { useMemo } from 'react'
import type { FinalConnectionState, ReactFlowProps } from 'reactflow'
import { type ChosenExit, connect, exitLabel, nameOf, type Place, refusal } from '../commands/index.ts'
import { toast } from '../ui/toast.ts'
import { words } from '../words/en.ts'
import { setCanvas } from './canvas-state.ts'
import { blockAt, exitAt, exitOfConnection, placeOf } from './pointing.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import type { CanvasTools } from './tools.ts'
import { toastUndo } from './undo-toast.ts'

type Handlers = Pick<
  ReactFlowProps<CanvasNode, ConnectionEdge>,
  'onConnectStart' | 'onConnectEnd' | 'onReconnect' | 'onReconnectStart' | 'onReconnectEnd' | 'isValidConnection'
>

/** A press that did not move is a click, not a drag into the void. */
const LEAST_DRAG = 8

/** The handlers of React Flow for drawing connections. A drop anywhere on a block counts, not only on its dot. */
export function useConnecting(tools: CanvasTools): Handlers {
  return useMemo(() => {
    let start: Place = [0, 0]
    let isReconnecting = false

    const end = (from: ChosenExit, event: MouseEvent | TouchEvent, state: FinalConnectionState, instead?: ChosenExit) => {
      const place = placeOf(event)
      // A click: the exit itself answers it.
      if (Math.hypot(place[0] - start[0], place[1] - start[1]) < LEAST_DRAG) return
      const target = state.toNode?.type === 'block' && state.isValid ? state.toNode.id : blockAt(place)
      if (target !== undefined) {
        if (target !== from.block || state.isValid) lead(tools, from, target, instead)
        return
      }
      const [x, y] = tools.toCanvas(place)
      tools.openAddList({ screen: place, at: [x, y], from })
    }

    return {
      isValidConnection: ({ source, sourceHandle, target }) =>
        refusal(tools.draft.getState().flow, { block: source, exit: sourceHandle ?? 'next' }, target) === undefined,
      onConnectStart(event, { nodeId, handleId }) {
        start = placeOf(event)
        if (nodeId !== null && handleId !== null) setCanvas({ dragging: { block: nodeId, exit: handleId } })
      },
      onConnectEnd(event, state) {
        setCanvas({ dragging: undefined })
        if (isReconnecting) return
        const { fromNode, fromHandle } = state
        if (fromNode && fromHandle?.id) end({ block: fromNode.id, exit: fromHandle.id }, event, state)
      },
      // React Flow offers the ends of a line for dragging only where this is given; the end of the gesture does the work.
      onReconnect: () => {},
      onReconnectStart(event) {
        start = [event.clientX, event.clientY]
        isReconnecting = true
      },
      onReconnectEnd(event, edge, staying, state) {
        isReconnecting = false
        setCanvas({ dragging: undefined })
        const known = exitOfConnection(edge.id)
        if (!known) return
        if (staying === 'source') {
          end(known, event, state, known)
          return
        }
        const from = exitAt(placeOf(event))
        if (from) lead(tools, from, edge.target, known)
      },
    }
  }, [tools])
}

/** Back to the exit that was connected by key or click. */
export function finishConnecting(tools: CanvasTools, from: ChosenExit): void {
  setCanvas({ connecting: undefined })
  tools.draft.getState().choose({ blocks: [from.block] })
  tools.focusExit(from)
}

/** Connects, or says why not. */
export function lead(tools: CanvasTools, from: ChosenExit, to: string, instead?: ChosenExit): boolean {
  const { flow } = tools.draft.getState()
  const why = refusal(flow, from, to)
  if (why !== undefined) {
    tools.draft.getState().say(why)
    toast(why)
    return false
  }
  const before = flow.blocks[from.block]?.exits?.[from.exit]
  const isDone = tools.draft.getState().run(connect, { from, to, ...(instead ? { instead } : {}) })
  if (isDone && !instead && before !== undefined && before !== to && flow.blocks[before]) {
    toastUndo(tools, words.canvas.ledElsewhere(exitLabel(flow, from), nameOf(flow, from.block), nameOf(flow, to), nameOf(flow, before)))
  }
  return isDone
}
