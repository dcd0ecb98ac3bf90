import type { Block, Flow } from '../../server/engine/index.ts'

const written = new WeakMap<Block, string>()

/** A flow as JSON. Of a thousand blocks only those are written anew that are other objects than the last time. */
export function flowJson({ blocks, ...head }: Flow): string {
  const entries = Object.entries(blocks).map(([id, block]) => `${JSON.stringify(id)}:${blockJson(block)}`)
  return `${JSON.stringify(head).slice(0, -1)},"blocks":{${entries.join(',')}}}`
}

function blockJson(block: Block): string {
  const known = written.get(block) ?? JSON.stringify(block)
  written.set(block, known)
  return known
}
