/** `loop_never_waits`: blocks that lead to each other without waiting for anybody. At run time a guard would end it after 1,000 blocks (rule 27). */
import { blockProblem, type Connection, type LintedBlock, type LintRule, showPath } from './view.ts'
import { findCycles, pathTo, reach } from './walk.ts'

/** The search for the very shortest loop of a group looks at so many connections; a large group gets a short one instead. */
const MOST_STEPS = 20_000

/** One problem for each group of blocks, with the shortest loop in it. */
export const loopNeverWaits: LintRule = view =>
  findCycles(view, goesOnAtOnce).flatMap(group => {
    const path = shortestLoop(group)
    const first = view.block(path[0] ?? '')
    if (!first) return []
    const way = path.length > 2 ? `: ${showPath(view, path)}` : ''
    const message = `${first.name} comes back to itself and never waits for the contact${way}.`
    return [blockProblem(first, 'loop_never_waits', 'error', '', message, { hint: 'Put a question, a menu, a listen or a wait into the loop.', path })]
  })

/** Whether a block can be left this way without anybody having waited. */
function goesOnAtOnce({ type, block }: LintedBlock, { exit }: Connection): boolean {
  if (!type) return false
  if (type.branch) return exit !== 'timeout'
  // An API may answer at once, for ever.
  if (block.type === 'http') return true
  // A queue that refuses does so at once.
  if (block.type === 'queue') return exit === 'full' || exit === 'unavailable'
  return type.resume === undefined
}

function shortestLoop(group: readonly LintedBlock[]): readonly string[] {
  const members = new Set(group)
  const inGroup = (block: LintedBlock, connection: Connection) => members.has(connection.to) && goesOnAtOnce(block, connection)
  let steps = MOST_STEPS
  let shortest: readonly string[] = []
  for (const start of group) {
    const cameFrom = reach([start], inGroup)
    for (const last of members) {
      if (!cameFrom.has(last.id) || !last.connections.some(connection => connection.to === start && goesOnAtOnce(last, connection))) continue
      const loop = [...pathTo(cameFrom, last.id), start.id]
      if (shortest.length === 0 || loop.length < shortest.length) shortest = loop
    }
    steps -= group.length
    if (steps <= 0) break
  }
  return shortest
}
