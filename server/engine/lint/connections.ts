/** Connections that lead nowhere: to a block, or from an exit, that does not exist; and exits that must be connected and are not (rule 33). */
import { blockProblem, didYouMean, eachBlock, type FlowRule, inWords, titleOf } from './view.ts'

/** `unknown_block`: a connection to a block that is not there. */
export const unknownBlock: FlowRule = ({ flow, blocks, block }) =>
  blocks.flatMap(linted =>
    Object.entries(linted.block.exits ?? {})
      .filter(([, to]) => !block(to))
      .map(([exit, to]) =>
        blockProblem(
          linted,
          'unknown_block',
          'error',
          `/exits/${exit}`,
          `${linted.name} leads to “${to}”, which does not exist.${didYouMean(to, Object.keys(flow.blocks))}`,
          {
            hint: 'Connect the exit to another block or remove the connection.',
          },
        ),
      ),
  )

/** `unknown_exit`: a connection from an exit that the block does not have, perhaps no longer. */
export const unknownExit = eachBlock(linted => {
  if (!linted.type) return []
  const names = [...new Set([...linted.exits.map(exit => exit.name), 'error'])]
  return Object.keys(linted.block.exits ?? {})
    .filter(exit => !names.includes(exit))
    .map(exit =>
      blockProblem(linted, 'unknown_exit', 'error', `/exits/${exit}`, `${linted.name} has no exit “${inWords(exit)}”.${didYouMean(exit, names, inWords)}`, {
        hint: `It has: ${names.map(inWords).join(', ')}. Exits of a setting, like “timeout”, exist only while it is set.`,
      }),
    )
})

/** `unconnected_exit`: a conversation would end in the middle. */
export const unconnectedExit = eachBlock(linted =>
  linted.exits
    .filter(exit => exit.needed && linted.block.exits?.[exit.name] === undefined)
    .map(exit =>
      blockProblem(linted, 'unconnected_exit', 'error', `/exits/${exit.name}`, `${linted.name} leads nowhere ${whenLeft(exit.name, exit.label)}.`, {
        hint: `Connect “${exit.label ?? inWords(exit.name)}” to the block that comes then.`,
      }),
    ),
)

/** `dead_end` and `unconnected_next`: a conversation ends without an outcome. */
export const unconnectedNext = eachBlock(linted => {
  const open = linted.exits.filter(exit => !exit.needed && linted.block.exits?.[exit.name] === undefined)
  const hint = `Connect it, or end the conversation with a block of type ${titleOf('end')} or ${titleOf('abandon')}.`
  if (open.length > 0 && open.length === linted.exits.length)
    return [blockProblem(linted, 'dead_end', 'warning', '', `${linted.name} is a dead end: the conversation stops there without an outcome.`, { hint })]
  if (!open.some(exit => exit.name === 'next')) return []
  return [blockProblem(linted, 'unconnected_next', 'warning', '/exits/next', `${linted.name} does not lead on.`, { hint })]
})

/** When a conversation leaves by an exit, in words. */
function whenLeft(exit: string, label: string | undefined): string {
  return WHEN[exit] ?? `at “${label ?? inWords(exit)}”`
}

const WHEN: Readonly<Record<string, string>> = {
  else: 'when nothing fits',
  timeout: 'when time is up',
  invalid: 'when no answer fits',
  unsure: 'when it is not sure what was meant',
  full: 'when the queue is full',
  unavailable: 'when nobody is there',
  left: 'when the contact gives up',
  ended: 'when the agent has finished',
  ok: 'when everything is right',
  too_long: 'when the message is too long',
  too_short: 'when the message is too short',
  refused_attachment: 'when an attachment is refused',
  other_language: 'when the message is in another language',
  answered: 'when the answer fits',
  message: 'when a message comes',
  success: 'when the API answers',
  refused: 'when the API refuses',
}
