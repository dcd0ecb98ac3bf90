/** A runtime in memory with virtual time: flow tests, the simulator and replay run on it. It stores, sends and wakes; nothing here has meaning (rule 1). */
import { advance } from './advance.ts'
import type { ConnectorPolicy } from './context.ts'
import type { DeliveryKind, Effect, OutboundMessage } from './effect.ts'
import type { Event, TimerName } from './event.ts'
import type { CompiledFlow } from './file/compile.ts'
import { type HttpAnswer, type HttpCall, type HttpResponse, keepAnswer } from './http-call.ts'
import { seedOf } from './random.ts'
import { type Contact, type Conversation, newConversation } from './session.ts'
import type { TraceLine } from './trace.ts'

/** What a virtual runtime starts with. */
export interface VirtualOptions {
  readonly contact: Contact
  readonly connector: ConnectorPolicy
  /** Milliseconds since 1970. */
  readonly now: number
  flowOf(id: string, version?: number): CompiledFlow | undefined
  /** How a queue answers somebody who joins; a number is the position. Default 1. */
  queueAnswer?(queue: string): number | 'full' | 'closed' | 'nobody_on_shift'
}

/** A message that was decided; it counts as sent at once. */
export interface VirtualDelivery {
  /** The engine's number. */
  readonly delivery: number
  readonly conversation: number
  readonly kind: DeliveryKind
  readonly message: OutboundMessage
  readonly block?: string
  readonly wait: number
  readonly at: number
}

/** An event as it was handled. */
export interface VirtualEntry {
  readonly seq: number
  readonly now: number
  readonly event: Event
  readonly trace: readonly TraceLine[]
  /** Effects that a person can see: notes, answers to presses. */
  readonly seen: readonly Effect[]
  /** How many messages were decided up to here, this event's own too. */
  readonly deliveries: number
}

/** A timer that will fire. */
export interface VirtualTimer {
  readonly timer: TimerName
  readonly wait: number
  readonly due_at: number
}

/** A call that waits for its answer; whoever owns the runtime is the API. */
export interface VirtualCall {
  readonly wait: number
  readonly block: string
  readonly call: HttpCall
}

/** Everything a virtual runtime is; handing it back steps back in time. */
export interface VirtualState {
  readonly now: number
  readonly seq: number
  readonly conversation: Conversation
  readonly deliveries: readonly VirtualDelivery[]
  readonly log: readonly VirtualEntry[]
  readonly timers: ReadonlyMap<TimerName, VirtualTimer>
  /** Time left of interrupted waits (ms), by slot. */
  readonly paused: ReadonlyMap<number, number>
  /** A conversation waits for one answer at most. */
  readonly call: VirtualCall | undefined
}

/** One contact in virtual time. */
export interface VirtualRuntime {
  state(): VirtualState
  restore(state: VirtualState): void
  /** Handles an event now, and what queues answer to it. Returns what was handled, in order. */
  receive(event: Event): readonly VirtualEntry[]
  /** Answers the call that waits; nothing happens when there is none. */
  answer(response: HttpResponse | Extract<HttpAnswer, { failure: unknown }>): readonly VirtualEntry[]
  /** Lets time pass; timers fire on the way. */
  pass(ms: number): readonly VirtualEntry[]
  /** The timer that fires next; of several due at once the block's own (`wait`) goes first and announcements last. */
  nextTimer(): VirtualTimer | undefined
}

/** Timers that one `pass` may fire: a flow that wakes itself for ever stops there. */
const MOST_TIMERS = 10_000

/** Makes a virtual runtime for one contact. */
export function createVirtual(options: VirtualOptions): VirtualRuntime {
  let state: VirtualState = {
    now: options.now,
    seq: 0,
    conversation: newConversation(options.contact),
    deliveries: [],
    log: [],
    timers: new Map(),
    paused: new Map(),
    call: undefined,
  }

  const handle = (event: Event): VirtualEntry[] => {
    const handled: VirtualEntry[] = []
    const waiting = [event]
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const seq = state.seq + 1
      const { conversation } = state
      const result = advance(conversation, next, {
        now: state.now,
        seed: seedOf(`${conversation.contact.id}-${conversation.number}`, seq),
        connector: options.connector,
        flowOf: options.flowOf,
      })
      const carriedOut = carryOut(state, result.effects, result.conversation)
      const seen = result.effects.filter(isSeen)
      const entry: VirtualEntry = { seq, now: state.now, event: next, trace: result.trace, seen, deliveries: carriedOut.deliveries.length }
      state = { ...state, seq, conversation: result.conversation, log: [...state.log, entry], ...carriedOut }
      handled.push(entry)
      waiting.push(...result.effects.flatMap(effect => answerOf(effect, options)))
    }
    return handled
  }

  const nextTimer = (): VirtualTimer | undefined => {
    let next: VirtualTimer | undefined
    for (const timer of state.timers.values()) {
      if (!next || timer.due_at < next.due_at || (timer.due_at === next.due_at && timer.timer > next.timer)) next = timer
    }
    return next
  }

  return {
    state: () => state,
    restore: earlier => {
      state = earlier
    },
    receive: handle,
    answer: response => {
      const { call: waiting } = state
      if (!waiting) return []
      const answer = 'failure' in response ? response : keepAnswer(waiting.call, response)
      return handle({ type: 'http_answered', wait: waiting.wait, answer })
    },
    nextTimer,
    pass: ms => {
      const until = state.now + ms
      const handled: VirtualEntry[] = []
      for (let fired = 0; fired < MOST_TIMERS; fired++) {
        const timer = nextTimer()
        if (!timer || timer.due_at > until) break
        const timers = new Map(state.timers)
        timers.delete(timer.timer)
        state = { ...state, now: Math.max(state.now, timer.due_at), timers }
        handled.push(...handle({ type: 'timer_fired', timer: timer.timer, wait: timer.wait }))
      }
      state = { ...state, now: until }
      return handled
    },
  }
}

function isSeen(effect: Effect): boolean {
  return effect.type === 'note' || effect.type === 'answer_press'
}

/** What effects do to deliveries and timers. */
function carryOut(
  state: VirtualState,
  effects: readonly Effect[],
  conversation: Conversation,
): Pick<VirtualState, 'deliveries' | 'timers' | 'paused' | 'call'> {
  const deliveries = [...state.deliveries]
  const timers = new Map(state.timers)
  const paused = new Map(state.paused)
  let { call } = state
  for (const effect of effects) {
    switch (effect.type) {
      case 'send':
        for (const [index, message] of effect.parts.entries()) {
          const { kind, block, wait } = effect
          deliveries.push({
            delivery: effect.delivery + index,
            conversation: conversation.number,
            kind,
            message,
            ...(block === undefined ? {} : { block }),
            wait,
            at: state.now,
          })
        }
        break
      case 'start_timer':
        timers.set(effect.timer, { timer: effect.timer, wait: effect.wait, due_at: state.now + effect.delay_ms })
        break
      case 'cancel_timer':
        timers.delete(effect.timer)
        break
      case 'pause_timer': {
        const timer = timers.get(effect.timer)
        if (timer) paused.set(effect.slot, timer.due_at - state.now)
        timers.delete(effect.timer)
        break
      }
      case 'resume_timer': {
        const left = paused.get(effect.slot)
        if (left !== undefined) timers.set(effect.timer, { timer: effect.timer, wait: effect.wait, due_at: state.now + left })
        paused.delete(effect.slot)
        break
      }
      case 'cancel_all_timers':
        timers.clear()
        paused.clear()
        break
      case 'call_http':
        call = effect
        break
      case 'join_queue':
      case 'leave_queue':
      case 'ask_position':
      case 'answer_press':
      case 'note':
        break
    }
  }
  return { deliveries, timers, paused, call: isAwaited(call, conversation) ? call : undefined }
}

/** A call is over with the wait that asked for it, whatever ended that. */
function isAwaited(call: VirtualCall | undefined, { session }: Conversation): boolean {
  return call !== undefined && session?.mode === 'answer' && session.wait === call.wait
}

/** A queue's answer, as the event that follows. */
function answerOf(effect: Effect, options: VirtualOptions): Event[] {
  if (effect.type !== 'join_queue' && effect.type !== 'ask_position') return []
  const { queue, wait } = effect
  const answer = options.queueAnswer?.(queue) ?? 1
  if (effect.type === 'ask_position') return [{ type: 'queue_position', queue, wait, position: typeof answer === 'number' ? answer : 1 }]
  if (typeof answer === 'number') return [{ type: 'queue_joined', queue, wait, position: answer }]
  return effect.force ? [{ type: 'queue_joined', queue, wait, position: 1 }] : [{ type: 'queue_refused', queue, wait, reason: answer }]
}
