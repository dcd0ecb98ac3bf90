import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ABILITIES } from '../../server/channels/abilities.ts'
import { createQueues } from '../../server/desk/index.ts'
import {
  advance,
  type Contact,
  createVirtual,
  type Event,
  type Flow,
  mustCompile,
  newConversation,
  printFlow,
  safetyNet,
  type VirtualRuntime,
} from '../../server/engine/index.ts'
import { createRuntime, type HttpSender } from '../../server/runtime/index.ts'
import { type Happening, randomHappenings } from '../helpers/random-events.ts'
import { runnableFlow } from '../helpers/random-flow.ts'
import { openTestStore } from '../helpers/stores.ts'
import { connectorRow, contactRow, flowRow, versionRow } from '../store/rows.ts'
import { createTestChannel, createTestClock, rest } from './world.ts'

const START = 1_790_000_000_000
const CONTACT: Contact = { id: 'c', channel: 'telegram', first_name: 'Ana' }
/** What a channel brings; everything else comes from timers, queues, agents and operators. */
const FROM_CHANNELS: readonly Event['type'][] = [
  'conversation_started',
  'message_received',
  'message_edited',
  'message_deleted',
  'button_pressed',
  'contact_blocked',
  'contact_unblocked',
  'contact_left',
]

test('rule 1: the same events through the virtual and the durable runtime give equal conversations, deliveries and reasons', { timeout: 300_000 }, async () => {
  const cases = fc.tuple(runnableFlow().map(withoutTyping).map(withoutSecrets), randomHappenings, fc.constantFrom(0, 24, -1))
  await fc.assert(
    fc.asyncProperty(cases, async ([flow, happenings, session_hours]) => {
      const both = await openBoth(flow, session_hours)
      try {
        for (const happening of happenings) await both.play(happening)
        expect(await both.durable()).toEqual(both.virtual())
      } finally {
        await both.end()
      }
    }),
    { numRuns: 30 },
  )
})

/** Answers come as events of the test, for both alike. */
const NOBODY_ANSWERS: HttpSender = {
  send: (_request, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  isAllowed: () => false,
  close: async () => {},
}

/** Typing belongs to the delivery and delays it (rule 15); in virtual time everything is sent at once. */
function withoutTyping(flow: Flow): Flow {
  const blocks = Object.entries(flow.blocks).map(([id, { typing: _typing, ...block }]) => [id, block] as const)
  return { ...flow, blocks: Object.fromEntries(blocks) }
}

/** A call whose secret nobody has made is never sent: the durable runtime answers it by itself, and the virtual one waits for the test. */
function withoutSecrets(flow: Flow): Flow {
  return JSON.parse(JSON.stringify(flow).replaceAll(/\{\{\s*secrets\.\w+\s*\}\}/g, 'a key')) as Flow
}

/** The same contact with the same flow in both runtimes. */
async function openBoth(flow: Flow, session_hours: number) {
  const place = await openTestStore()
  const { store } = place
  const rate = { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 }
  const connector = connectorRow({ flow: flow.id, session_hours, rate, max_wait_ms: 600_000 })
  const contact = contactRow('c', { conversation: newConversation(CONTACT), created_at: START })
  const file = printFlow(flow)
  const [defaultQueue] = await store.queues.list()
  await store.commit([
    ...store.connectors.insert(connector),
    ...store.contacts.insert([contact]),
    ...store.flows.insert(flowRow({ id: flow.id, name: flow.name, draft: file })),
    ...store.flows.insertVersion(versionRow({ flow: flow.id, file, hash: 'h' })),
    ...store.flows.setLive(flow.id, 1, START),
    ...queuesOf(flow).flatMap(slug => (defaultQueue ? store.queues.save({ ...defaultQueue, slug, title: slug }) : [])),
  ])

  const clock = createTestClock(START)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const queues = createQueues({ store, log, now: clock.now })
  await queues.load()
  const runtime = createRuntime({
    store,
    channels: [createTestChannel()],
    advance,
    safetyNet,
    queueEffects: queues.effects,
    log,
    dir: place.dir,
    signingKey: 'signing',
    publicUrl: () => 'https://parley.example',
    release: 'test',
    clock,
    random: () => 0.5,
    httpSender: NOBODY_ANSWERS,
  })
  await runtime.start()
  queues.start(runtime.acceptInternal)

  const compiled = mustCompile(flow, { version: 1, hash: 'h' })
  const { id, queue, max_wait_ms, timeout_action, fallback } = connector
  const virtual = createVirtual({
    contact: CONTACT,
    connector: { id, flow: flow.id, session_hours, queue, max_wait_ms, timeout_action, fallback, abilities: ABILITIES.telegram },
    now: START,
    flowOf: wanted => (wanted === flow.id ? compiled : undefined),
  })
  let arrived = 0

  return {
    play: async (happening: Happening) => {
      if (happening.type === 'pass') {
        await clock.pass(happening.ms)
        virtual.pass(happening.ms)
        return
      }
      const event = eventOf(happening, virtual)
      const external_id = `e${++arrived}`
      if (FROM_CHANNELS.includes(event.type)) await runtime.accept(id, [{ kind: 'event', external_id, contact: contact.address, at: clock.now(), event }])
      else await runtime.acceptInternal('c', event)
      await rest()
      virtual.receive(event)
    },
    virtual: () => {
      const { conversation, deliveries, log: entries } = virtual.state()
      return plain({
        conversation,
        deliveries: deliveries.map(({ at: _at, ...delivery }) => delivery),
        reasons: entries.map(({ event, now, trace }) => ({ type: event.type, now, trace })),
      })
    },
    durable: async () => {
      const [stored] = await store.contacts.byId(['c'])
      const numbers = Array.from({ length: stored?.conversation.number ?? 0 }, (_, index) => index + 1)
      // What happens to somebody who never wrote belongs to conversation 0.
      const events = (await Promise.all([0, ...numbers].map(number => store.events.ofConversation('c', number)))).flat()
      const deliveries = [...(await store.deliveries.latest('c', 10_000))].reverse()
      return plain({
        conversation: stored?.conversation,
        deliveries: deliveries.map(({ delivery, conversation, kind, message, block, wait }) => ({
          delivery,
          conversation,
          kind,
          message,
          block: block ?? undefined,
          wait,
        })),
        reasons: events
          .sort((a, b) => (a.handling?.step ?? 0) - (b.handling?.step ?? 0))
          .map(({ event, handling }) => ({ type: event.type, now: handling?.now, trace: handling?.trace.filter(line => line.code !== 'note') })),
      })
    },
    end: async () => {
      const stopped = runtime.stop()
      // Calls that nobody answers are waited for a while.
      await clock.pass(10_000)
      await stopped
      await place.end()
    },
  }
}

function queuesOf(flow: Flow): readonly string[] {
  const named = Object.values(flow.blocks).flatMap(block => (typeof block.queue === 'string' && block.queue !== '' ? [block.queue] : []))
  return [...new Set([...named, 'support'])].filter(slug => slug !== 'default')
}

function eventOf(happening: Exclude<Happening, { type: 'pass' }>, runtime: VirtualRuntime): Event {
  if (happening.type === 'event') return happening.event
  if (happening.type === 'answer_call') return { type: 'http_answered', wait: runtime.state().call?.wait ?? 0, answer: happening.answer }
  const shown = runtime
    .state()
    .deliveries.flatMap(delivery => delivery.message.buttons ?? [])
    .filter(button => button.payload !== undefined)
  const button = shown[shown.length - 1 - (happening.nth % Math.max(1, shown.length))]
  return { type: 'button_pressed', payload: button?.payload ?? '0:nothing', title: button?.label ?? 'Nothing', press: 'p' }
}

/** As the store has it: what is undefined is not there. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
