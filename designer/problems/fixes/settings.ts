/** Fixes of single settings: a timeout, a range the wrong way round, an id that is taken. */
import type { Block } from '../../../server/engine/index.ts'
import { withBlock } from '../../commands/index.ts'
import { freshId, listAt, RESERVED_EXITS, valueAt, withRenamedExit, withValue } from '../../inspector/fields/index.ts'
import { words } from '../../words/en.ts'
import { belowBlock, type Fix, type Fixer } from './fix.ts'
import { likelyTarget } from './likely.ts'

/** How long people mostly wait for an answer, and for an agent. */
const ANSWER_WITHIN = '1 day'
const AGENT_WITHIN = '10 min'

/** Ends a wait, and leads its new exit where such exits lead in this flow. */
export const addTimeout: Fixer = ({ block: id }, { view }) => {
  const block = id === undefined ? undefined : view.flow.blocks[id]
  if (id === undefined || !block) return undefined
  const isQueue = block.type === 'queue'
  return {
    label: isQueue ? words.problems.setLongestWait(AGENT_WITHIN) : words.problems.addTimeout(ANSWER_WITHIN),
    apply(now) {
      const timed = withValue(block, isQueue ? '/max_wait' : '/timeout', isQueue ? AGENT_WITHIN : ANSWER_WITHIN)
      const to = block.exits?.timeout ?? likelyTarget(now, id, 'timeout')
      return { flow: withBlock(now.flow, id, to === undefined ? timed : withValue(timed, '/exits/timeout', to)) }
    },
  }
}

/** The larger figure goes last. */
export const swapRange: Fixer = (problem, { view }) => {
  const at = belowBlock(problem)
  const parent = at.slice(0, at.lastIndexOf('/'))
  const pairs = [
    ['/from', '/to'],
    ['/min', '/max'],
    ['/min_length', '/max_length'],
  ] as const
  const pair = pairs.find(([low]) => at === `${parent}${low}`)
  if (!pair) return undefined
  const [low, high] = pair.map(key => `${parent}${key}`) as [string, string]
  return change(problem.block, words.problems.swap, view.flow.blocks, block =>
    withValue(withValue(block, low, valueAt(block, high)), high, valueAt(block, low)),
  )
}

/** Leaves a setting out. */
export const removeSetting: Fixer = (problem, { view }) =>
  change(problem.block, words.problems.removeSetting, view.flow.blocks, block => withValue(block, belowBlock(problem), undefined))

/** Removes a case that is never taken. */
export const removeCase: Fixer = (problem, { view }) =>
  change(problem.block, words.problems.removeCase, view.flow.blocks, block => withValue(block, belowBlock(problem), undefined))

/** A wait that does not say how long. */
export const setDuration: Fixer = (problem, { view }) =>
  change(problem.block, words.problems.waitFor('5 min'), view.flow.blocks, block => ({ ...block, for: '5 min' }))

/** Says on joining a queue that somebody will come. */
export const addWaitingText: Fixer = ({ block: id }, { view }) =>
  change(id, words.problems.addWaitingText, view.flow.blocks, block => ({ ...block, text: words.inspector.queue.waiting }))

/** Gives a case whose id is taken another one. Where the id is there twice, the connection stays with the first. */
export const renameCase: Fixer = (problem, { view }) => {
  const at = belowBlock(problem)
  const block = problem.block === undefined ? undefined : view.flow.blocks[problem.block]
  const id = valueAt(block, at)
  const list = at.replace(/\/\d+\/id$/, '')
  if (typeof id !== 'string' || list === at) return undefined
  const taken = listAt(block, list).map((_, place) => String(valueAt(block, `${list}/${place}/id`) ?? ''))
  const next = freshId(id, [...taken, ...RESERVED_EXITS], 'case')
  return change(problem.block, words.problems.rename(next.replaceAll('_', ' ')), view.flow.blocks, before => {
    const renamed = withValue(before, at, next)
    return problem.code === 'reserved_id' ? withRenamedExit(renamed, id, next) : renamed
  })
}

function change(id: string | undefined, label: string, blocks: Readonly<Record<string, Block>>, edit: (block: Block) => Block): Fix | undefined {
  const block = id === undefined ? undefined : blocks[id]
  return id === undefined || !block ? undefined : { label, apply: ({ flow }) => ({ flow: withBlock(flow, id, edit(flow.blocks[id] ?? block)) }) }
}
