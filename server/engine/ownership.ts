/** Who may do what: the ownership table (rule 23) as data, state by event. `advance.ts` carries it out. */
import type { EventType } from './event.ts'
import type { Owner } from './session.ts'

/** What an event means for an owner. */
export type Handling =
  /** Opens the conversation and starts a session. */
  | 'open'
  /** Starts the session anew (`/start`). */
  | 'start_anew'
  /** A message for the flow, or for the flow that runs while the queue waits. */
  | 'message'
  | 'queued_message'
  | 'press'
  /** Only shown: on record, nobody's turn changes. */
  | 'show'
  | 'edit'
  | 'timer'
  | 'queue_news'
  | 'answer'
  | 'take_over'
  | 'accept'
  | 'say'
  | 'note'
  | 'agent_leaves'
  | 'mark'
  | 'contact_gone'
  | 'change_contact'
  | 'failed_delivery'
  | 'close'
  | 'restart'
  | 'hand_over'
  | 'move'
  /** Late or out of place, nobody asked: a trace line. */
  | 'ignore'
  /** Somebody asked for it: a trace line, and 409 from the API. */
  | 'refuse'

/** Every owner, every event. */
export const OWNERSHIP: Readonly<Record<Owner, Readonly<Record<EventType, Handling>>>> = {
  nobody: {
    conversation_started: 'open',
    message_received: 'open',
    message_edited: 'show',
    message_deleted: 'show',
    button_pressed: 'press',
    timer_fired: 'ignore',
    queue_joined: 'ignore',
    queue_refused: 'ignore',
    queue_position: 'ignore',
    http_answered: 'ignore',
    agent_joined: 'refuse',
    agent_said: 'refuse',
    agent_noted: 'note',
    agent_left: 'refuse',
    contact_blocked: 'mark',
    contact_unblocked: 'mark',
    contact_left: 'ignore',
    contact_changed: 'change_contact',
    delivery_failed: 'failed_delivery',
    conversation_closed: 'refuse',
    conversation_restarted: 'refuse',
    conversation_handed_over: 'refuse',
    conversation_moved: 'refuse',
  },
  flow: {
    conversation_started: 'start_anew',
    message_received: 'message',
    message_edited: 'edit',
    message_deleted: 'edit',
    button_pressed: 'press',
    timer_fired: 'timer',
    queue_joined: 'ignore',
    queue_refused: 'ignore',
    queue_position: 'ignore',
    http_answered: 'answer',
    agent_joined: 'take_over',
    agent_said: 'refuse',
    agent_noted: 'note',
    agent_left: 'refuse',
    contact_blocked: 'mark',
    contact_unblocked: 'mark',
    contact_left: 'show',
    contact_changed: 'change_contact',
    delivery_failed: 'failed_delivery',
    conversation_closed: 'close',
    conversation_restarted: 'restart',
    conversation_handed_over: 'hand_over',
    conversation_moved: 'move',
  },
  queue: {
    conversation_started: 'show',
    message_received: 'queued_message',
    message_edited: 'edit',
    message_deleted: 'edit',
    button_pressed: 'press',
    timer_fired: 'timer',
    queue_joined: 'queue_news',
    queue_refused: 'queue_news',
    queue_position: 'queue_news',
    http_answered: 'answer',
    agent_joined: 'accept',
    agent_said: 'refuse',
    agent_noted: 'note',
    agent_left: 'refuse',
    contact_blocked: 'contact_gone',
    contact_unblocked: 'mark',
    contact_left: 'contact_gone',
    contact_changed: 'change_contact',
    delivery_failed: 'failed_delivery',
    conversation_closed: 'close',
    conversation_restarted: 'restart',
    conversation_handed_over: 'hand_over',
    conversation_moved: 'move',
  },
  agent: {
    conversation_started: 'show',
    message_received: 'show',
    message_edited: 'show',
    message_deleted: 'show',
    button_pressed: 'show',
    timer_fired: 'timer',
    queue_joined: 'ignore',
    queue_refused: 'ignore',
    queue_position: 'ignore',
    http_answered: 'ignore',
    agent_joined: 'refuse',
    agent_said: 'say',
    agent_noted: 'note',
    agent_left: 'agent_leaves',
    contact_blocked: 'contact_gone',
    contact_unblocked: 'mark',
    contact_left: 'contact_gone',
    contact_changed: 'change_contact',
    delivery_failed: 'failed_delivery',
    conversation_closed: 'close',
    conversation_restarted: 'restart',
    conversation_handed_over: 'hand_over',
    conversation_moved: 'move',
  },
}
