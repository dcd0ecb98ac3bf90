/** The shape of a flow: which blocks there are, in their order, their types and labels, their exits and where these lead. Typing in a text leaves it as it is. */
import type { Block, Flow } from '../../server/engine/index.ts'
import { exitsOf } from './exits.ts'

/** Whether two flows have the same shape. Places are no part of it. */
export function sameShape(one: Flow, other: Flow): boolean {
  if (one.blocks === other.blocks) return true
  const [ids, others] = [Object.keys(one.blocks), Object.keys(other.blocks)]
  return ids.length === others.length && ids.every((id, index) => id === others[index] && looksAlike(one.blocks[id], other.blocks[id]))
}

/** Makes something of the shape of a flow; the same thing as long as the shape is the same. `make` looks at nothing else. */
export function ofShape<T extends object>(make: (flow: Flow) => T): (flow: Flow) => T {
  const known = new WeakMap<Flow['blocks'], T>()
  // Weak: a flow that was closed is not kept for its shape.
  let last: WeakRef<Flow> | undefined
  return flow => {
    const cached = known.get(flow.blocks)
    if (cached) return cached
    const before = last?.deref()
    const value = (before && sameShape(before, flow) ? known.get(before.blocks) : undefined) ?? make(flow)
    known.set(flow.blocks, value)
    last = new WeakRef(flow)
    return value
  }
}

function looksAlike(one: Block | undefined, other: Block | undefined): boolean {
  if (one === other) return true
  if (!one || !other || one.type !== other.type || one.label !== other.label) return false
  const [exits, others] = [exitsOf(one), exitsOf(other)]
  return (
    exits.length === others.length &&
    exits.every((exit, index) => exit.name === others[index]?.name && exit.label === others[index]?.label && exit.to === others[index]?.to)
  )
}
