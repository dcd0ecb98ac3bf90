/** One turn: what a block may see and do while it runs. Blocks never wait, fetch or read a clock. */
import type { Abilities } from './abilities.ts'
import type { LogicalMessage } from './adapt.ts'
import type { CompiledText } from './blocks/block.ts'
import type { Effect } from './effect.ts'
import type { Event, InboundMessage, Json } from './event.ts'
import type { LanguageTools, Scope } from './language/index.ts'
import type { Contact, Conversation } from './session.ts'

/** Handed to `run` and `resume`. Reading is free; every change goes through a method and is on record. */
export interface Turn {
  readonly now: number
  /** What reads languages, dates and numbers; the compiled flow brings it. */
  readonly tools: LanguageTools
  /** The flow's zone, IANA. */
  readonly time_zone: string
  /** The current message (rule 9); null when there is none. */
  readonly message: InboundMessage | null
  readonly contact: Readonly<Contact>
  readonly conversation: Readonly<Conversation>
  /** The event that this turn handles. */
  readonly event: Event
  /** Abilities of the channel: limits for lengths and buttons. */
  readonly limits: Abilities
  /** Language of the conversation, else of the contact, else the flow's first. */
  readonly language: string
  /** The number the next wait will have; button payloads carry it (rule 13). */
  readonly next_wait: number
  /** The number of the current wait, while resuming. */
  readonly wait: number
  /** For templates; made once a turn and only when asked for. */
  scope(): Scope
  /** A value from 0 to below 1, seeded (rule 38). */
  random(): number
  /** A text in the contact's language. */
  say(text: CompiledText): string
  /** Sends a message, adapted to the channel; empty texts without anything else are not sent. `kind` defaults to `message`. */
  send(message: LogicalMessage, options?: { readonly kind?: 'message' | 'announcement'; readonly typing_ms?: number; readonly replace?: boolean }): void
  effect(effect: Effect): void
  variable(name: string): Json | undefined
  /** Checks the declared type; false when the value does not fit (rule 36) and nothing was set. */
  setVariable(name: string, value: Json): boolean
  setContact(changes: Readonly<Partial<Omit<Contact, 'id' | 'channel'>>>): void
  setConversation(changes: Readonly<Partial<Pick<Conversation, 'language' | 'tags' | 'priority' | 'greeted'>>>): void
  /** Makes `message` the current one. */
  take(message: InboundMessage): void
  note(text: string): void
}
