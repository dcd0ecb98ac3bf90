/** What the engine remembers between two events. Everything here is JSON and small (rule 40). */
import type { Agent, InboundMessage, Json, TimerName } from './event.ts'

/** Exactly one of these owns a conversation; `nobody` means closed. */
export type Owner = 'flow' | 'queue' | 'agent' | 'nobody'

/** A person on a connector. Fields the channel knows have names of their own; the flow's are in `fields`. */
export interface Contact {
  readonly id: string
  readonly channel: string
  name?: string
  first_name?: string
  last_name?: string
  username?: string
  phone?: string
  email?: string
  language?: string
  tags?: readonly string[]
  fields?: Readonly<Record<string, Json>>
  /** The contact blocked us; set and cleared by events. */
  blocked?: boolean
  /** When a greeting was last said (ms), for `once: day` and `once: contact`. */
  greeted_at?: number
}

/** What a wait is for when it is not for a message: a while, an agent, the answer of an API. */
export type WaitMode = 'time' | 'queue' | 'answer'

/** A flow that was interrupted (`on_keyword`) or waits for a called one. */
export interface Frame {
  readonly flow: string
  readonly version: number
  /** The block that waited. */
  readonly at: string
  /** The number of that wait; its paused timer is stored under it. */
  readonly wait: number
  readonly mode?: WaitMode
  readonly merge?: readonly [number, number]
  readonly no_interrupt?: boolean
  /** Its own timer is paused and goes on with the time left (rule 19). */
  readonly paused?: boolean
  readonly state?: Json
  readonly vars?: Readonly<Record<string, Json>>
  readonly message?: InboundMessage
}

/** Parts of one message that are still being collected (rule 11). */
export interface Burst {
  readonly parts: readonly InboundMessage[]
  readonly since: number
  readonly album?: string
}

/** One run of a flow inside a conversation. Absent keys are the common case and cost nothing. */
export interface Session {
  flow: string
  version: number
  /** The block that waits in the innermost frame. */
  at: string
  /** The number of the current wait (rule 17); counts up within the conversation and never starts anew. */
  wait: number
  /** What the block waits for, when it is not a message. */
  mode?: WaitMode
  /** Quiet time and longest duration of a burst (ms), while the wait joins parts. */
  merge?: readonly [number, number]
  no_interrupt?: boolean
  /** Timers that run for this wait. */
  timers?: readonly TimerName[]
  /** The waiting block's own notes. */
  state?: Json
  vars?: Readonly<Record<string, Json>>
  /** The current message (rule 9), kept only where a later block can still read it. */
  message?: InboundMessage
  kept?: readonly InboundMessage[]
  burst?: Burst
  /** Interrupted and calling frames, outermost first. */
  frames?: readonly Frame[]
  /** Reusable menus by their wait number (rule 13), newest last, at most 10. */
  menus?: Readonly<Record<string, string>>
  /** The current silence was already reported to `on_inactivity`. */
  silent?: boolean
}

/** A conversation's place in a queue. */
export interface QueuePlace {
  readonly slug: string
  /** When the waiting began (ms); kept when an agent gives the conversation back. */
  readonly since: number
  readonly wait: number
  readonly priority: number
  /** An agent has had it: only `ended` applies any more (rule 23). */
  readonly served?: boolean
  /** Time between two announcements (ms). */
  readonly announce_ms?: number
  /** As last reported; 1 is next. */
  readonly position?: number
  /** Joined by the safety net or an operator, not by a block. */
  readonly forced?: boolean
}

/** One thread with a contact. `number` 0 with owner `nobody` is a contact who never wrote. */
export interface Conversation {
  contact: Contact
  number: number
  owner: Owner
  session: Session | null
  opened_at: number
  /** Last message either way (ms). */
  last_message_at: number
  closed_at?: number
  outcome?: string
  /** Deliveries decided so far, over all conversations of the contact. */
  sends: number
  /** Waits so far; a closed session does not reset it, so old buttons stay old. */
  waits: number
  queue?: QueuePlace
  agent?: Agent
  language?: string
  tags?: readonly string[]
  priority?: number
  /** A greeting was said in this conversation. */
  greeted?: boolean
  /** Messages of the running minute, for the flood guard (rule 27). */
  flood?: { readonly since: number; readonly count: number }
}

/** The state of a contact who never wrote. */
export function newConversation(contact: Contact): Conversation {
  return { contact, number: 0, owner: 'nobody', session: null, opened_at: 0, last_message_at: 0, sends: 0, waits: 0 }
}
