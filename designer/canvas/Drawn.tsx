/** The flow as React Flow draws it. Whatever does not change is made once: React Flow draws all of its blocks anew for a new handler. */
import { useMemo, useState } from 'react'
import { Background, BackgroundVariant, ReactFlow, type ReactFlowProps, SelectionMode } from 'reactflow'
import type { Flow } from '../../server/engine/index.ts'
import { flowOrder, placesOf } from '../commands/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { BlockNode } from './BlockNode.tsx'
import { Connection, DraggedLine } from './Connection.tsx'
import { setCanvas } from './canvas-state.ts'
import { useConnecting } from './connecting.ts'
import { FlowMap } from './FlowMap.tsx'
import { isLargeFlow } from './large.ts'
import { FrameNode, NoteNode } from './NoteNode.tsx'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import { Toolbar, Zoom } from './surroundings.tsx'
import { type CanvasTools, FIT_PADDING, LEAST_ZOOM } from './tools.ts'
import { useDragging } from './use-dragging.ts'
import { type Projection, useProjection } from './use-projection.ts'
import { RouterContext, useNewRouter } from './use-router.ts'

const nodeTypes = { block: BlockNode, note: NoteNode, frame: FrameNode }
const edgeTypes = { connection: Connection }
/** How near a flow opens that is too large to be read whole, and the zoom below which that is so. */
const START_ZOOM = 0.75
const LEAST_TO_READ = 0.6
const SNAP: [number, number] = [16, 16]
const ORIGIN: [number, number] = [0.5, 0]
const PAN_BUTTONS = [1, 2]
const QUIET = { hideAttribution: true } as const
const FIT = { padding: FIT_PADDING, maxZoom: 1 } as const

/** Draws the open draft and takes in what is done with it. */
export function Drawn({ tools }: { readonly tools: CanvasTools }) {
  const draft = useDraftStore()
  const readOnly = useDraft(({ readOnly }) => readOnly)
  const name = useDraft(({ flow }) => flow.name)
  const isLarge = useDraft(({ flow }) => isLargeFlow(flow))
  const [view] = useState(() => viewOf(draft.getState().flow, isLarge))
  const { nodes, edges, onNodesChange, onEdgesChange, redraw } = useProjection()
  const connecting = useConnecting(tools)
  const router = useNewRouter(nodes)
  const dragging = useDragging(tools, redraw, router)
  const pointing = usePointing(onNodesChange)
  const around = useMemo(
    () => (
      <>
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.6} />
        <Zoom tools={tools} />
        <Toolbar />
        <FlowMap />
      </>
    ),
    [tools],
  )
  return (
    <RouterContext value={router}>
      <ReactFlow<CanvasNode, ConnectionEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        {...connecting}
        {...dragging}
        {...pointing}
        connectionLineComponent={DraggedLine}
        connectionRadius={28}
        nodeOrigin={ORIGIN}
        snapToGrid
        snapGrid={SNAP}
        {...view}
        minZoom={LEAST_ZOOM}
        maxZoom={2}
        panOnScroll
        selectionOnDrag
        panOnDrag={PAN_BUTTONS}
        selectionMode={SelectionMode.Partial}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements={isLarge}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgesFocusable={false}
        zoomOnDoubleClick={false}
        connectOnClick={false}
        nodeDragThreshold={3}
        proOptions={QUIET}
        aria-label={words.canvas.canvasOf(name)}
      >
        {around}
      </ReactFlow>
    </RouterContext>
  )
}

type Handlers = Pick<
  ReactFlowProps<CanvasNode, ConnectionEdge>,
  'onEdgeMouseEnter' | 'onEdgeMouseLeave' | 'onPaneContextMenu' | 'onNodeContextMenu' | 'onSelectionContextMenu'
>

/** What hovering and the second button do. */
function usePointing(onNodesChange: Projection['onNodesChange']): Handlers {
  return useMemo(() => {
    const openMenu = (event: { preventDefault(): void; readonly clientX: number; readonly clientY: number }) => {
      event.preventDefault()
      setCanvas({ menu: { screen: [event.clientX, event.clientY] } })
    }
    return {
      onEdgeMouseEnter: (_, { id }) => setCanvas({ hovered: id }),
      onEdgeMouseLeave: () => setCanvas({ hovered: undefined }),
      onPaneContextMenu: openMenu,
      onNodeContextMenu(event, node) {
        if (!node.selected) onNodesChange([{ type: 'select', id: node.id, selected: true }], true)
        openMenu(event)
      },
      onSelectionContextMenu: openMenu,
    }
  }, [onNodesChange])
}

/** All of a flow that can be read whole; a larger one opens at its start. */
function viewOf(flow: Flow, isLarge: boolean): Pick<ReactFlowProps, 'defaultViewport' | 'fitView' | 'fitViewOptions'> {
  return isLarge || fittingZoom(flow) < LEAST_TO_READ ? { defaultViewport: atStart(flow) } : { fitView: true, fitViewOptions: FIT }
}

/** About how near all of a flow could be seen at once; blocks are not measured yet. */
function fittingZoom(flow: Flow): number {
  const places = [...placesOf(flow).values()]
  if (places.length === 0) return 1
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
  const width = Math.max(...xs) - Math.min(...xs) + 320
  const height = Math.max(...ys) - Math.min(...ys) + 160
  return Math.min((window.innerWidth * 0.6) / width, (window.innerHeight * 0.8) / height)
}

/** A large flow opens where a conversation begins: all of it at once could not be read. */
function atStart(flow: Flow): { readonly x: number; readonly y: number; readonly zoom: number } {
  const [x, y] = placesOf(flow).get(flowOrder(flow)[0] ?? '') ?? [0, 0]
  return { x: window.innerWidth / 3 - x * START_ZOOM, y: 48 - y * START_ZOOM, zoom: START_ZOOM }
}
