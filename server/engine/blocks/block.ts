/** The contract of a block type: everything about it in one file and one order (house style 4). */
import type { Static, TObject } from 'typebox'
import type { Abilities } from '../abilities.ts'
import type { Problem } from '../errors.ts'
import type { InboundMessage, Json } from '../event.ts'
import type { Block, BlockFrame, Flow, Text, Words } from '../file/flow.ts'
import type { HttpAnswer, HttpCall } from '../http-call.ts'
import type { IntentModel, Pattern, Scope, Template, WordMatcher } from '../language/index.ts'
import type { Turn } from '../turn.ts'

/** The palette's groups, in its order. */
export type BlockGroup = 'entries' | 'talk' | 'understand' | 'act' | 'people' | 'finish'

/** A way out of a block. `needed`: unconnected it is an error (rule 33), else a warning for `next` and nothing for the rest. */
export interface Exit {
  readonly name: string
  readonly needed: boolean
  /** What the canvas shows instead of the name (a case's words, a choice's label). */
  readonly label?: string
}

/** How the engine waits for a block. */
export interface Wait {
  /**
   * `message`: for the contact; `on_keyword` and silence apply. `time`: for a while; messages are kept unless the block's
   * `message` exit is connected. `queue`: for an agent; the conversation is the queue's. `answer`: for an API; messages are
   * kept, and `on_keyword` waits too (rule 19).
   */
  readonly for: 'message' | 'time' | 'queue' | 'answer'
  /** Own time until `resume` gets `timeout` (ms); starts when what was said before is delivered (rule 18), but for `answer`. */
  readonly timeout_ms?: number
  /** Parts of a burst that belong together (rule 11), ms. */
  readonly merge?: { readonly quiet_ms: number; readonly at_most_ms: number }
  /** Takes messages that came before the wait; else they are dropped (rule 10). Default true for `listen` and branches. */
  readonly accept_earlier?: boolean
  /** `on_keyword` does not interrupt. */
  readonly no_interrupt?: boolean
  /** The block's notes for `resume`. */
  readonly state?: Json
  /** A press on this menu counts from anywhere later on (rule 13). */
  readonly reusable?: boolean
  /** Where the conversation waits for an agent; required for `queue`. */
  readonly queue?: { readonly slug: string; readonly priority: number; readonly announce_every_ms?: number }
  /** What is called; required for `answer`. */
  readonly call?: HttpCall
}

/** What a waiting block is resumed with. */
export type Resumption =
  | { readonly type: 'message'; readonly message: InboundMessage }
  /** A press on a button that this block offers; `choice` is the part after the wait number. */
  | { readonly type: 'choice'; readonly choice: string; readonly title?: string }
  | { readonly type: 'timeout' }
  /** The queue's own word, or the contact gave up or went away. */
  | { readonly type: 'queue_refused'; readonly reason: 'full' | 'closed' | 'nobody_on_shift' }
  | { readonly type: 'queue_position'; readonly position: number; readonly joined: boolean }
  | { readonly type: 'contact_gone' }
  | { readonly type: 'agent_ended' }
  | { readonly type: 'answered'; readonly answer: HttpAnswer }

/** What a block decides. `why` is for the person who drew the flow. */
export type Outcome =
  | { readonly type: 'leave'; readonly exit: string; readonly why: string }
  /** `why` only where the block says more than that it waits: why it asks again. */
  | { readonly type: 'wait'; readonly wait: Wait; readonly why?: string }
  /** Nothing changes: the same wait goes on with its timer. `state` replaces the notes. */
  | { readonly type: 'stay'; readonly why: string; readonly state?: Json }
  /** The block failed: its `error` exit, then `on_error`, then the safety net. */
  | { readonly type: 'fail'; readonly code: string; readonly why: string }
  /** The session ends and the conversation closes. */
  | { readonly type: 'finish'; readonly outcome: string; readonly why: string }
  /** Back to the wait that `on_keyword` interrupted. */
  | { readonly type: 'return'; readonly why: string }

/** Leaves by an exit. */
export const leave = (exit: string, why = ''): Outcome => ({ type: 'leave', exit, why })
/** Waits; the engine numbers the wait and stores the session. */
export const waitFor = (wait: Wait, why?: string): Outcome => (why === undefined ? { type: 'wait', wait } : { type: 'wait', wait, why })
/** Goes on waiting as before. */
export const stay = (why: string, state?: Json): Outcome => (state === undefined ? { type: 'stay', why } : { type: 'stay', why, state })
/** Fails with a stable code. */
export const fail = (code: string, why: string): Outcome => ({ type: 'fail', code, why })

/** What compiling a block may use; compiled once a version. A template or pattern that cannot be read fails compilation with its problem. */
export interface Compiler {
  readonly flow: Flow
  /** Templates by language; falls back to the flow's first language. */
  text(text: Text | undefined, at: string): CompiledText | undefined
  template(source: string, at: string): Template
  words(cases: readonly { readonly id: string; readonly words: Words }[], typos: boolean): WordMatcher
  pattern(source: string, at: string): Pattern
  /** The trained model of the flow's intents; undefined when there are none. Trained only when asked for. */
  intents(): IntentModel | undefined
}

/** A text in every language. */
export interface CompiledText {
  /** The scope is asked for only when a template prints something. */
  render(from: { scope(): Scope }, language: string): string
}

/** What a block's own lint may look at. `problem` fills in block and path: `at` is below the block, e.g. `/max_length`. */
export interface LintView {
  /** What the flow declares. */
  readonly flow: Pick<Flow, 'languages' | 'variables' | 'contact_fields' | 'intents'>
  /** How many blocks of each type the flow has. */
  readonly counts: ReadonlyMap<string, number>
  readonly channels: readonly Abilities[]
  problem(code: string, severity: Problem['severity'], at: string, message: string, hint?: string): Problem
}

/** A block's settings with what every block carries. */
export type BlockOf<S extends TObject> = TObject extends S ? Block : Static<S> & BlockFrame

/** A block type. `S` are its settings, `C` what compiling made of them. */
export interface BlockType<S extends TObject = TObject, C = unknown> {
  readonly type: string
  readonly group: BlockGroup
  /** As the palette names it. */
  readonly title: string
  /** One sentence for the person who draws: what it does. */
  readonly purpose: string
  /** Settings without `type`, `label`, `note`, `exits`; unknown keys are refused. */
  readonly schema: S
  readonly example: BlockOf<S>
  /** Where an entry starts execution. */
  readonly entry?: boolean
  /** Reads the current message and waits for one when there is none (rule 9); with `timeout` set it has that exit. */
  readonly branch?: boolean
  /** Templates or settings read the current message though it is no branch. */
  readsMessage?(block: BlockOf<S>): boolean
  /** Exits in reading order; those that depend on a setting only when it is set. */
  exits(block: BlockOf<S>): readonly Exit[]
  compile?(block: BlockOf<S>, compiler: Compiler): C
  /** Entering the block. A branch finds `turn.message` set. */
  run(block: BlockOf<S>, turn: Turn, compiled: C): Outcome
  /** Something came while the block waits. */
  resume?(block: BlockOf<S>, turn: Turn, compiled: C, came: Resumption, state: Json | undefined): Outcome
  /** The choice of a press is one of the block's own buttons; other presses come as a message with the button's label. */
  offers?(block: BlockOf<S>, compiled: C, choice: string, state: Json | undefined): boolean
  /** A message is one of the block's own choices and goes before `on_keyword` (rule 19). */
  claims?(block: BlockOf<S>, compiled: C, message: InboundMessage, state: Json | undefined): boolean
  /** Says the prompt again when an interruption returns (rule 19). */
  remind?(block: BlockOf<S>, turn: Turn, compiled: C, state: Json | undefined): void
  lint?(block: BlockOf<S>, view: LintView): readonly Problem[]
}

/** Checks a block type against its own settings; what comes out fits the one list, which forgets them. */
export function defineBlock<S extends TObject, C = undefined>(type: BlockType<S, C>): BlockType {
  // Safe because a block only ever comes to its own type: the flow's schema says so, and `compile` makes what `run` takes.
  return type as unknown as BlockType
}

export type { Block }
