/** Undo and redo: the flows that were, one a gesture. Flows share what did not change, so a step costs little. */
import type { Flow } from '../../server/engine/index.ts'
import type { Selection } from '../commands/command.ts'

/** What a step of undo brings back. */
export interface Moment {
  readonly flow: Flow
  readonly selection: Selection
}

/** The steps on both sides of now. */
export interface History {
  readonly past: readonly Moment[]
  readonly future: readonly Moment[]
  /** The gesture of the latest edit and when it last moved on, ms. */
  readonly gesture?: { readonly name: string; readonly at: number }
}

/** No steps. */
export const NO_HISTORY: History = { past: [], future: [] }

/** Edits of one gesture that are no further apart than this are one step. */
export const GESTURE_MS = 1000
const MOST_STEPS = 500

/** Remembers the moment before an edit; within a gesture the moment before its first edit stays. */
export function remember(history: History, before: Moment, at: number, gesture?: string): History {
  const goesOn = gesture !== undefined && history.gesture?.name === gesture && at - history.gesture.at <= GESTURE_MS && history.past.length > 0
  const past = goesOn ? history.past : [...history.past.slice(1 - MOST_STEPS), before]
  return { past, future: [], ...(gesture === undefined ? {} : { gesture: { name: gesture, at } }) }
}

/** One step back from `now`; undefined at the beginning. */
export function stepBack(history: History, now: Moment): { readonly moment: Moment; readonly history: History } | undefined {
  const moment = history.past.at(-1)
  return moment && { moment, history: { past: history.past.slice(0, -1), future: [now, ...history.future] } }
}

/** One step on from `now`; undefined at the end. */
export function stepOn(history: History, now: Moment): { readonly moment: Moment; readonly history: History } | undefined {
  const [moment, ...future] = history.future
  return moment && { moment, history: { past: [...history.past, now], future } }
}
