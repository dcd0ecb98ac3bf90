/** `silent_queue`: somebody who has just written waits for an agent and hears nothing. */
import { isBlank } from '../blocks/problems.ts'
import type { Text } from '../file/flow.ts'
import { blockProblem, type FlowRule, type LintedBlock } from './view.ts'

/** A text on joining, announcements, or a message right before the queue tell the contact that somebody will come. */
export const silentQueue: FlowRule = ({ blocks }) => {
  const queues = blocks.filter(({ block }) => block.type === 'queue' && block.announce === undefined && isBlank(textOf(block.text)))
  if (queues.length === 0) return []
  const before = new Map<LintedBlock, LintedBlock[]>()
  for (const linted of blocks) for (const { to } of linted.connections) before.set(to, [...(before.get(to) ?? []), linted])
  return queues
    .filter(queue => isSilentBefore(queue, before))
    .map(queue =>
      blockProblem(queue, 'silent_queue', 'warning', '/text', `The contact hears nothing while waiting in ${queue.name}.`, {
        hint: 'Say on joining that somebody will come.',
      }),
    )
}

/** Goes back over blocks that neither speak nor wait, until one has spoken or the contact was the last to write. */
function isSilentBefore(queue: LintedBlock, before: ReadonlyMap<LintedBlock, readonly LintedBlock[]>): boolean {
  const seen = new Set<LintedBlock>([queue])
  const open = [queue]
  for (let block = open.pop(); block; block = open.pop()) {
    for (const earlier of before.get(block) ?? []) {
      if (seen.has(earlier) || speaks(earlier)) continue
      const { type } = earlier
      if (!type || type.entry || type.branch || type.resume) return true
      seen.add(earlier)
      open.push(earlier)
    }
  }
  return false
}

function speaks({ type, block }: LintedBlock): boolean {
  return type !== undefined && type.resume === undefined && !type.branch && !isBlank(textOf(block.text))
}

/** A draft is well-formed: `text` is a text of one language or several. */
function textOf(text: unknown): Text | undefined {
  return text as Text | undefined
}
