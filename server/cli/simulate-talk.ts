/** A conversation in the simulator: what happens, what is seen of it, and the flow test that repeats it. */
import {
  type Abilities,
  type FlowTest,
  FlowTestPlayer,
  type FlowTestSetting,
  type FlowTestStep,
  type FlowTestWorld,
  formatDuration,
  type OutboundMessage,
  showHttpText,
  type TraceLine,
  type VirtualCall,
  type VirtualState,
} from '../engine/index.ts'

/** Something a person in front of the simulator sees. */
export type Seen =
  | { readonly type: 'bot' | 'agent'; readonly message: OutboundMessage }
  /** Only agents and operators see it. */
  | { readonly type: 'note'; readonly text: string }
  /** The answer to a press, shown for a moment by the channel. */
  | { readonly type: 'press_answered'; readonly text: string }
  /** The flow failed here and the conversation went on another way. */
  | { readonly type: 'failed'; readonly why: string }
  /** The flow waits for the answer of an API. */
  | { readonly type: 'api_called'; readonly request: string }
  | { readonly type: 'owner_changed'; readonly owner: string; readonly queue?: string; readonly outcome?: string }

/** One line of the person, with everything that followed. */
interface Exchange {
  readonly steps: readonly FlowTestStep[]
  readonly trace: readonly TraceLine[]
}

/** What a line led to. `refusal` says why nothing happened. */
export interface Turnout {
  readonly seen: readonly Seen[]
  readonly refusal?: string
}

/** Bursts end by themselves: nobody wants to type `/pass` after each message. Longer chains are a flow that wakes itself. */
const MOST_QUIET_TIMES = 5

/** A conversation that can be taken back and saved. */
export class Talk {
  readonly #setting: FlowTestSetting
  readonly #world: FlowTestWorld
  readonly #abilities: Abilities
  #player: FlowTestPlayer
  #exchanges: Exchange[] = []

  constructor(setting: FlowTestSetting, world: FlowTestWorld, abilities: Abilities) {
    this.#setting = setting
    this.#world = world
    this.#abilities = abilities
    this.#player = new FlowTestPlayer(setting, world, abilities)
  }

  state(): VirtualState {
    return this.#player.state()
  }

  /** The trace of the last line. */
  trace(): readonly TraceLine[] {
    return this.#exchanges.at(-1)?.trace ?? []
  }

  /** Plays what a line says; afterwards the player has heard all that was said. */
  play(steps: readonly FlowTestStep[]): Turnout {
    const before = this.state()
    const played: FlowTestStep[] = []
    for (const step of steps) {
      const refusal = this.#player.play(step)
      if (refusal !== undefined) {
        this.#replay(this.#exchanges)
        return { seen: [], refusal }
      }
      played.push(step)
    }
    for (let times = 0; times < MOST_QUIET_TIMES && this.#player.nextTimer()?.timer === 'quiet'; times++) {
      const pass = { pass: formatDuration(Math.max(1000, this.#leftMs())) }
      this.#player.play(pass)
      played.push(pass)
    }
    const after = this.state()
    for (const { message } of after.deliveries.slice(before.deliveries.length)) {
      const heard = { bot: sayingOf(message) }
      this.#player.play(heard)
      played.push(heard)
    }
    this.#exchanges.push({ steps: played, trace: after.log.slice(before.log.length).flatMap(entry => entry.trace) })
    return { seen: seenBetween(before, after) }
  }

  /** Takes the last line back; false when there is none. */
  back(): boolean {
    if (this.#exchanges.length === 0) return false
    this.#replay(this.#exchanges.slice(0, -1))
    return true
  }

  /** Begins again. */
  restart(): void {
    this.#replay([])
  }

  /** The run as a flow test: what was said, and how it ended. Undefined while nothing has happened. */
  toTest(name: string): FlowTest | undefined {
    if (this.#exchanges.length === 0) return undefined
    return { name, ...this.#setting, steps: [...this.#exchanges.flatMap(exchange => exchange.steps), { expect: this.#ending() }] }
  }

  /** The same lines give the same conversation (rule 38), so replaying is stepping back. */
  #replay(exchanges: readonly Exchange[]): void {
    this.#player = new FlowTestPlayer(this.#setting, this.#world, this.#abilities)
    for (const step of exchanges.flatMap(exchange => exchange.steps)) this.#player.play(step)
    this.#exchanges = [...exchanges]
  }

  #leftMs(): number {
    const due = this.#player.nextTimer()?.due_at ?? 0
    return Math.ceil((due - this.state().now) / 1000) * 1000
  }

  #ending(): NonNullable<FlowTestStep['expect']> {
    const { conversation, log } = this.state()
    const { owner, outcome, queue, session } = conversation
    const exits = log.flatMap(entry => entry.trace).flatMap(line => (line.kind === 'left' && line.block && line.exit ? [`${line.block}.${line.exit}`] : []))
    const declared = this.#world.flow.flow.variables ?? {}
    const variables = Object.entries(session?.vars ?? {}).filter(([name]) => declared[name] && !declared[name].sensitive)
    return {
      owner,
      ...(owner !== 'nobody' && session ? { block: session.at } : {}),
      ...(owner === 'nobody' && outcome !== undefined ? { outcome } : {}),
      ...(owner === 'queue' && queue ? { queue: queue.slug } : {}),
      ...(variables.length > 0 ? { variables: Object.fromEntries(variables) } : {}),
      ...(exits.length > 0 ? { exits } : {}),
    }
  }
}

/** What a `bot` step expects of this very message. */
function sayingOf(message: OutboundMessage): NonNullable<FlowTestStep['bot']> {
  const text = message.text ?? ''
  const kind = message.attachment?.kind
  const buttons = message.buttons?.map(button => button.label) ?? []
  // A sticker cannot be named by an expectation.
  const attachment = kind === undefined || kind === 'sticker' ? {} : { attachment: kind }
  if (buttons.length === 0 && !('attachment' in attachment)) return text
  return { ...(text === '' ? {} : { text }), ...(buttons.length > 0 ? { buttons } : {}), ...attachment }
}

function calledBy({ call }: VirtualCall): Seen {
  return { type: 'api_called', request: `${call.method} ${showHttpText(call.url)}` }
}

function seenBetween(before: VirtualState, after: VirtualState): readonly Seen[] {
  const said = after.deliveries.slice(before.deliveries.length).map(({ kind, message }): Seen => ({ type: kind === 'agent' ? 'agent' : 'bot', message }))
  const entries = after.log.slice(before.log.length)
  const beside = entries
    .flatMap(entry => entry.seen)
    .flatMap((effect): Seen[] => {
      if (effect.type === 'note') return [{ type: 'note', text: effect.text }]
      return effect.type === 'answer_press' && effect.text !== undefined ? [{ type: 'press_answered', text: effect.text }] : []
    })
  const failed = entries
    .flatMap(entry => entry.trace)
    .flatMap((line): Seen[] => (line.kind === 'failed' ? [{ type: 'failed', why: line.why ?? line.code ?? '' }] : []))
  const { owner, queue, outcome, number } = after.conversation
  // That the flow answers a contact who opens a conversation is no news.
  const isOpening = before.conversation.owner === 'nobody' && owner === 'flow'
  const hasChanged = !isOpening && (owner !== before.conversation.owner || number !== before.conversation.number)
  const changed: Seen = {
    type: 'owner_changed',
    owner,
    ...(queue && owner === 'queue' ? { queue: queue.slug } : {}),
    ...(outcome !== undefined && owner === 'nobody' ? { outcome } : {}),
  }
  return [
    ...beside.filter(seen => seen.type === 'press_answered'),
    ...failed,
    ...said,
    ...beside.filter(seen => seen.type === 'note'),
    ...(after.call && after.call.wait !== before.call?.wait ? [calledBy(after.call)] : []),
    ...(hasChanged ? [changed] : []),
  ]
}
