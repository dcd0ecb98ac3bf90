/** The flow of the bench as a bare page draws it: the same blocks, texts, exits, connections and places. */
import { exitsOf, nameOf, placesOf, readText } from '../../../designer/commands/index.ts'
import type { Flow } from '../../../server/engine/index.ts'

/** A block, with no word of ours. */
export interface GraphNode {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly title: string
  readonly text: string
  readonly exits: readonly string[]
}

/** Everything that a bare page is given. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: { id: string; source: string; sourceHandle: string; target: string; targetHandle: string; type: string }[]
  readonly viewport: { x: number; y: number; zoom: number }
}

/** Translates a flow; the window shows the same part of it as the designer's. */
export function graphOf(flow: Flow, viewport: Graph['viewport']): Graph {
  const places = placesOf(flow)
  const blocks = Object.entries(flow.blocks)
  return {
    viewport,
    nodes: blocks.map(([id, block]) => {
      const [x, y] = places.get(id) ?? [0, 0]
      return { id, x, y, title: nameOf(flow, id), text: readText(block, 'text', 'en'), exits: exitsOf(block).map(({ name }) => name) }
    }),
    edges: blocks.flatMap(([id, block]) =>
      exitsOf(block).flatMap(({ name, to }) =>
        to === undefined ? [] : [{ id: `${id}.${name}`, source: id, sourceHandle: name, target: to, targetHandle: 'in', type: 'smoothstep' }],
      ),
    ),
  }
}
