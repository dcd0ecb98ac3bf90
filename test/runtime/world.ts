/** A runtime on a real store with a clock of its own, a channel in memory, and a small engine: what runtime tests stand on. */
import { Type } from 'typebox'
import { ABILITIES } from '../../server/channels/abilities.ts'
import type { Channel, ChannelEvent, OutgoingDelivery, SendResult } from '../../server/channels/channel.ts'
import { createQueues, type Queues } from '../../server/desk/index.ts'
import type { Advanced, Conversation, Effect, TimerName } from '../../server/engine/index.ts'
import { type Advance, type Clock, createRuntime, type Runtime, type RuntimeLimits, type SafetyNet } from '../../server/runtime/index.ts'
import type { Connector, Delivery, Store, StoredContact, StoredEvent } from '../../server/store/index.ts'
import { openTestStore, type TestStore } from '../helpers/stores.ts'
import { connectorRow } from '../store/rows.ts'

/** Time that only moves when a test says so. */
export interface TestClock extends Clock {
  /** Moves on and runs what is due on the way, in order; in between everything ready comes to rest. */
  pass(ms: number): Promise<void>
}

/** Makes a clock that starts at `start`. */
export function createTestClock(start = 1_000_000): TestClock {
  let now = start
  let alarms: { readonly at: number; readonly run: () => void }[] = []
  return {
    now: () => now,
    after: (ms, run) => {
      const alarm = { at: now + Math.max(0, ms), run }
      alarms.push(alarm)
      return () => {
        alarms = alarms.filter(other => other !== alarm)
      }
    },
    pass: async ms => {
      const until = now + ms
      await rest()
      while (true) {
        const next = alarms.filter(alarm => alarm.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        alarms = alarms.filter(alarm => alarm !== next)
        now = Math.max(now, next.at)
        next.run()
        await rest()
      }
      now = until
    },
  }
}

/** Lets everything that is ready run: commits, lanes, sends in memory. */
export async function rest(): Promise<void> {
  for (let i = 0; i < 30; i++) await new Promise<void>(resolve => setImmediate(resolve))
}

/** What the channel in memory was asked to send, and how it answers. */
export interface TestChannel extends Channel {
  readonly sent: OutgoingDelivery[]
  readonly typed: string[]
  readonly pressed: string[]
  answer: (delivery: OutgoingDelivery) => SendResult | Promise<SendResult>
  fetched: (ref: string) => Promise<{ readonly bytes: Buffer }>
}

/** A channel that keeps what it sends. */
export function createTestChannel(): TestChannel {
  const sent: OutgoingDelivery[] = []
  const typed: string[] = []
  const pressed: string[] = []
  const channel: TestChannel = {
    type: 'telegram',
    title: 'Test',
    abilities: ABILITIES.telegram,
    settings: Type.Object({}),
    secrets: Type.Object({}),
    vendor_root: 'https://vendor.example',
    sent,
    typed,
    pressed,
    answer: delivery => ({ type: 'sent', vendor_id: `v-${delivery.id}` }),
    fetched: async () => ({ bytes: Buffer.from('bytes') }),
    accountId: () => undefined,
    receives: 'webhook_or_polling',
    verify: () => ({ ok: true }),
    parse: () => [],
    connect: () => ({
      send: async delivery => {
        sent.push(delivery)
        return channel.answer(delivery)
      },
      typing: async contact => {
        typed.push(contact)
      },
      answerPress: async press => {
        pressed.push(press)
      },
      test: async () => [],
      fetchFile: ref => channel.fetched(ref),
      close: async () => {},
    }),
  }
  return channel
}

/** A message of somebody, as a channel parses it. */
export function says(contact: string, id: string, text: string, changes: Partial<ChannelEvent> = {}): ChannelEvent {
  return { kind: 'event', external_id: id, contact, at: 1_000_000, event: { type: 'message_received', message: { id, text } }, ...changes }
}

/**
 * A small engine. Texts are orders: `say x` sends x, `timer ms` waits without and `held ms` with deliveries before it, `cancel`,
 * `pause`, `resume`, `queue x`, `leave x`, `throw`. Everything else is answered by an echo. Timers send `fired <name>`.
 */
export const advance: Advance = (conversation, event, context) => {
  const next: Conversation = { ...conversation, number: Math.max(1, conversation.number), owner: 'flow', last_message_at: context.now }
  if (conversation.number === 0) next.opened_at = context.now
  const effects: Effect[] = []
  const send = (text: string) => {
    effects.push({ type: 'send', delivery: ++next.sends, kind: 'message', parts: [{ text }], wait: next.waits })
  }
  const order = (text: string) => {
    const [word = '', argument = ''] = text.split(' ')
    const timer: TimerName = 'wait'
    if (word === 'throw') throw new Error('a bug in a block')
    else if (word === 'say') send(argument)
    else if (word === 'timer' || word === 'held') {
      effects.push({ type: 'start_timer', timer, wait: ++next.waits, delay_ms: Number(argument), after_deliveries: word === 'held' })
    } else if (word === 'cancel') effects.push({ type: 'cancel_timer', timer })
    else if (word === 'pause') effects.push({ type: 'pause_timer', timer, slot: 7 })
    else if (word === 'resume') effects.push({ type: 'resume_timer', timer, slot: 7, wait: next.waits })
    else if (word === 'press') effects.push({ type: 'answer_press', press: argument })
    else if (word === 'queue' || word === 'force') {
      next.queue = { slug: argument, since: context.now, wait: ++next.waits, priority: 5 }
      effects.push({ type: 'join_queue', queue: argument, wait: next.waits, priority: 5, since: context.now, front: false, force: word === 'force' })
    } else if (word === 'leave') {
      delete next.queue
      effects.push({ type: 'leave_queue', queue: argument, cause: 'left' })
    } else if (word === 'position') effects.push({ type: 'ask_position', queue: argument, wait: next.waits })
    else if (word === 'note') effects.push({ type: 'note', text: argument })
    else if (word === 'type')
      effects.push({ type: 'send', delivery: ++next.sends, kind: 'message', parts: [{ text: 'typed' }], wait: 0, typing_ms: Number(argument) })
    else if (word === 'two') {
      effects.push({ type: 'send', delivery: next.sends + 1, kind: 'message', parts: [{ text: `${argument}1` }, { text: `${argument}2` }], wait: 0 })
      next.sends += 2
    } else if (word === 'replace')
      effects.push({ type: 'send', delivery: ++next.sends, kind: 'message', parts: [{ text: 'new', replaces: Number(argument) }], wait: 0 })
    else if (word === 'announce') effects.push({ type: 'send', delivery: ++next.sends, kind: 'announcement', parts: [{ text: 'soon' }], wait: 0 })
    else send(`echo ${text}`)
  }
  if (event.type === 'message_received') for (const line of event.message.text.split('; ')) order(line)
  else if (event.type === 'timer_fired') send(`fired ${event.timer}`)
  else if (event.type === 'queue_refused') {
    delete next.queue
    send(`refused ${event.reason}`)
  } else if (event.type === 'queue_joined' || event.type === 'queue_position') send(`${event.type} ${event.position}`)
  else if (event.type === 'contact_blocked') next.contact = { ...next.contact, blocked: true }
  else if (event.type === 'agent_said')
    return { conversation, effects: [], trace: [{ kind: 'ignored', why: 'No agent has it.', code: 'conversation.refused' }] }
  return { conversation: next, effects, trace: [{ kind: 'left', exit: event.type }] }
}

/** The safety net of the small engine. */
export const safetyNet: SafetyNet = (conversation, _event, _context, reason): Advanced => ({
  conversation: { ...conversation, number: Math.max(1, conversation.number), owner: 'queue', sends: conversation.sends + 1 },
  effects: [{ type: 'send', delivery: conversation.sends + 1, kind: 'fallback', parts: [{ text: 'An agent will help you.' }], wait: 0 }],
  trace: [{ kind: 'failed', why: reason }],
})

/** Everything a runtime test uses. */
export interface World {
  readonly runtime: Runtime
  readonly store: Store
  readonly clock: TestClock
  readonly channel: TestChannel
  readonly queues: Queues
  readonly place: TestStore
  /** Accepts messages of one contact in one call. */
  hear(contact: string, ...texts: readonly string[]): Promise<void>
  contactOf(address: string): Promise<StoredContact>
  log(address: string): Promise<readonly StoredEvent[]>
  deliveries(address: string): Promise<readonly Delivery[]>
  texts(): readonly (string | undefined)[]
  /** Ends this runtime without draining, as a crash does, and starts another on the same data. */
  crash(changes?: Partial<WorldOptions>): Promise<World>
  end(): Promise<void>
}

export interface WorldOptions {
  readonly connectors: readonly Partial<Connector>[]
  readonly advance: Advance
  readonly limits: Partial<RuntimeLimits>
  readonly wrap: (store: Store) => Store
  /** What the clock of the next process says first. */
  readonly startsAt: number
}

/** Opens a world. */
export async function openWorld(changes: Partial<WorldOptions> = {}): Promise<World> {
  const place = await openTestStore()
  for (const connector of changes.connectors ?? [{}]) await place.store.commit(place.store.connectors.insert(connectorRow({ account_id: null, ...connector })))
  return startWorld(place, createTestClock(), createTestChannel(), changes)
}

async function startWorld(place: TestStore, clock: TestClock, channel: TestChannel, changes: Partial<WorldOptions>): Promise<World> {
  const store = changes.wrap?.(place.store) ?? place.store
  const silent = { info: () => {}, warn: () => {}, error: () => {} }
  const queues = createQueues({ store, log: silent, now: clock.now })
  await queues.load()
  const runtime = createRuntime({
    store,
    channels: [channel],
    advance: changes.advance ?? advance,
    safetyNet,
    queueEffects: queues.effects,
    log: silent,
    dir: place.dir,
    signingKey: 'signing',
    publicUrl: () => 'https://parley.example',
    release: 'test',
    clock,
    random: () => 0.5,
    limits: { timer_grace_ms: 1000, commit_patience_ms: 0, ...changes.limits },
  })
  await runtime.start()
  queues.start(runtime.acceptInternal)
  let heard = 0
  const contactOf = async (address: string) => {
    const [contact] = await place.store.contacts.byAddress('c1', [address])
    if (!contact) throw new Error(`Nobody wrote from ${address}.`)
    return contact
  }
  return {
    runtime,
    store: place.store,
    clock,
    channel,
    queues,
    place,
    contactOf,
    hear: (contact, ...texts) =>
      runtime.accept(
        'c1',
        texts.map(text => says(contact, `${contact}-${clock.now()}-${++heard}`, text, { at: clock.now() })),
      ),
    log: async address => {
      const { id, conversation } = await contactOf(address)
      return place.store.events.ofConversation(id, conversation.number)
    },
    deliveries: async address => [...(await place.store.deliveries.latest((await contactOf(address)).id, 100))].reverse(),
    texts: () => channel.sent.map(delivery => delivery.message.text),
    crash: async next => {
      // Nothing is told to the old runtime: its alarms are dropped with its clock.
      const later = createTestClock(next?.startsAt ?? clock.now() + 1)
      await place.reopen()
      return startWorld(place, later, channel, { ...changes, ...next })
    },
    end: async () => {
      await runtime.stop()
      await place.end()
    },
  }
}
