/** A lane: everything about one contact that a step reads, in memory while the contact is busy or was lately (rule 3). */
import { type Contact, newConversation } from '../engine/index.ts'
import type { Store, StoredContact, StoredEvent, Timer } from '../store/index.ts'

/** What a lane knows. A step works on a copy and the lane takes it over once it is committed. */
export interface LaneState {
  readonly contact: StoredContact
  /** By `timerKey`. */
  readonly timers: ReadonlyMap<string, Timer>
  /** Numbers of deliveries that are neither sent nor failed, ascending. */
  readonly unsettled: readonly number[]
  /** Accepted and not handled. */
  readonly waiting: readonly StoredEvent[]
}

/** The key of a timer in its lane. */
export function timerKey(name: string, slot: number): string {
  return slot === 0 ? name : `${name}#${slot}`
}

/** Reads the lanes of contacts that were just read. */
export async function readLanes(store: Store, contacts: readonly StoredContact[]): Promise<LaneState[]> {
  if (contacts.length === 0) return []
  const ids = contacts.map(contact => contact.id)
  const behind = contacts.filter(contact => contact.last_seq > contact.handled_seq)
  const [timers, deliveries, waiting] = await Promise.all([store.timers.of(ids), store.deliveries.queuedOf(ids), store.events.waiting(behind)])
  return contacts.map(contact => ({
    contact,
    timers: new Map(timers.flatMap(timer => (timer.contact === contact.id ? [[timerKey(timer.name, timer.slot), timer]] : []))),
    unsettled: deliveries.flatMap(delivery => (delivery.contact === contact.id ? [delivery.n] : [])),
    waiting: waiting.filter(event => event.contact === contact.id),
  }))
}

/** The lane of somebody who writes for the first time; `revision` 0 says that there is no row yet. */
export function newLane(connector: string, address: string, contact: Contact, now: number): LaneState {
  return {
    contact: {
      id: contact.id,
      connector,
      address,
      conversation: newConversation(contact),
      revision: 0,
      last_seq: 0,
      handled_seq: 0,
      steps: 0,
      last_now: 0,
      last_delivery: 0,
      crashes: 0,
      erased_at: null,
      created_at: now,
    },
    timers: new Map(),
    unsettled: [],
    waiting: [],
  }
}
