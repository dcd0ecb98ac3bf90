/** Keeps what React Flow draws in step with the draft, and brings back what it reports. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { applyNodeChanges, type EdgeChange, type NodeChange } from 'reactflow'
import type { Place, Selection } from '../commands/index.ts'
import { type OpenDraft, useDraftStore } from '../draft/index.ts'
import { exitOfConnection } from './pointing.ts'
import { type CanvasNode, type ConnectionEdge, projectEdges, projectNodes, sameEdges } from './projection.ts'

/** Nodes and edges to draw, and where to report changes. */
export interface Projection {
  readonly nodes: CanvasNode[]
  readonly edges: ConnectionEdge[]
  /** `only`: what is chosen by it replaces what was chosen. */
  onNodesChange(changes: NodeChange<CanvasNode>[], only?: boolean): void
  onEdgesChange(changes: EdgeChange<ConnectionEdge>[]): void
  /** Moves what is drawn during a gesture; the draft gets it at the end. */
  readonly redraw: Redraw
}

/** Changes what is drawn, not the draft. */
export type Redraw = (change: (nodes: readonly CanvasNode[]) => CanvasNode[]) => void

/** The projection of the open draft. */
export function useProjection(): Projection {
  const draft = useDraftStore()
  const [nodes, setNodes] = useState(() => [...projectNodes(draft.getState(), [])])
  const [edges, setEdges] = useState(() => [...projectEdges(draft.getState(), [])])
  const sizes = useRef<Map<string, Place>>(new Map())

  useEffect(() => {
    const drawNodes = (state: OpenDraft) => setNodes(known => projectNodes(state, known) as CanvasNode[])
    const drawEdges = (state: OpenDraft) => setEdges(known => projectEdges(state, known) as ConnectionEdge[])
    drawNodes(draft.getState())
    drawEdges(draft.getState())
    return draft.subscribe((state, before) => {
      if (state.flow !== before.flow || state.selection !== before.selection) drawNodes(state)
      // Most edits are of texts, and lead nowhere else.
      if (!sameEdges(state, before)) drawEdges(state)
    })
  }, [draft])

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[], only = false) => {
      const chosen = new Map<string, boolean>()
      const drawn: NodeChange<CanvasNode>[] = []
      const measured = new Map(sizes.current)
      for (const change of changes) {
        if (change.type === 'select') chosen.set(change.id, change.selected)
        else drawn.push(change)
        if (change.type === 'dimensions' && change.dimensions && !change.id.includes(':')) {
          measured.set(change.id, [change.dimensions.width, change.dimensions.height])
        }
      }
      if (measured.size !== sizes.current.size || drawn.some(change => change.type === 'dimensions')) {
        sizes.current = measured
        draft.getState().reportSizes(measured)
      }
      if (drawn.length > 0) setNodes(known => withoutGuesses(applyNodeChanges(drawn, known), drawn))
      if (chosen.size > 0) draft.getState().choose(chooseNodes(only ? NOTHING : draft.getState().selection, chosen))
    },
    [draft],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<ConnectionEdge>[]) => {
      const { selection } = draft.getState()
      let connections = [...selection.connections]
      let isChanged = false
      for (const change of changes) {
        if (change.type !== 'select') continue
        const exit = exitOfConnection(change.id)
        if (!exit) continue
        isChanged = true
        connections = connections.filter(known => known.block !== exit.block || known.exit !== exit.exit)
        if (change.selected) connections.push(exit)
      }
      if (isChanged) draft.getState().choose({ ...selection, connections })
    },
    [draft],
  )
  return { nodes, edges, onNodesChange, onEdgesChange, redraw: setNodes }
}

const NOTHING: Selection = { blocks: [], connections: [], notes: [], frames: [] }

/** A block that was measured needs no guess of its dots any more. */
function withoutGuesses(nodes: CanvasNode[], changes: readonly NodeChange<CanvasNode>[]): CanvasNode[] {
  const measured = new Set(changes.flatMap(change => (change.type === 'dimensions' ? [change.id] : [])))
  if (measured.size === 0) return nodes
  return nodes.map(node => {
    if (!measured.has(node.id) || node.handles === undefined) return node
    const { handles: _guess, ...rest } = node
    return rest
  })
}

function chooseNodes(selection: Selection, chosen: ReadonlyMap<string, boolean>): Selection {
  const sets = { '': new Set(selection.blocks), note: new Set(selection.notes), frame: new Set(selection.frames) }
  for (const [id, isChosen] of chosen) {
    const kind = id.startsWith('note:') ? 'note' : id.startsWith('frame:') ? 'frame' : ''
    const plain = id.slice(id.indexOf(':') + 1)
    if (isChosen) sets[kind].add(plain)
    else sets[kind].delete(plain)
  }
  return { ...selection, blocks: [...sets['']], notes: [...sets.note], frames: [...sets.frame] }
}
