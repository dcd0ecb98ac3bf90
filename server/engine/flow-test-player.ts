/** Plays one conversation of flow-test steps in virtual time. */
import type { Abilities } from './abilities.ts'
import type { ConnectorPolicy } from './context.ts'
import type { Event, InboundMessage, Json } from './event.ts'
import type { CompiledFlow } from './file/compile.ts'
import type { FlowTest, FlowTestStep } from './file/flow-test.ts'
import { buildMessage, checkExpectation, checkSaying, type Seen } from './flow-test-checks.ts'
import { hostOfUrl, showHttpText } from './http-call.ts'
import { nextTime, parseDuration } from './language/index.ts'
import type { Contact } from './session.ts'
import { createVirtual, type VirtualRuntime, type VirtualState, type VirtualTimer } from './virtual.ts'

/** What flow tests run in: the flow under test, others it needs, and the channels' tables. */
export interface FlowTestWorld {
  readonly flow: CompiledFlow
  flowOf(id: string, version?: number): CompiledFlow | undefined
  abilitiesOf(channel: string): Abilities | undefined
}

const MONDAY_TEN = Date.UTC(2026, 0, 5, 10)
/** Between two messages of a burst and between a customer's quick steps. */
const MOMENT_MS = 200

/** What the steps of a conversation are played in: its channel, its contact and the time it begins. */
export type FlowTestSetting = Omit<FlowTest, 'name' | 'steps'>

/** Everything a player is between two steps; handing it back steps back in time. */
export interface FlowTestMoment {
  readonly state: VirtualState
  readonly messages: number
  readonly said: number
  readonly looked: number
  readonly queueAnswer: number | 'full' | 'closed' | 'nobody_on_shift'
}

/** One conversation being played step by step, by a flow test or in the simulator. */
export class FlowTestPlayer {
  readonly #runtime: VirtualRuntime
  readonly #world: FlowTestWorld
  #messages = 0
  /** Deliveries and log lines that a `bot` or `expect` step has looked at. */
  #said = 0
  #looked = 0
  #queueAnswer: FlowTestMoment['queueAnswer'] = 1

  /** `world.flow` may be another one from step to step, as the draft is while it is drawn. */
  constructor(test: FlowTestSetting, world: FlowTestWorld, abilities: Abilities) {
    this.#world = world
    const now = test.now === undefined ? MONDAY_TEN : Date.parse(test.now)
    this.#runtime = createVirtual({
      contact: contactOf(test, abilities.channel, now),
      connector: testPolicy(world.flow.id, abilities),
      now,
      flowOf: (id, version) => (id === world.flow.id ? world.flow : world.flowOf(id, version)),
      queueAnswer: () => this.#queueAnswer,
    })
  }

  /** Everything that has happened so far. */
  state(): VirtualState {
    return this.#runtime.state()
  }

  /** This moment, to come back to. */
  keep(): FlowTestMoment {
    return { state: this.#runtime.state(), messages: this.#messages, said: this.#said, looked: this.#looked, queueAnswer: this.#queueAnswer }
  }

  /** Back to a moment of this player. */
  restore({ state, messages, said, looked, queueAnswer }: FlowTestMoment): void {
    this.#runtime.restore(state)
    this.#messages = messages
    this.#said = said
    this.#looked = looked
    this.#queueAnswer = queueAnswer
  }

  /** The timer that fires next. */
  nextTimer(): VirtualTimer | undefined {
    return this.#runtime.nextTimer()
  }

  /** Plays a step: what happens in it happens, what it expects is compared. What went wrong, or undefined. */
  play(step: FlowTestStep): string | undefined {
    if (step.bot !== undefined) return this.#hear(step.bot)
    if (step.expect !== undefined) return this.#expect(step.expect)
    if (step.pass !== undefined) return this.#pass(parseDuration(step.pass) ?? 0)
    if (step.until !== undefined) return this.#passUntil(step.until)
    if (step.press !== undefined) return this.#press(step.press)
    if (step.burst !== undefined) return this.#burst(step.burst)
    if (step.edit !== undefined) return this.#receive({ type: 'message_edited', message_id: `m${this.#messages}`, text: step.edit })
    if (step.agent !== undefined) return this.#agent(step.agent)
    if (step.queue !== undefined) return this.#queue(step.queue)
    if (step.api !== undefined) return this.#api(step.api)
    if (step.delivery_fails !== undefined) return this.#fail(step.delivery_fails)
    if (step.contact !== undefined) return this.#receive({ type: `contact_${step.contact}` })
    if (step.start !== undefined) return this.#receive({ type: 'conversation_started', ...(step.start === '' ? {} : { payload: step.start }) })
    if (step.send !== undefined) return this.#write(buildMessage(this.#nextId(), step.send))
    return this.#write({ id: this.#nextId(), text: step.customer ?? '' })
  }

  /** `block` and `block.exit` of everything that was passed. */
  marks(): string[] {
    const { id } = this.#world.flow
    return this.#runtime.state().log.flatMap(entry =>
      entry.trace.flatMap(line => {
        if (line.block === undefined || (line.flow ?? id) !== id) return []
        return line.exit === undefined ? [line.block] : [line.block, `${line.block}.${line.exit}`]
      }),
    )
  }

  #nextId(): string {
    return `m${++this.#messages}`
  }

  #receive(event: Event): undefined {
    this.#runtime.receive(event)
  }

  #write(message: InboundMessage): undefined {
    this.#receive({ type: 'message_received', message })
  }

  #burst(texts: readonly string[]): undefined {
    for (const text of texts) {
      this.#write({ id: this.#nextId(), text })
      this.#runtime.pass(MOMENT_MS)
    }
  }

  #pass(ms: number): undefined {
    this.#runtime.pass(ms)
  }

  #passUntil(until: string): string | undefined {
    const { now } = this.#runtime.state()
    const target = until.includes('T') ? Date.parse(until) : nextTime(until, { now, time_zone: this.#world.flow.time_zone })
    if (target === null || Number.isNaN(target)) return `“${until}” is no time.`
    if (target < now) return `${until} has passed already.`
    return this.#pass(target - now)
  }

  #hear(saying: Parameters<typeof checkSaying>[0]): string | undefined {
    const { deliveries } = this.#runtime.state()
    const delivery = deliveries[this.#said]
    if (!delivery) return `Expected ${JSON.stringify(saying)}, but nothing more was said.`
    this.#said++
    return checkSaying(saying, delivery.message)
  }

  #expect(expected: NonNullable<FlowTestStep['expect']>): string | undefined {
    const state = this.#runtime.state()
    const fresh = state.log.slice(this.#looked)
    this.#looked = state.log.length
    const seen: Seen = { state, flow: this.#world.flow, trace: fresh.flatMap(entry => entry.trace), unheard: state.deliveries.slice(this.#said) }
    return checkExpectation(expected, seen)
  }

  #press(wish: string): string | undefined {
    const { deliveries, conversation } = this.#runtime.state()
    const buttons = deliveries.flatMap(delivery => delivery.message.buttons ?? []).filter(button => button.payload !== undefined)
    const button =
      buttons.find(candidate => candidate.payload === wish) ??
      buttons.findLast(candidate => candidate.payload?.endsWith(`:${wish}`)) ??
      buttons.findLast(candidate => candidate.label === wish)
    if (button?.payload === undefined) {
      const labels = buttons.map(candidate => `“${candidate.label}”`).join(', ')
      return `There is no button “${wish}”. ${labels ? `Shown so far: ${labels}.` : 'No button was shown.'}`
    }
    this.#receive({ type: 'button_pressed', payload: button.payload, title: button.label, press: `p${conversation.waits}` })
    return undefined
  }

  #agent(does: NonNullable<FlowTestStep['agent']>): string | undefined {
    const agent = { id: 'agent', name: 'Agent' }
    const event: Event =
      typeof does === 'object'
        ? 'say' in does
          ? { type: 'agent_said', agent, text: does.say }
          : { type: 'agent_noted', agent, text: does.note }
        : does === 'join'
          ? { type: 'agent_joined', agent }
          : { type: 'agent_left', agent, cause: does === 'end' ? 'ended' : does === 'transfer' ? 'transferred' : does }
    const refused = this.#runtime
      .receive(event)
      .flatMap(entry => entry.trace)
      .find(line => line.code === 'conversation.refused')
    return refused?.why
  }

  /** Without a place, the answer is for the next conversation that asks for one. */
  #queue(answer: NonNullable<FlowTestStep['queue']>): string | undefined {
    const place = this.#runtime.state().conversation.queue
    this.#queueAnswer = typeof answer === 'object' ? answer.position : answer
    if (!place) return undefined
    const at = { wait: place.wait, queue: place.slug }
    if (typeof answer === 'object') return this.#receive({ type: 'queue_position', ...at, position: answer.position })
    this.#queueAnswer = 1
    return this.#receive({ type: 'queue_refused', ...at, reason: answer })
  }

  #api(answer: NonNullable<FlowTestStep['api']>): string | undefined {
    const { call, now } = this.#runtime.state()
    if (!call) return 'The flow does not wait for the answer of an API.'
    if (answer === 'timeout') return this.#pass((this.#runtime.state().timers.get('wait')?.due_at ?? now) - now)
    if (answer === 'unreachable') {
      this.#runtime.answer({ failure: 'unreachable', why: `${hostOfUrl(showHttpText(call.call.url))} could not be reached` })
      return undefined
    }
    const { status = 200, json, text } = answer
    this.#runtime.answer({ status, text: text ?? (json === undefined ? '' : JSON.stringify(json)) })
    return undefined
  }

  #fail(level: 'message' | 'contact'): string | undefined {
    const last = this.#runtime.state().deliveries.at(-1)
    if (!last) return 'Nothing was sent that could fail.'
    return this.#receive({
      type: 'delivery_failed',
      delivery: last.delivery,
      ...(last.block === undefined ? {} : { block: last.block }),
      wait: last.wait,
      level,
      reason: level === 'contact' ? 'The contact blocked the bot.' : 'The messenger refused the message.',
    })
  }
}

const DAY_MS = 86_400_000
/** Contact fields with names of their own; others are the flow's. */
const KNOWN = new Set(['name', 'first_name', 'last_name', 'username', 'phone', 'email', 'language'])

function contactOf(test: FlowTestSetting, channel: string, now: number): Contact {
  const known: Record<string, string> = {}
  const fields: Record<string, Json> = {}
  for (const [name, value] of Object.entries(test.contact ?? {})) {
    if (KNOWN.has(name)) known[name] = String(value)
    else fields[name] = value as Json // the test schema admits JSON only
  }
  return {
    id: 'test',
    channel,
    ...known,
    ...(test.language ? { language: test.language } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(test.returning ? { greeted_at: now - DAY_MS } : {}),
  }
}

/** How tests and the simulator treat conversations, when nobody says otherwise. */
export function testPolicy(flow: string, abilities: Abilities): ConnectorPolicy {
  return {
    id: 'test',
    flow,
    session_hours: 0,
    queue: 'default',
    max_wait_ms: null,
    timeout_action: { type: 'abandon' },
    fallback: 'Something went wrong here. An agent will answer you.',
    abilities,
  }
}
