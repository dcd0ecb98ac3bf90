/** The canvas: React Flow with the draft on it. The only place where its words are spoken. */
import 'reactflow/dist/base.css'
import './canvas.css'
import { type DragEvent, useEffect, useMemo, useRef } from 'react'
import { Background, BackgroundVariant, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow } from 'reactflow'
import type { Flow } from '../../server/engine/index.ts'
import { flowOrder, placesOf } from '../commands/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { AddList } from './AddList.tsx'
import { BlockNode } from './BlockNode.tsx'
import { CanvasMenu } from './CanvasMenu.tsx'
import { Conflict } from './Conflict.tsx'
import { Connection, DraggedLine } from './Connection.tsx'
import { resetCanvas, setCanvas, useCanvas } from './canvas-state.ts'
import { useConnecting } from './connecting.ts'
import { Empty } from './Empty.tsx'
import { Find } from './Find.tsx'
import { FrameNode, NoteNode } from './NoteNode.tsx'
import { Outline } from './Outline.tsx'
import { connectionAt, draggedType } from './pointing.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import { MapOfFlow, Said, Toast, Toolbar, Zoom } from './surroundings.tsx'
import { createTools, LEAST_ZOOM } from './tools.ts'
import { useCanvasActions } from './use-actions.ts'
import { useClipboard } from './use-clipboard.ts'
import { useDragging } from './use-dragging.ts'
import { useCanvasKeys } from './use-keys.ts'
import { useProjection } from './use-projection.ts'

const nodeTypes = { block: BlockNode, note: NoteNode, frame: FrameNode }
const edgeTypes = { connection: Connection }
/** More blocks than this, and only those in the window are in the page. */
const DRAW_ALL_UP_TO = 300
/** How near a flow opens that is too large to be read whole, and the zoom below which that is so. */
const START_ZOOM = 0.75
const LEAST_TO_READ = 0.55
const SNAP: [number, number] = [16, 16]
const ORIGIN: [number, number] = [0.5, 0]
const FIT = { padding: 0.12, maxZoom: 1 } as const

/** The canvas of the open draft. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  )
}

function Surface() {
  const root = useRef<HTMLDivElement>(null)
  const draft = useDraftStore()
  const flow = useReactFlow<CanvasNode, ConnectionEdge>()
  const readOnly = useDraft(({ readOnly }) => readOnly)
  const isLarge = useDraft(({ flow }) => Object.keys(flow.blocks).length > DRAW_ALL_UP_TO)
  const tools = useMemo(() => createTools(draft, flow, () => root.current), [draft, flow])
  const { nodes, edges, onNodesChange, onEdgesChange, redraw } = useProjection()
  const connecting = useConnecting(tools)
  const dragging = useDragging(tools, redraw)
  const isConnecting = useCanvas(state => state.dragging !== undefined)

  useEffect(() => {
    resetCanvas()
    setCanvas({ tools })
    return resetCanvas
  }, [tools])
  useCanvasActions(tools)
  useClipboard(tools, root)
  useCanvasKeys(tools, root)

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas itself takes the focus when nothing on it has it
    <div
      ref={root}
      className="canvas"
      tabIndex={-1}
      data-connecting={isConnecting || undefined}
      data-read-only={readOnly || undefined}
      onDragOver={event => over(event, readOnly)}
      onDragLeave={event => {
        // It also comes from each thing on the canvas that the pointer leaves.
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setCanvas({ dropOn: undefined })
      }}
      onDrop={event => {
        const type = draggedType(event.dataTransfer)
        if (type === undefined || readOnly) return
        event.preventDefault()
        const from = connectionAt([event.clientX, event.clientY])
        setCanvas({ dropOn: undefined })
        tools.add(type, { at: tools.toCanvas([event.clientX, event.clientY - 20]), ...(from ? { from } : {}) })
      }}
    >
      <Outline />
      <ReactFlow<CanvasNode, ConnectionEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        {...connecting}
        {...dragging}
        onEdgeMouseEnter={(_, { id }) => setCanvas({ hovered: id })}
        onEdgeMouseLeave={() => setCanvas({ hovered: undefined })}
        onPaneMouseMove={event => draft.getState().reportPointer(tools.toCanvas([event.clientX, event.clientY]))}
        onPaneContextMenu={event => {
          event.preventDefault()
          setCanvas({ menu: { screen: [event.clientX, event.clientY] } })
        }}
        onNodeContextMenu={(event, node) => {
          event.preventDefault()
          if (!node.selected) onNodesChange([{ type: 'select', id: node.id, selected: true }], true)
          setCanvas({ menu: { screen: [event.clientX, event.clientY] } })
        }}
        onSelectionContextMenu={event => {
          event.preventDefault()
          setCanvas({ menu: { screen: [event.clientX, event.clientY] } })
        }}
        connectionLineComponent={DraggedLine}
        connectionRadius={28}
        nodeOrigin={ORIGIN}
        snapToGrid
        snapGrid={SNAP}
        {...(isLarge || fittingZoom(draft.getState().flow) < LEAST_TO_READ
          ? { defaultViewport: atStart(draft.getState().flow) }
          : { fitView: true, fitViewOptions: FIT })}
        minZoom={LEAST_ZOOM}
        maxZoom={2}
        panOnScroll
        selectionOnDrag
        panOnDrag={[1, 2]}
        selectionMode={SelectionMode.Partial}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        elevateNodesOnSelect
        elevateEdgesOnSelect
        onlyRenderVisibleElements={isLarge}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgesFocusable={false}
        zoomOnDoubleClick={false}
        connectOnClick={false}
        nodeDragThreshold={3}
        proOptions={{ hideAttribution: true }}
        aria-label={words.canvas.outlineOf}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.6} />
        <Zoom tools={tools} />
        <Toolbar tools={tools} />
        <MapOfFlow />
      </ReactFlow>
      <Empty tools={tools} />
      <Find tools={tools} />
      <AddList tools={tools} />
      <CanvasMenu tools={tools} />
      <Toast tools={tools} />
      <Conflict tools={tools} />
      <Said />
    </div>
  )
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

function over(event: DragEvent, readOnly: boolean): void {
  if (readOnly || draggedType(event.dataTransfer) === undefined) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  const into = connectionAt([event.clientX, event.clientY])
  const dropOn = into && `${into.block}.${into.exit}`
  if (useCanvas.getState().dropOn !== dropOn) setCanvas({ dropOn })
}
