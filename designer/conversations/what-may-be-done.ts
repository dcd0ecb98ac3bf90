/** What somebody can do with a conversation, by who has it now (rule 23). */
import type { ConversationSummary } from '../../server/api/contract.ts'

/** A step that people take. `say` is writing, `join` taking it from the queue or from the flow. */
export type Deed = 'join' | 'say' | 'end' | 'hand_over' | 'move' | 'restart' | 'close'

const DEEDS: Readonly<Record<ConversationSummary['owner'], readonly Deed[]>> = {
  flow: ['join', 'hand_over', 'move', 'restart', 'close'],
  queue: ['join', 'hand_over', 'move', 'restart', 'close'],
  agent: ['say', 'end', 'hand_over', 'move', 'restart', 'close'],
  nobody: [],
}

/** The steps that are possible now; nothing for who may only read. */
export function deedsOf(conversation: Pick<ConversationSummary, 'owner'>, mayWrite: boolean): readonly Deed[] {
  return mayWrite ? DEEDS[conversation.owner] : []
}
