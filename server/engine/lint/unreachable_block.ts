/** `no_start`, `second_entry` and `unreachable_block`: where conversations begin, and what they never come to. */
import type { Problem } from '../errors.ts'
import { blockProblem, type FlowRule, titleOf } from './view.ts'
import { reach } from './walk.ts'

/** Entries of which only the first of a flow is used. */
const SINGLE: ReadonlySet<string> = new Set(['start', 'on_inactivity'])

/** A flow needs one beginning. */
export const entries: FlowRule = ({ blocks }) => {
  const problems: Problem[] = []
  const first = new Map<string, string>()
  for (const linted of blocks) {
    const { type } = linted.block
    if (!SINGLE.has(type)) continue
    const used = first.get(type)
    if (used === undefined) first.set(type, linted.name)
    else
      problems.push(
        blockProblem(
          linted,
          'second_entry',
          'error',
          '/type',
          `${linted.name} never begins: ${used} is the ${type === 'start' ? 'start' : `“${titleOf('on_inactivity')}” entry`} of this flow.`,
          {
            hint: 'Keep one of the two.',
          },
        ),
      )
  }
  if (!first.has('start'))
    problems.unshift({
      code: 'no_start',
      severity: 'error',
      at: '/blocks',
      message: 'The flow has no start.',
      hint: `Add a block of type ${titleOf('start')} and connect it to the first block.`,
    })
  return problems
}

/** A block that no entry leads to. Without an entry that is told once and not of every block. */
export const unreachableBlock: FlowRule = view => {
  const from = view.blocks.filter(linted => linted.type?.entry === true)
  if (from.length === 0) return []
  const reached = reach(from, () => true)
  return view.blocks
    .filter(linted => !reached.has(linted.id))
    .map(linted =>
      blockProblem(linted, 'unreachable_block', 'warning', '', `No conversation comes to ${linted.name}.`, { hint: 'Lead an exit to it, or delete it.' }),
    )
}
