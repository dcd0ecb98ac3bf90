/** Walks over the canvas that several rules need. All are linear. */
import type { Connection, FlowView, LintedBlock } from './view.ts'

/** Blocks reachable from some blocks, with the block each was first reached from (itself for a beginning). Breadth first, so ways back are shortest. */
export function reach(from: readonly LintedBlock[], follows: (block: LintedBlock, connection: Connection) => boolean): ReadonlyMap<string, string> {
  const cameFrom = new Map<string, string>()
  const open: LintedBlock[] = []
  for (const block of from) {
    if (cameFrom.has(block.id)) continue
    cameFrom.set(block.id, block.id)
    open.push(block)
  }
  for (let i = 0; i < open.length; i++) {
    const block = open[i]
    if (!block) continue
    for (const connection of block.connections) {
      if (cameFrom.has(connection.to.id) || !follows(block, connection)) continue
      cameFrom.set(connection.to.id, block.id)
      open.push(connection.to)
    }
  }
  return cameFrom
}

/** The way on which a walk reached a block, from its beginning. */
export function pathTo(cameFrom: ReadonlyMap<string, string>, id: string): readonly string[] {
  const path = [id]
  for (let at = id; ; ) {
    const before = cameFrom.get(at)
    if (before === undefined || before === at) return path.reverse()
    path.push(before)
    at = before
  }
}

/** Groups of blocks in which each can come back to itself by the connections that count (strongly connected components with a cycle). */
export function findCycles(view: FlowView, counts: (block: LintedBlock, connection: Connection) => boolean): readonly (readonly LintedBlock[])[] {
  const cycles: LintedBlock[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: LintedBlock[] = []
  const onStack = new Set<string>()
  const neighbours = view.blocks.map(block => block.connections.filter(connection => counts(block, connection)).map(connection => connection.to))

  const enter = (block: LintedBlock, calls: { block: LintedBlock; next: number }[]) => {
    order.set(block.id, order.size)
    low.set(block.id, order.size - 1)
    stack.push(block)
    onStack.add(block.id)
    calls.push({ block, next: 0 })
  }
  const lower = (block: LintedBlock, value: number) => low.set(block.id, Math.min(low.get(block.id) ?? value, value))

  // Tarjan's algorithm with a stack of its own: two thousand blocks in a row must not run out of the other one.
  for (const root of view.blocks) {
    if (order.has(root.id)) continue
    const calls: { block: LintedBlock; next: number }[] = []
    enter(root, calls)
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { block } = call
      const to = neighbours[block.index]?.[call.next++]
      if (to) {
        if (!order.has(to.id)) enter(to, calls)
        else if (onStack.has(to.id)) lower(block, order.get(to.id) ?? 0)
        continue
      }
      calls.pop()
      const caller = calls.at(-1)?.block
      if (caller) lower(caller, low.get(block.id) ?? 0)
      if (low.get(block.id) !== order.get(block.id)) continue
      const group = stack.splice(stack.lastIndexOf(block))
      for (const member of group) onStack.delete(member.id)
      if (group.length > 1 || neighbours[block.index]?.includes(block)) cycles.push(group.sort((one, other) => one.index - other.index))
    }
  }
  return cycles
}
