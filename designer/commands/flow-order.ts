/** Blocks in the order in which a conversation comes by: the outline, Tab, and the layout use the same. */
import { blockTypeOf, type Flow } from '../../server/engine/index.ts'
import { exitsOf } from './exits.ts'
import { ofShape } from './shape.ts'

/** Every block once: from each entry along the exits in reading order, then what no entry reaches. */
export const flowOrder = ofShape((flow: Flow): readonly string[] => {
  const order = new Set<string>()
  const ids = Object.keys(flow.blocks)
  const entries = ids.filter(id => blockTypeOf(flow.blocks[id]?.type ?? '')?.entry).sort((one, other) => rank(flow, one) - rank(flow, other))
  for (const entry of [...entries, ...ids]) {
    const stack = [entry]
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      const block = flow.blocks[id]
      if (!block || order.has(id)) continue
      order.add(id)
      for (const exit of [...exitsOf(block)].reverse()) if (exit.to !== undefined) stack.push(exit.to)
    }
  }
  return [...order]
})

/** `start` goes first, other entries as the file has them. */
const rank = (flow: Flow, id: string) => (flow.blocks[id]?.type === 'start' ? 0 : 1)
