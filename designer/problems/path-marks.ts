/** The path of a problem on the canvas: everything else steps back. */
import type { Flow } from '../../server/engine/index.ts'
import type { Mark, Marks } from '../canvas/marks.ts'

/** Marks that leave only the blocks and connections of a path bright. */
export function pathMarks(flow: Flow, path: readonly string[]): Partial<Marks> {
  const steps = new Set(path.slice(1).map((to, place) => `${path[place]} ${to}`))
  const blocks = new Map<string, Mark>()
  const connections = new Map<string, 'dimmed'>()
  for (const [id, block] of Object.entries(flow.blocks)) {
    if (!path.includes(id)) blocks.set(id, { states: ['dimmed'] })
    for (const [exit, to] of Object.entries(block.exits ?? {})) if (!steps.has(`${id} ${to}`)) connections.set(`${id}.${exit}`, 'dimmed')
  }
  return { blocks, connections }
}
