/** How conversations, people and times are said. */
import type { ConversationSummary } from '../../server/api/contract.ts'
import { conversations as words } from '../words/conversations.ts'

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

/** What to call the contact. */
export function nameOfContact({ name, address }: ConversationSummary['contact']): string {
  return name ?? words.unnamed(address)
}

/** Two letters for the round picture: of a name its first ones, of an address its last. */
export function initialsOf({ name, address }: ConversationSummary['contact']): string {
  if (name === null) return address.slice(-2).toUpperCase()
  const parts = name.trim().split(/\s+/)
  const letters = parts.length > 1 ? [parts[0]?.[0], parts.at(-1)?.[0]] : [...(parts[0] ?? '')].slice(0, 2)
  return letters.join('').toUpperCase()
}

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

/** "14:02". */
export function sayTime(at: number): string {
  return TIME.format(at)
}

/** "Friday 20 November". */
export function sayDay(at: number): string {
  return DAY.format(at)
}
