/** Runs one row of a block's table: a small flow around the block, driven through the engine in virtual time. */
import { ABILITIES, type ChannelName } from '../../server/channels/abilities.ts'
import { blockTypeOf } from '../../server/engine/blocks/index.ts'
import { mustCompile } from '../../server/engine/file/compile.ts'
import { type Event, type Flow, type InboundMessage, showHttpText } from '../../server/engine/index.ts'
import { parseDuration } from '../../server/engine/language/index.ts'
import { createVirtual, type VirtualRuntime, type VirtualState } from '../../server/engine/virtual.ts'

/** Settings of a block as a table has them; its exits are connected by the runner. */
export interface BlockSettings {
  readonly type: string
  readonly exits?: Readonly<Record<string, string>>
  readonly [setting: string]: unknown
}

/** Something that happens, in the shortest form that says it. */
export type Happening =
  /** A text of the contact. */
  | string
  | { readonly type: 'message_received'; readonly text?: string; readonly message?: Partial<InboundMessage> }
  /** A text of this many characters. */
  | { readonly type: 'message_received'; readonly length: number }
  /** A press on the newest button with this label, or with a payload as it is. */
  | { readonly type: 'press'; readonly button: string }
  | { readonly type: 'press'; readonly payload: string }
  /** Time passes. */
  | { readonly type: 'pass'; readonly time: string }
  /** The API that was called answers. */
  | { readonly type: 'api'; readonly status: number; readonly json?: unknown; readonly text?: string }
  | Exclude<Event, { readonly type: 'message_received' }>

/** A row: states only what matters. Every expectation is optional. */
export interface Row {
  readonly name: string
  readonly block: BlockSettings
  /** How the conversation begins; by an opening without a text when it is not said. */
  readonly event?: Happening
  /** What happens then. */
  readonly resume?: readonly Happening[]
  /** What else the flow has; other blocks too. */
  readonly flow?: Partial<Omit<Flow, 'blocks'>> & { readonly blocks?: Readonly<Record<string, BlockSettings>> }
  readonly contact?: Readonly<Record<string, unknown>>
  readonly channel?: ChannelName
  /** ISO 8601 in UTC; a Friday noon when it is not said. */
  readonly now?: string
  readonly queue?: 'full' | 'closed' | 'nobody_on_shift' | number

  /** The exit it left by, last of all. */
  readonly leaves?: string
  readonly waits?: boolean
  /** The code it failed with. */
  readonly fails?: string
  /** The outcome of the closed conversation. */
  readonly finishes?: string
  /** Why, in the trace of its last decision. */
  readonly why?: string
  /** Texts that the block sent, in order. */
  readonly says?: readonly string[]
  /** Labels of its last message's buttons. */
  readonly buttons?: readonly string[]
  /** Last message that the block sent, as far as it is named. */
  readonly sends?: Readonly<Record<string, unknown>>
  /** What the block asks an API for, as far as it is named: method, url, headers, body, timeout_ms, retries. */
  readonly calls?: Readonly<Record<string, unknown>>
  /** `vars.age`, `contact.email`, `conversation.tags` … */
  readonly sets?: Readonly<Record<string, unknown>>
  /** The text of the current message when the block was left. */
  readonly current?: string
}

/** What a row came to, in the words of its expectations. */
export type Result = Required<Pick<Row, 'leaves' | 'waits' | 'fails' | 'finishes' | 'why' | 'says' | 'buttons' | 'sends' | 'calls' | 'current'>> & {
  readonly sets: (path: string) => unknown
}

const NOON = Date.UTC(2026, 10, 20, 12)

/** Variables that every table may use. */
const VARIABLES: NonNullable<Flow['variables']> = {
  word: { type: 'text' },
  number: { type: 'number' },
  yes: { type: 'boolean' },
  day: { type: 'date' },
  several: { type: 'list' },
  secret: { type: 'text', sensitive: true },
}

/** Plays the row and says what came of it. */
export function playRow(row: Row): Result {
  const runtime = createRuntime(row)
  play(runtime, row.event ?? { type: 'conversation_started' })
  for (const happening of row.resume ?? []) play(runtime, happening)
  return resultOf(runtime.state())
}

/** A runtime with a flow that begins at the block, which stands under the id `block`. */
export function createRuntime(row: Row): VirtualRuntime {
  const flow = flowAround(row)
  const compiled = mustCompile(flow, { version: 1, hash: '' })
  const abilities = ABILITIES[row.channel ?? 'telegram']
  return createVirtual({
    contact: { id: 'c1', channel: row.channel ?? 'telegram', ...row.contact },
    connector: {
      id: 'k1',
      flow: flow.id,
      session_hours: 24,
      queue: 'default',
      max_wait_ms: null,
      timeout_action: { type: 'abandon' },
      fallback: 'Something went wrong.',
      abilities,
    },
    now: row.now === undefined ? NOON : Date.parse(row.now),
    flowOf: () => compiled,
    ...(row.queue === undefined ? {} : { queueAnswer: () => row.queue ?? 1 }),
  })
}

/** The block with every exit connected: to a block that repeats the current message, then to one that waits. */
export function flowAround({ block, flow }: Pick<Row, 'block' | 'flow'>): Flow {
  const type = blockTypeOf(block.type)
  if (!type) throw new Error(`no block type "${block.type}"`)
  const connected = { ...block, exits: { ...Object.fromEntries(type.exits(block).map(exit => [exit.name, 'heard'])), ...block.exits } }
  return {
    format: 1,
    id: 'table',
    name: 'Table',
    languages: ['en'],
    variables: VARIABLES,
    ...flow,
    blocks: {
      ...(block.type === 'start' ? {} : { start: { type: 'start', exits: { next: type.entry ? 'out' : 'block' } } }),
      block: connected,
      heard: { type: 'message', text: 'heard {{ message.text }}', exits: { next: 'out' } },
      out: { type: 'listen', exits: { message: 'out' } },
      ...flow?.blocks,
    } as Flow['blocks'],
  }
}

let messages = 0

function play(runtime: VirtualRuntime, happening: Happening): void {
  if (typeof happening === 'string') return void runtime.receive({ type: 'message_received', message: { id: `m${++messages}`, text: happening } })
  switch (happening.type) {
    case 'message_received':
      return void runtime.receive({ type: 'message_received', message: messageOf(happening) })
    case 'press':
      return void runtime.receive({ type: 'button_pressed', ...pressOf(runtime.state(), happening) })
    case 'pass': {
      const ms = parseDuration(happening.time)
      if (ms === null) throw new Error(`"${happening.time}" is no duration`)
      return void runtime.pass(ms)
    }
    case 'api': {
      const { status, json, text } = happening
      return void runtime.answer({ status, text: text ?? JSON.stringify(json) })
    }
    default:
      runtime.receive(happening)
  }
}

function messageOf(happening: Extract<Happening, { readonly type: 'message_received' }>): InboundMessage {
  const id = `m${++messages}`
  return 'length' in happening ? { id, text: 'x'.repeat(happening.length) } : { id, text: happening.text ?? '', ...happening.message }
}

function pressOf(state: VirtualState, press: { readonly button: string } | { readonly payload: string }): { payload: string; title?: string } {
  if ('payload' in press) return press
  const found = state.deliveries.flatMap(({ message }) => message.buttons ?? []).findLast(({ label }) => label === press.button)
  if (found?.payload === undefined) throw new Error(`no button "${press.button}" to press`)
  return { payload: found.payload, title: found.label }
}

function resultOf(state: VirtualState): Result {
  const { conversation, deliveries, log } = state
  const lines = log.flatMap(entry => entry.trace).filter(line => line.block === 'block')
  const said = deliveries.filter(delivery => delivery.block === 'block')
  const failed = lines.findLast(line => line.kind === 'failed')
  const heard = deliveries.findLast(delivery => delivery.block === 'heard')
  const last = said.at(-1)?.message
  return {
    leaves: lines.findLast(line => line.kind === 'left' && line.exit !== undefined)?.exit ?? 'nothing left',
    waits: conversation.session?.at === 'block',
    fails: failed?.code ?? 'nothing failed',
    finishes: conversation.owner === 'nobody' ? (conversation.outcome ?? '') : 'not finished',
    why: lines.findLast(line => line.why !== undefined && line.why !== '')?.why ?? '',
    says: said.map(({ message }) => message.text ?? ''),
    buttons: (last?.buttons ?? []).map(({ label }) => label),
    sends: { ...last },
    calls: callOf(state),
    current: heard?.message.text?.slice('heard '.length) ?? 'nothing heard',
    sets: path => valueAt({ vars: conversation.session?.vars, contact: conversation.contact, conversation }, path),
  }
}

/** The call that waits, with its texts as people read them. */
function callOf({ call }: VirtualState): Readonly<Record<string, unknown>> {
  if (!call) return {}
  const { url, headers, body, ...rest } = call.call
  const shown = Object.fromEntries(headers.map(({ name, value }) => [name, showHttpText(value)]))
  return { ...rest, url: showHttpText(url), headers: shown, ...(body && { body: showHttpText(body) }) }
}

function valueAt(root: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), root)
}
