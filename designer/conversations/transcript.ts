/** The chat as it is read: messages both ways with what happened between them, and the days they fell on. */
import type { ConversationDetail, MessageAnswer } from '../../server/api/contract.ts'
import { type PathStep, readPath } from './path.ts'

/** A line of the chat. */
export type ChatLine =
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'message'; readonly key: string; readonly at: number; readonly message: MessageAnswer }
  | { readonly type: 'happened'; readonly key: string; readonly at: number; readonly text: string }

/** What the contact did stands before what it caused, and that before what we answered. */
const RANK: Readonly<Record<MessageAnswer['direction'], number>> = { in: 0, note: 2, out: 2 }

/** Lines in the order of the conversation. `dayOf` names the day a time falls on, as the reader's calendar has it. */
export function chatLines({ messages, trace }: Pick<ConversationDetail, 'messages' | 'trace'>, dayOf: (at: number) => string): readonly ChatLine[] {
  const happened = readPath(trace).filter(step => step.kind === 'owner' || step.kind === 'failed')
  // A conversation opens by its first message: that it does stands before the message.
  const cameAt = new Map(messages.filter(({ direction }) => direction === 'in').map(({ id, at }) => [id.slice(id.indexOf(':') + 1), at]))
  const firstBlocks = new Map(trace.map(({ seq, lines }) => [String(seq), lines.findIndex(line => line.block !== undefined)]))
  const ranked: { readonly line: ChatLine; readonly rank: number }[] = [
    ...messages.map(message => ({ line: { type: 'message', key: message.id, at: message.at, message } as const, rank: RANK[message.direction] })),
    ...happened.filter(({ why }) => why !== '').map(step => rankStep(step, cameAt, firstBlocks)),
  ]
  ranked.sort((one, other) => one.line.at - other.line.at || one.rank - other.rank)
  const lines: ChatLine[] = []
  let day = ''
  for (const { line } of ranked) {
    const name = dayOf(line.at)
    if (name !== day) lines.push({ type: 'day', key: `day ${line.key}`, at: line.at })
    day = name
    lines.push(line)
  }
  return lines
}

/** What follows a block is caused by it, and stands after what the block said. */
function rankStep(
  { key, at, why }: PathStep,
  cameAt: ReadonlyMap<string, number>,
  firstBlocks: ReadonlyMap<string, number>,
): { readonly line: ChatLine; readonly rank: number } {
  const [seq = '', place] = key.split('.')
  const came = place === '0' ? cameAt.get(seq) : undefined
  const firstBlock = firstBlocks.get(seq) ?? -1
  const isAfter = firstBlock >= 0 && Number(place) > firstBlock
  return { line: { type: 'happened', key: `path ${key}`, at: came ?? at, text: why }, rank: came !== undefined ? -1 : isAfter ? 3 : 1 }
}
