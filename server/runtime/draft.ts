/** A step under construction: a copy of the lane, the writes that make it true, and what to do once they are committed. */
import type { Store, StoredContact, StoredEvent, Timer, Write } from '../store/index.ts'
import { type LaneState, timerKey } from './lane.ts'

/** Mutable on purpose: nobody else sees it before its commit, and it is thrown away when that fails. */
export interface Draft {
  contact: { -readonly [column in keyof StoredContact]: StoredContact[column] }
  readonly timers: Map<string, Timer>
  unsettled: number[]
  waiting: StoredEvent[]
  readonly writes: Write[]
  /** Run after the commit: a step that rolled back must not send. */
  readonly after: (() => void)[]
  /** The contact's row has to be written. */
  touched: boolean
  /** Nothing comes after it that has to wait, so it may share somebody else's commit. */
  canWait: boolean
}

/** Starts a draft from what the lane knows. */
export function draftOf(state: LaneState): Draft {
  return {
    contact: { ...state.contact },
    timers: new Map(state.timers),
    unsettled: [...state.unsettled],
    waiting: [...state.waiting],
    writes: [],
    after: [],
    touched: false,
    canWait: false,
  }
}

/** A place to come back to when something inside a step throws. */
export type Mark = Pick<Draft, 'contact' | 'unsettled' | 'waiting' | 'touched'> & {
  readonly timers: ReadonlyMap<string, Timer>
  readonly writes: number
  readonly after: number
}

/** Remembers the draft as it is. */
export function markDraft(draft: Draft): Mark {
  return {
    contact: { ...draft.contact },
    timers: new Map(draft.timers),
    unsettled: [...draft.unsettled],
    waiting: [...draft.waiting],
    touched: draft.touched,
    writes: draft.writes.length,
    after: draft.after.length,
  }
}

/** Makes the draft what it was. */
export function returnTo(draft: Draft, mark: Mark): void {
  draft.contact = { ...mark.contact }
  draft.timers.clear()
  for (const [key, timer] of mark.timers) draft.timers.set(key, timer)
  draft.unsettled = [...mark.unsettled]
  draft.waiting = [...mark.waiting]
  draft.touched = mark.touched
  draft.writes.length = mark.writes
  draft.after.length = mark.after
}

/** Adds the contact's own row and gives what the lane will know once everything is committed. */
export function finishDraft(draft: Draft, store: Pick<Store, 'contacts'>): LaneState {
  const { contact, waiting } = draft
  if (draft.touched) {
    const isNew = contact.revision === 0
    contact.revision += 1
    contact.handled_seq = waiting.reduce((least, event) => Math.min(least, event.seq - 1), contact.last_seq)
    // First, so that a lost race is found before anything else is tried.
    draft.writes.unshift(...(isNew ? store.contacts.insert([contact]) : store.contacts.update([contact])))
  }
  return { contact, timers: draft.timers, unsettled: draft.unsettled, waiting }
}

/** Sets a timer in the draft and writes it. */
export function saveTimer(draft: Draft, store: Pick<Store, 'timers'>, timer: Timer): void {
  draft.timers.set(timerKey(timer.name, timer.slot), timer)
  draft.writes.push(...store.timers.save([timer]))
}

/** Removes a timer from the draft and its row; nothing when there is none. */
export function removeTimer(draft: Draft, store: Pick<Store, 'timers'>, name: string, slot: number): void {
  if (!draft.timers.delete(timerKey(name, slot))) return
  draft.writes.push(...store.timers.remove([{ contact: draft.contact.id, name, slot }]))
}
