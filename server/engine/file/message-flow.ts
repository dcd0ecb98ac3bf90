/**
 * Which waiting blocks must keep the current message in the session (rule 40): a session without it is a tenth of the size.
 * Too many keepers cost bytes, one too few loses what the contact said; so every doubt counts as a keeper.
 */
import type { BlockType } from '../blocks/block.ts'
import { blockTypeOf } from '../blocks/index.ts'
import type { Block, Flow } from './flow.ts'

/** Ids of blocks that can wait and after which, without a new message taken, a block may still read the current one. Linear in the flow. */
export function findMessageKeepers(flow: Flow): ReadonlySet<string> {
  const blocks = Object.entries(flow.blocks).map(([id, block]) => describe(id, block))
  const readable = findReadable(blocks)
  // Silence and failures start an entry while any block waits, with the message that was current then.
  const entryReads = blocks.some(block => block.entersDuringWait && readable.has(block.id))
  return new Set(
    blocks.filter(block => block.waits && (entryReads || block.remindsOfMessage || block.passes.some(to => readable.has(to)))).map(block => block.id),
  )
}

interface MessageUse {
  readonly id: string
  readonly waits: boolean
  readonly reads: boolean
  readonly remindsOfMessage: boolean
  readonly entersDuringWait: boolean
  /** Blocks that are entered with the same current message. */
  readonly passes: readonly string[]
}

function describe(id: string, block: Block): MessageUse {
  const type = blockTypeOf(block.type)
  const exits = Object.entries(block.exits ?? {})
  if (!type) return { id, waits: true, reads: true, remindsOfMessage: true, entersDuringWait: false, passes: exits.map(([, to]) => to) }
  const waits = type.branch === true || type.resume !== undefined
  const mentions = type.readsMessage?.(block) === true || mentionsMessage(settingsOf(block))
  return {
    id,
    waits,
    reads: type.branch === true || mentions,
    // A prompt that quotes the message is said again after an interruption (rule 19).
    remindsOfMessage: type.branch !== true && mentions,
    entersDuringWait: type.entry === true && !freshEntries.has(type.type),
    passes: exits.filter(([exit]) => !waits || !takesMessage(type, exit)).map(([, to]) => to),
  }
}

/** Types that leave with the message they waited for, by every exit but `timeout` and `error`. */
const asks: ReadonlySet<string> = new Set(['question', 'menu', 'listen', 'rate'])

/** Exits of a waiting block behind which the current message is a new one. A type that is not named here takes none (what is written to a queue is the agent's, rule 10). */
function takesMessage(type: BlockType, exit: string): boolean {
  if (exit === 'timeout' || exit === 'error') return false
  if (type.type === 'wait') return exit === 'message'
  return type.branch === true || asks.has(type.type)
}

/** Entries that begin with a message of their own, or with none. */
const freshEntries: ReadonlySet<string> = new Set(['start', 'on_keyword'])

/** Blocks that, entered with a message, may read it or hand it on to one that does: a walk backwards from the readers. */
function findReadable(blocks: readonly MessageUse[]): ReadonlySet<string> {
  const before = new Map<string, string[]>()
  for (const block of blocks) {
    for (const to of block.passes) {
      const list = before.get(to)
      if (list) list.push(block.id)
      else before.set(to, [block.id])
    }
  }
  const found = new Set(blocks.filter(block => block.reads).map(block => block.id))
  const open = [...found]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const earlier of before.get(id) ?? []) {
      if (found.has(earlier)) continue
      found.add(earlier)
      open.push(earlier)
    }
  }
  return found
}

function settingsOf(block: Block): unknown {
  const { type: _type, label: _label, note: _note, exits: _exits, ...settings } = block
  return settings
}

function mentionsMessage(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{') || value.includes('{%') ? /\bmessage\b/.test(value) : /^\s*message\s*(?:[.[]|$)/.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(mentionsMessage)
}
