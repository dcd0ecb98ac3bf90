/** Handles one event in a draft: runs the engine, carries out what it asks for, and records everything a repetition needs. */
import {
  type Advanced,
  type CompiledFlow,
  type ConnectorPolicy,
  type Context,
  type Conversation,
  type Event,
  type Session,
  seedOf,
  type TraceLine,
} from '../engine/index.ts'
import { type Connector, conversationId, type Handling, type Store, type StoredEvent } from '../store/index.ts'
import type { Draft } from './draft.ts'
import { carryOut, type EffectHandlers } from './effects/effect-handler.ts'

/** The engine's `advance`. */
export type Advance = (conversation: Conversation, event: Event, context: Context) => Advanced

/** The engine's `safetyNet`; never throws. */
export type SafetyNet = (conversation: Conversation, event: Event, context: Context, reason: string) => Advanced

/** What a step needs from outside. */
export interface StepTools {
  readonly store: Store
  readonly advance: Advance
  readonly safetyNet: SafetyNet
  readonly effects: EffectHandlers
  /** Release of the engine, for the record (rule 38). */
  readonly release: string
  now(): number
  flowOf(id: string, version?: number): CompiledFlow | undefined
  /** Told after the commit: nobody waits for the answer of this call any more. */
  callOver(contact: string, wait: number): void
  /** Told once, with the error of a step that threw. */
  onError(error: unknown, contact: string, seq: number): void
}

/** A connector as a step sees it. */
export interface StepConnector {
  readonly connector: Connector
  readonly policy: ConnectorPolicy
}

/** Handles `event` and adds everything to the draft. `inLog`: its row is there already. `unrun`: the safety net acts in its place (rule 27). */
export function handleEvent(
  tools: StepTools,
  draft: Draft,
  { connector, policy }: StepConnector,
  event: StoredEvent,
  inLog: boolean,
  unrun: string | null,
): Handling {
  const { contact } = draft
  const { store } = tools
  const now = Math.max(tools.now(), contact.last_now)
  const before = event.profile ? withProfile(contact.conversation, event.profile) : contact.conversation
  const context: Context = { now, seed: seedOf(conversationId(contact.id, before.number), event.seq), connector: policy, flowOf: tools.flowOf }
  const { result, error } = run(tools, before, event, context, unrun)
  const { conversation, effects } = result
  contact.conversation = conversation
  contact.last_now = now
  contact.steps += 1
  contact.crashes = 0
  draft.touched = true
  endCall(tools, draft, before, conversation)
  const notes: string[] = []
  carryOut(tools.effects, effects, { draft, store, connector, conversation, now, step: contact.steps, notes })
  const known = conversation.session ?? (conversation.number === before.number ? before.session : null)
  const ran = known ?? ranInOneStep(tools, policy, result.trace)
  writeConversations(store, draft, before, conversation, ran, now)
  const trace = notes.length === 0 ? result.trace : [...result.trace, ...notes.map((why): TraceLine => ({ kind: 'message', code: 'note', why }))]
  const handling: Handling = {
    step: contact.steps,
    conversation: conversation.number,
    now,
    hash: ran ? (tools.flowOf(ran.flow, ran.version)?.hash ?? null) : null,
    release: tools.release,
    trace,
    error,
  }
  draft.writes.push(...(inLog ? store.events.handle([{ contact: contact.id, seq: event.seq, handling }]) : store.events.insert([{ ...event, handling }])))
  return handling
}

/** A call is over with the wait that asked for it, whatever ended that. Before the effects: a new call may follow. */
function endCall({ store, callOver }: StepTools, draft: Draft, before: Conversation, { session }: Conversation): void {
  const asked = before.session
  if (asked?.mode !== 'answer' || (session?.mode === 'answer' && session.wait === asked.wait)) return
  const { id } = draft.contact
  draft.writes.push(...store.httpCalls.remove(id, asked.wait))
  draft.after.push(() => callOver(id, asked.wait))
}

/** What of a session its conversation's row shows. */
type RanSession = Pick<Session, 'flow' | 'version' | 'at'>

/** A session that began and ended in one step is in neither state: it was of the connector's flow, in its live version. */
function ranInOneStep(tools: StepTools, policy: ConnectorPolicy, trace: readonly TraceLine[]): RanSession | null {
  const at = trace.findLast(line => line.block !== undefined)?.block
  const flow = at === undefined ? undefined : tools.flowOf(policy.flow)
  return at === undefined || flow === undefined ? null : { flow: flow.id, version: flow.version, at }
}

function run(
  tools: StepTools,
  conversation: Conversation,
  event: StoredEvent,
  context: Context,
  unrun: string | null,
): { result: Advanced; error: string | null } {
  if (unrun !== null) return { result: tools.safetyNet(conversation, event.event, context, unrun), error: unrun }
  try {
    return { result: tools.advance(conversation, event.event, context), error: null }
  } catch (error) {
    tools.onError(error, event.contact, event.seq)
    const reason = error instanceof Error ? error.message : 'The flow failed.'
    return { result: tools.safetyNet(conversation, event.event, context, reason), error: error instanceof Error ? (error.stack ?? reason) : reason }
  }
}

/** What a call says about the person fills what is unknown: a name that a flow has set is better than the messenger's. */
function withProfile(conversation: Conversation, profile: NonNullable<StoredEvent['profile']>): Conversation {
  return { ...conversation, contact: { ...conversation.contact, ...profile } }
}

/** The conversation's row changes with its owner, flow, queue or agent; what changes with every message is read from the state. */
function writeConversations(store: Store, draft: Draft, before: Conversation, after: Conversation, ran: RanSession | null, now: number): void {
  const { id, connector } = draft.contact
  const rowOf = (conversation: Conversation, session: RanSession | null) => ({
    id: conversationId(id, conversation.number),
    contact: id,
    connector,
    number: conversation.number,
    owner: conversation.owner,
    flow: session?.flow ?? null,
    version: session?.version ?? null,
    block: session?.at ?? null,
    queue: conversation.queue?.slug ?? null,
    agent: conversation.agent ?? null,
    outcome: conversation.outcome ?? null,
    opened_at: conversation.opened_at,
    last_message_at: conversation.last_message_at,
    closed_at: conversation.closed_at ?? null,
  })
  const changed = after.number !== before.number
  // Closed and opened anew in one step: the engine answers only with the new one.
  if (changed && before.number > 0 && before.owner !== 'nobody') {
    const ended: Conversation = { ...before, owner: 'nobody', outcome: before.outcome ?? 'superseded', closed_at: now }
    draft.writes.push(...store.conversations.save([rowOf(ended, before.session)]))
  }
  if (after.number > 0 && (changed || isListedAnew(before, after))) draft.writes.push(...store.conversations.save([rowOf(after, ran)]))
}

function isListedAnew(before: Conversation, after: Conversation): boolean {
  return (
    before.owner !== after.owner ||
    before.session?.flow !== after.session?.flow ||
    before.session?.version !== after.session?.version ||
    before.queue?.slug !== after.queue?.slug ||
    before.agent?.id !== after.agent?.id ||
    before.outcome !== after.outcome ||
    before.closed_at !== after.closed_at ||
    before.opened_at !== after.opened_at
  )
}
