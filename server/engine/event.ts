/**
 * Events: what happened to a conversation, as plain data in the past tense.
 * Channels, timers, desk and API produce them; `advance` is the only reader that decides what they mean.
 */
import type { HttpAnswer } from './http-call.ts'

/** What a contact may attach. `sticker` is kept apart because it says something without words. */
export type AttachmentKind = 'image' | 'file' | 'audio' | 'voice' | 'video' | 'sticker'

/** A file that came with a message. The bytes stay outside the engine; `file` is our own id of them. */
export interface Attachment {
  readonly kind: AttachmentKind
  readonly file?: string
  /** A public address; never one that carries a vendor's token. */
  readonly url?: string
  readonly mime?: string
  readonly name?: string
  /** Bytes. */
  readonly size?: number
}

/** A place somebody shared; degrees. */
export interface Location {
  readonly latitude: number
  readonly longitude: number
  readonly name?: string
  readonly address?: string
}

/** One message of a contact. `text` is '' when there is none; NUL bytes and lone surrogates are gone. */
export interface InboundMessage {
  /** The channel's id of the message, unique for the contact. */
  readonly id: string
  readonly text: string
  readonly attachments?: readonly Attachment[]
  readonly location?: Location
  readonly shared_contact?: { readonly name: string; readonly phone: string }
  /** Parts with the same album id are one message (rule 11). */
  readonly album?: string
}

/** Somebody who answers for us. */
export interface Agent {
  readonly id: string
  readonly name: string
}

/** Names of timers; a conversation has at most one of each. */
export type TimerName =
  /** The waiting block's own time (`timeout`, the duration of `wait`, the maximum wait of `queue`). */
  | 'wait'
  /** The quiet time of a burst or an album. */
  | 'quiet'
  /** Silence of the contact, for `on_inactivity`. */
  | 'inactivity'
  /** The session duration of the connector. */
  | 'expiry'
  /** The next announcement to a contact who waits in a queue. */
  | 'announce'
  /** The connector's maximum wait in a queue that the safety net or an operator chose. */
  | 'queue'

/** Everything that can happen. A type carries only what the engine needs to decide. */
export type Event =
  /** An opening without a customer's text (rule 8). */
  | { readonly type: 'conversation_started'; readonly payload?: string; readonly language?: string }
  | { readonly type: 'message_received'; readonly message: InboundMessage }
  | { readonly type: 'message_edited'; readonly message_id: string; readonly text: string }
  | { readonly type: 'message_deleted'; readonly message_id: string }
  /** `press` is the channel's handle to answer the press with, where it has one. */
  | { readonly type: 'button_pressed'; readonly payload: string; readonly title?: string; readonly press?: string }
  | { readonly type: 'timer_fired'; readonly timer: TimerName; readonly wait: number }
  | { readonly type: 'queue_joined'; readonly wait: number; readonly queue: string; readonly position: number }
  | { readonly type: 'queue_refused'; readonly wait: number; readonly queue: string; readonly reason: 'full' | 'closed' | 'nobody_on_shift' }
  | { readonly type: 'queue_position'; readonly wait: number; readonly queue: string; readonly position: number }
  /** An API that a block called has answered, or cannot. */
  | { readonly type: 'http_answered'; readonly wait: number; readonly answer: HttpAnswer }
  | { readonly type: 'agent_joined'; readonly agent: Agent }
  | { readonly type: 'agent_said'; readonly agent: Agent; readonly text: string; readonly attachments?: readonly Attachment[] }
  | { readonly type: 'agent_noted'; readonly agent: Agent; readonly text: string }
  /** `ended`: the agent finished. `transferred`, `lost`, `silent`: back to a queue, at the front. */
  | { readonly type: 'agent_left'; readonly agent?: Agent; readonly cause: 'ended' | 'transferred' | 'lost' | 'silent'; readonly queue?: string }
  | { readonly type: 'contact_blocked' }
  | { readonly type: 'contact_unblocked' }
  /** The contact gave up: closed the chat for good. */
  | { readonly type: 'contact_left' }
  | { readonly type: 'contact_changed'; readonly fields?: Readonly<Record<string, Json>>; readonly tags?: readonly string[]; readonly language?: string }
  /** `level` says how far the failure reaches (rules 28, 29). `delivery` is the engine's number of it. */
  | {
      readonly type: 'delivery_failed'
      readonly delivery: number
      readonly block?: string
      readonly wait: number
      readonly level: 'message' | 'contact'
      readonly reason: string
    }
  /** An operator ends, restarts or hands over; `by` names who. */
  | { readonly type: 'conversation_closed'; readonly by: string; readonly outcome?: string }
  | { readonly type: 'conversation_restarted'; readonly by: string }
  | { readonly type: 'conversation_handed_over'; readonly by: string; readonly queue?: string }
  /** For a conversation that waits in `block` of version `from`: it goes on in `version`, or starts again in the live one. Too late, it changes nothing. */
  | {
      readonly type: 'conversation_moved'
      readonly by: string
      readonly flow: string
      readonly from: number
      readonly block: string
      readonly version: number
      readonly how: 'move' | 'restart'
    }

/** The name of an event's type. */
export type EventType = Event['type']

/** Values that survive JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
