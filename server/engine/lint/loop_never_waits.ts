/** `loop_never_waits`: blocks that lead to each other without waiting for anybody. At run time a guard would end it after 1,000 blocks (rule 27). */
import { blockProblem, type Connection, type FlowRule, type LintedBlock, showPath, titleOf } from './view.ts'
import { findCycles } from './walk.ts'

/** The search for the very shortest loop of a group looks at so many connections; a large group may get a short one instead. */
const MOST_STEPS = 20_000

/** One problem for each group of blocks, with the shortest loop in it. */
export const loopNeverWaits: FlowRule = view =>
  findCycles(view, goesOnAtOnce).flatMap(group => {
    const path = shortestLoop(group)
    const first = view.block(path[0] ?? '')
    if (!first) return []
    const way = path.length > 2 ? `: ${showPath(view, path)}` : ''
    const message = `${first.name} comes back to itself and never waits for the contact${way}.`
    const hint = `Put a block that waits into the loop: ${titleOf('question')}, ${titleOf('menu')}, ${titleOf('listen')} or ${titleOf('wait')}.`
    return [blockProblem(first, 'loop_never_waits', 'error', '', message, { hint, path })]
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
  let steps = MOST_STEPS
  let shortest: readonly string[] = []
  for (const start of group) {
    if (steps <= 0) break
    const cameFrom = new Map<LintedBlock, LintedBlock>()
    let reached: readonly LintedBlock[] = [start]
    // Breadth first: the first way back is the shortest, and one that would be no shorter than the best is not walked to its end.
    for (let length = 1; reached.length > 0 && (shortest.length === 0 || length < shortest.length - 1); length++) {
      const next: LintedBlock[] = []
      let last: LintedBlock | undefined
      for (const block of reached) {
        for (const connection of block.connections) {
          steps--
          const { to } = connection
          if (!members.has(to) || !goesOnAtOnce(block, connection)) continue
          if (to === start) last ??= block
          else if (!cameFrom.has(to)) {
            cameFrom.set(to, block)
            next.push(to)
          }
        }
      }
      if (last) {
        shortest = [...wayTo(cameFrom, last), start.id]
        break
      }
      reached = next
    }
  }
  return shortest
}

function wayTo(cameFrom: ReadonlyMap<LintedBlock, LintedBlock>, last: LintedBlock): readonly string[] {
  const way = [last.id]
  for (let before = cameFrom.get(last); before; before = cameFrom.get(before)) way.push(before.id)
  return way.reverse()
}
