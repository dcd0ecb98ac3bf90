/** `unknown_type`, `unknown_flow` and `unknown_queue`: names of things that are not there. */
import { BLOCK_TYPES } from '../blocks/index.ts'
import type { Problem } from '../errors.ts'
import { blockProblem, didYouMean, type FlowRule, type LintedBlock } from './view.ts'

/** A block of a type that this release does not know. */
export const unknownType: FlowRule = ({ blocks }) =>
  blocks
    .filter(linted => !linted.type)
    .map(linted => {
      const types = BLOCK_TYPES.map(type => type.type)
      return blockProblem(
        linted,
        'unknown_type',
        'error',
        '/type',
        `“${linted.block.type}” is no block type of this release.${didYouMean(linted.block.type, types)}`,
        {
          hint: `There are: ${types.join(', ')}.`,
        },
      )
    })

/** Settings that name another flow. */
export const unknownFlow: FlowRule = ({ blocks, flows }) =>
  flows ? blocks.flatMap(linted => ['flow', 'while_waiting'].flatMap(key => missing(linted, key, flows, 'flow'))) : []

/** Settings that name a queue. */
export const unknownQueue: FlowRule = ({ blocks, queues }) => (queues ? blocks.flatMap(linted => missing(linted, 'queue', queues, 'queue')) : [])

function missing(linted: LintedBlock, key: string, known: ReadonlySet<string>, what: 'flow' | 'queue'): readonly Problem[] {
  const name = Object.entries(linted.block).find(([setting]) => setting === key)?.[1]
  // An empty one is for the block itself to mention.
  if (typeof name !== 'string' || name === '' || known.has(name)) return []
  return [
    blockProblem(linted, `unknown_${what}`, 'error', `/${key}`, `${linted.name} names the ${what} “${name}”, which does not exist.${didYouMean(name, known)}`, {
      hint: `Choose another ${what}, or make one with this name.`,
    }),
  ]
}
