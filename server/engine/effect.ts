/** Effects: what the engine asks the runtime to do, as plain data in the imperative. */
import type { AttachmentKind, Location, TimerName } from './event.ts'
import type { HttpCall } from './http-call.ts'

/** A button as a channel sends it; `payload` is at most 64 bytes of ASCII (rule 13). */
export interface Button {
  readonly label: string
  /** Comes back in `button_pressed`; absent for a button that opens `url`. */
  readonly payload?: string
  readonly url?: string
}

/** One message as the channel can send it: already split and adapted to the channel's abilities. */
export interface OutboundMessage {
  readonly text?: string
  readonly attachment?: { readonly kind: AttachmentKind; readonly url?: string; readonly file?: string; readonly name?: string }
  readonly location?: Location
  readonly buttons?: readonly Button[]
  /** Number of the delivery whose message this one takes the place of, where the channel can (rule 30). */
  readonly replaces?: number
}

/** Who a message speaks for. `announcement` expires soon when it cannot be sent. */
export type DeliveryKind = 'message' | 'announcement' | 'agent' | 'fallback'

/** Everything the engine can ask for. The runtime has one handler a type and does not compile without it. */
export type Effect =
  /** One logical message; `parts` go in order, each with its own vendor id. Numbers count up from `delivery` for each part. */
  | {
      readonly type: 'send'
      readonly delivery: number
      readonly kind: DeliveryKind
      readonly parts: readonly OutboundMessage[]
      /** The block that decided it; absent for agents and the safety net. */
      readonly block?: string
      readonly wait: number
      /** Milliseconds of typing before the first part; belongs to the delivery, never to the engine (rule 15). */
      readonly typing_ms?: number
    }
  /** Best effort, outside the ordered outbox (rule 15). */
  | { readonly type: 'answer_press'; readonly press: string; readonly text?: string }
  /** Replaces a timer of the same name. With `after_deliveries` it runs in full once everything decided before it was sent or failed (rule 18). */
  | { readonly type: 'start_timer'; readonly timer: TimerName; readonly wait: number; readonly delay_ms: number; readonly after_deliveries: boolean }
  | { readonly type: 'cancel_timer'; readonly timer: TimerName }
  /** An interrupted wait: its timer keeps the time left until it is resumed under the same name (rule 19). */
  | { readonly type: 'pause_timer'; readonly timer: TimerName; readonly slot: number }
  | { readonly type: 'resume_timer'; readonly timer: TimerName; readonly slot: number; readonly wait: number }
  /** Drops every timer of the conversation, paused ones too. */
  | { readonly type: 'cancel_all_timers' }
  /** `since` (ms) is the original waiting time; `front` keeps a returned conversation first (rule 23). `force`: even when closed or full (rule 24). */
  | {
      readonly type: 'join_queue'
      readonly queue: string
      readonly wait: number
      readonly priority: number
      readonly since: number
      readonly front: boolean
      readonly force: boolean
    }
  | { readonly type: 'leave_queue'; readonly queue: string; readonly cause: 'timeout' | 'left' | 'refused' | 'joined' | 'moved' | 'closed' }
  /** Asks for a `queue_position` event. */
  | { readonly type: 'ask_position'; readonly queue: string; readonly wait: number }
  /** Calls an API and asks for an `http_answered` event; over when the wait of this number is. */
  | { readonly type: 'call_http'; readonly wait: number; readonly block: string; readonly call: HttpCall }
  /** A line for agents and operators, never sent to the contact. */
  | { readonly type: 'note'; readonly text: string }

export type EffectType = Effect['type']
