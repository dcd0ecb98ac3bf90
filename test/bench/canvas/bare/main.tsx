/** React Flow as its own documentation shows it, with the graph of the bench: what any editor built on it costs at least. */
import 'reactflow/dist/style.css'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  applyNodeChanges,
  Background,
  Controls,
  Handle,
  MiniMap,
  type Node,
  type NodeChange,
  type NodeProps,
  Position,
  ReactFlow,
  SelectionMode,
} from 'reactflow'
import type { Graph, GraphNode } from '../graph.ts'

type BareNode = Node<{ readonly title: string; readonly text: string; readonly exits: readonly string[] }, 'block'>

const Block = memo(function Block({ data }: NodeProps<BareNode>) {
  return (
    <div style={{ width: 240, background: '#fff', border: '1px solid #bbb', borderRadius: 8, font: '13px sans-serif' }}>
      <Handle type="target" position={Position.Top} id="in" />
      <div style={{ padding: 8, fontWeight: 600 }}>{data.title}</div>
      <div style={{ padding: '0 8px 8px' }}>{data.text}</div>
      <div style={{ display: 'flex', height: 26 }}>
        {data.exits.map(exit => (
          <div key={exit} style={{ flex: 1, position: 'relative', textAlign: 'center' }}>
            {exit}
            <Handle type="source" position={Position.Bottom} id={exit} />
          </div>
        ))}
      </div>
    </div>
  )
})

const nodeTypes = { block: Block }
const SNAP: [number, number] = [16, 16]
const ORIGIN: [number, number] = [0.5, 0]

function Page({ graph }: { readonly graph: Graph }) {
  const [nodes, setNodes] = useState<BareNode[]>(() => graph.nodes.map(toNode))
  const before = useRef(nodes)
  const remember = useCallback(() => {
    before.current = nodes
  }, [nodes])
  useEffect(() => {
    const undo = (event: KeyboardEvent) => {
      if (event.ctrlKey && event.key === 'z') setNodes(before.current.map(node => ({ ...node, dragging: false })))
    }
    window.addEventListener('keydown', undo)
    return () => window.removeEventListener('keydown', undo)
  }, [])
  return (
    <ReactFlow<BareNode>
      nodes={nodes}
      edges={graph.edges}
      nodeTypes={nodeTypes}
      onNodesChange={useCallback((changes: NodeChange<BareNode>[]) => setNodes(known => applyNodeChanges(changes, known)), [])}
      onNodeDragStart={remember}
      onSelectionDragStart={remember}
      nodeOrigin={ORIGIN}
      snapToGrid
      snapGrid={SNAP}
      defaultViewport={graph.viewport}
      minZoom={0.08}
      panOnScroll
      selectionOnDrag
      selectionMode={SelectionMode.Partial}
      panOnDrag={false}
      onlyRenderVisibleElements
    >
      <Background />
      <Controls />
      <MiniMap />
    </ReactFlow>
  )
}

function toNode({ id, x, y, ...data }: GraphNode): BareNode {
  return { id, type: 'block', position: { x, y }, data }
}

const root = document.getElementById('root')
// Written by the bench beside the page.
const graph = (await (await fetch('graph.json')).json()) as Graph
if (root) createRoot(root).render(<Page graph={graph} />)
