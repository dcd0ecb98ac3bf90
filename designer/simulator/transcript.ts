/** The chat of a run: bubbles, and between them why the flow went its way and how time passes. */
import {
  type Attachment,
  type CompiledFlow,
  type Location,
  type OutboundMessage,
  sayDuration,
  type TraceLine,
  type VirtualDelivery,
  type VirtualEntry,
  type VirtualState,
} from '../../server/engine/index.ts'
import { simulator as words } from '../words/simulator.ts'
import type { Turn } from './simulation.ts'

/** What a contact sent beside a text. */
export interface SentThings {
  readonly attachments?: readonly Attachment[]
  readonly location?: Location
  readonly shared_contact?: { readonly name: string; readonly phone: string }
}

/** One line of the chat. `key` stays the same while the run goes on. */
export type Line = { readonly key: string } & (
  | { readonly type: 'contact'; readonly text: string; readonly things: SentThings; readonly isPress: boolean }
  | { readonly type: 'flow'; readonly message: OutboundMessage; readonly isFallback: boolean; readonly block: string | undefined }
  | { readonly type: 'agent'; readonly message: OutboundMessage }
  | { readonly type: 'note'; readonly text: string }
  /** Why a block was left, waits or failed. */
  | { readonly type: 'why'; readonly block: string; readonly why: string; readonly isFailure: boolean }
  /** Something about the conversation: it opens, somebody takes it, a message is left out. */
  | { readonly type: 'about'; readonly text: string; readonly isFailure: boolean }
  | { readonly type: 'time'; readonly text: string; readonly isGap: boolean }
)

/** Gaps shorter than this are quick typing, not time that passes. */
const SHORTEST_GAP_MS = 1000

/** The chat of a run. Times are said in the flow's time zone. */
export function writeTranscript(state: VirtualState, flow: CompiledFlow, turns: readonly Turn[]): readonly Line[] {
  const lines: Line[] = []
  const changes = new Set(turns.filter(turn => turn.flowChanged).map(turn => turn.before.state.seq))
  let before: number | undefined
  let said = 0
  for (const entry of state.log) {
    const key = `e${entry.seq}`
    if (changes.has(entry.seq - 1)) lines.push({ key: `${key}c`, type: 'about', text: words.flowChanged, isFailure: false })
    if (before === undefined) lines.push({ key: `${key}t`, type: 'time', text: words.starts(sayMoment(entry.now, flow.time_zone)), isGap: false })
    else if (entry.now - before >= SHORTEST_GAP_MS)
      lines.push({ key: `${key}g`, type: 'time', text: words.passes(sayDuration(entry.now - before)), isGap: true })
    before = entry.now
    lines.push(...ownLines(entry, key), ...answerLines(entry, state.deliveries.slice(said, entry.deliveries), key))
    said = entry.deliveries
  }
  if (before !== undefined && state.now - before >= SHORTEST_GAP_MS)
    lines.push({ key: `e${state.seq}g-end`, type: 'time', text: words.passes(sayDuration(state.now - before)), isGap: true })
  return lines
}

/** What the event itself shows. */
function ownLines({ event }: VirtualEntry, key: string): readonly Line[] {
  switch (event.type) {
    case 'message_received': {
      const { text, attachments, location, shared_contact } = event.message
      const things = { ...(attachments ? { attachments } : {}), ...(location ? { location } : {}), ...(shared_contact ? { shared_contact } : {}) }
      return [{ key, type: 'contact', text, things, isPress: false }]
    }
    case 'button_pressed':
      return [{ key, type: 'contact', text: event.title ?? event.payload, things: {}, isPress: true }]
    case 'message_edited':
      return [{ key, type: 'about', text: words.edited(event.text), isFailure: false }]
    case 'conversation_started':
      return [{ key, type: 'about', text: words.opened(event.payload), isFailure: false }]
    case 'agent_noted':
      return [{ key, type: 'note', text: event.text }]
    case 'contact_left':
      return [{ key, type: 'about', text: words.left, isFailure: false }]
    case 'delivery_failed':
      return [{ key, type: 'about', text: words.notDelivered(event.reason), isFailure: true }]
    default:
      return []
  }
}

/** What the flow made of the event: each message before the reason its block was left for. */
function answerLines(entry: VirtualEntry, deliveries: readonly VirtualDelivery[], key: string): readonly Line[] {
  const lines: Line[] = []
  const waiting = [...deliveries]
  const say = (delivery: VirtualDelivery) => {
    const { message, kind, block } = delivery
    const own = { key: `d${delivery.delivery}`, message }
    lines.push(kind === 'agent' ? { ...own, type: 'agent' } : { ...own, type: 'flow', isFallback: kind === 'fallback', block })
  }
  for (const [index, line] of entry.trace.entries()) {
    for (let next = waiting[0]; next && next.block !== undefined && next.block === line.block; next = waiting[0]) {
      waiting.shift()
      say(next)
    }
    // The time line above has said that the first conversation opens.
    if (entry.seq === 1 && index === 0 && line.kind === 'owner') continue
    const told = tellLine(line, `${key}w${index}`)
    if (told) lines.push(told)
  }
  for (const delivery of waiting) say(delivery)
  for (const [index, effect] of entry.seen.entries()) {
    const text = effect.type === 'note' || effect.type === 'answer_press' ? effect.text : undefined
    if (text !== undefined && entry.event.type !== 'agent_noted') lines.push({ key: `${key}n${index}`, type: 'note', text })
  }
  return lines
}

/** A line of the trace as the chat tells it; undefined when it says nothing that the bubbles do not say. */
function tellLine({ kind, block, why, code }: TraceLine, key: string): Line | undefined {
  if (why === undefined || why === '') return undefined
  // A session that ends has a code too, and is no failure.
  const isFailure = kind === 'failed' || (code !== undefined && (kind === 'ignored' || kind === 'message'))
  if (block === undefined) return { key, type: 'about', text: why, isFailure }
  return { key, type: 'why', block, why, isFailure }
}

/** A moment as it is said: "Friday 10:14". */
export function sayMoment(now: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('weekday')} ${part('hour')}:${part('minute')}`
}

/** The clock of the flow: "10:19". */
export function sayClock(now: number, timeZone: string): string {
  return sayMoment(now, timeZone).split(' ').at(-1) ?? ''
}
