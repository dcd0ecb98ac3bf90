/** How conversations, people and times are said. */
import type { ConversationSummary } from '../../server/api/contract.ts'
import { conversations as words } from '../words/conversations.ts'

/** What flows and queues are called, by their ids; an id stands for what is not known. */
export interface Names {
  readonly flows: ReadonlyMap<string, string>
  readonly queues: ReadonlyMap<string, string>
}

/** An outcome that says no more than that it closed. */
const PLAIN_OUTCOME = 'closed'

/** Who has the conversation, in a few words. */
export function sayOwner(conversation: Pick<ConversationSummary, 'owner' | 'flow' | 'queue' | 'agent' | 'outcome'>, names: Names): string {
  const { owner, flow, queue, agent, outcome } = conversation
  if (owner === 'agent') return words.withAgent(agent?.name ?? '')
  if (owner === 'queue') return words.inQueue(names.queues.get(queue ?? '') ?? queue ?? '')
  if (owner === 'flow') return words.inFlow(names.flows.get(flow ?? '') ?? flow ?? '')
  return outcome === null || outcome === PLAIN_OUTCOME ? words.closedPlain : words.closed(outcome)
}

/** What a trace line says, with the titles of queues and the words of outcomes in place of their names in the file. */
export function sayReason(why: string, { queues }: Names): string {
  return why
    .replace(
      /^(Waits in |.* hands the conversation to |Transferred to |.*: back to )([a-z0-9_-]+)/,
      (_, before: string, slug: string) => before + (queues.get(slug) ?? slug),
    )
    .replace(/^The conversation closes: ([a-z0-9_]+)\.$/, (_, outcome: string) => words.closes(outcome))
}
