/** What can be done in a lane: handle an event, or change something of the contact between two events. */
import type { Conversation, Event, TraceLine } from '../engine/index.ts'
import type { StoredEvent, Timer, Write } from '../store/index.ts'
import type { Draft } from './draft.ts'

/** What became of an event. `refused` says why it was not possible; the API answers 409. */
export interface Handled {
  readonly trace: readonly TraceLine[]
  readonly refused?: string
  /** Null when it came too late and left nothing behind. */
  readonly seq: number | null
}

/** Writes that depend on what the conversation became, and why. */
export type WritesAfter = (after: Conversation, trace: readonly TraceLine[]) => readonly Write[]

/** An event on its way into the log. */
export interface EventJob {
  readonly type: 'event'
  readonly event: Event
  readonly external_id: string | null
  readonly at: number
  readonly order_key: number | null
  readonly received_at: number
  readonly profile: StoredEvent['profile']
  /** True together with the event: with its acceptance, or, as a function, with its handling. */
  readonly writes: readonly Write[] | WritesAfter
  /** The timer that fires: it must still be due, and it goes when its event is handled. */
  readonly timer: Timer | null
  /** The event is durable: the messenger may forget it. */
  accepted(): void
  handled(result: Handled): void
  failed(error: unknown): void
}

/** A change that belongs between two events of the contact: a settled delivery, a receipt, a resend. */
export interface ChangeJob {
  readonly type: 'change'
  /** Adds writes to the draft; events it returns follow in the same commit. */
  apply(draft: Draft): readonly Event[]
  /** After the commit. */
  done(): void
  failed(error: unknown): void
}

export type Job = EventJob | ChangeJob
