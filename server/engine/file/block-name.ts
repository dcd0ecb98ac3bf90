/** What people call a block. Lists, problems, differences and the designer say the same. */
import { blockTypeOf } from '../blocks/index.ts'
import type { Flow } from './flow.ts'

/** Its label, else its type; where several of the type have no label, the id in words (“Message 2”). A block that is not there has only its id. */
export function nameBlock(flow: Flow, id: string): string {
  const block = flow.blocks[id]
  if (!block) return id
  const label = block.label?.trim()
  if (label) return label
  return (unnamedOf(flow.blocks).get(block.type) ?? 0) > 1 ? inWords(id) : (blockTypeOf(block.type)?.title ?? block.type)
}

function inWords(id: string): string {
  const words = id.replaceAll('_', ' ').trim()
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

const known = new WeakMap<Flow['blocks'], ReadonlyMap<string, number>>()

/** How many blocks of a type have no label. */
function unnamedOf(blocks: Flow['blocks']): ReadonlyMap<string, number> {
  const cached = known.get(blocks)
  if (cached) return cached
  const counts = new Map<string, number>()
  for (const { type, label } of Object.values(blocks)) if (!label?.trim()) counts.set(type, (counts.get(type) ?? 0) + 1)
  known.set(blocks, counts)
  return counts
}
