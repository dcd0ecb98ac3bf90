/** Tries a block on the real engine: a conversation that has only this block, and one message. */
import {
  type Abilities,
  type Block,
  classifyIntent,
  compileFlow,
  createVirtual,
  type Flow,
  type IntentScore,
  trainIntents,
} from '../../../server/engine/index.ts'

/** What the block did with the message. */
export interface Tried {
  /** The exit it left by; undefined when it goes on waiting, or cannot be tried. */
  readonly exit: string | undefined
  readonly why: string
}

/** A fixed moment: what is tried twice is the same twice. */
const NOW = Date.UTC(2026, 0, 5, 10)

/** Says `text` to the block. Undefined when the block does not compile yet. */
export function tryBlock(flow: Flow, id: string, text: string, abilities: Abilities): Tried | undefined {
  const block = flow.blocks[id]
  if (!block) return undefined
  const compiled = compileFlow(aloneWith(flow, id, block), { version: 1, hash: '' })
  if (!compiled.ok) return undefined
  const virtual = createVirtual({
    contact: { id: 'somebody', channel: abilities.channel, ...(flow.languages[0] !== undefined && { language: flow.languages[0] }) },
    connector: {
      id: 'try',
      flow: flow.id,
      session_hours: 0,
      queue: 'default',
      max_wait_ms: null,
      timeout_action: { type: 'abandon' },
      fallback: '',
      abilities,
    },
    now: NOW,
    flowOf: () => compiled.flow,
  })
  virtual.receive({ type: 'conversation_started' })
  const lines = virtual.receive({ type: 'message_received', message: { id: '1', text } }).flatMap(entry => entry.trace)
  const left = lines.find(line => line.block === id && (line.kind === 'left' || line.kind === 'failed'))
  const said = left ?? lines.find(line => line.block === id && line.why)
  return { exit: left?.kind === 'left' ? left.exit : undefined, why: said?.why ?? '' }
}

/** Every intent of the flow with its score for a sentence, best first. */
export function scoreIntents(flow: Flow, text: string): readonly IntentScore[] {
  if (text.trim() === '' || Object.keys(flow.intents ?? {}).length === 0) return []
  return classifyIntent(modelOf(flow.intents ?? {}), text)
}

const models = new WeakMap<object, ReturnType<typeof trainIntents>>()

/** Trained once for the same phrases: typing a sentence asks many times. */
function modelOf(intents: NonNullable<Flow['intents']>): ReturnType<typeof trainIntents> {
  const known = models.get(intents) ?? trainIntents(intents)
  models.set(intents, known)
  return known
}

/** The flow with nothing but a start and the block, which leads nowhere. */
function aloneWith(flow: Flow, id: string, block: Block): Flow {
  const { exits: _exits, ...settings } = block
  const start = id === 'start' ? 'start_2' : 'start'
  return { ...flow, blocks: { [start]: { type: 'start', exits: { next: id } }, [id]: settings } }
}
