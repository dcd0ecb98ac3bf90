/** Timers: rows wake their lanes when they are due. Memory holds hints for the near future only; the row decides. */
import type { Store, Timer } from '../store/index.ts'
import { checkpoint } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

/** Wakes lanes. */
export interface Timers {
  /** Reads what is due soon; what was due before the start waits for `graceMs` (rule 18). */
  start(): Promise<void>
  /** A timer that was just committed. */
  schedule(timer: Timer): void
  stop(): void
}

export interface TimerOptions {
  readonly store: Store
  readonly log: Log
  readonly graceMs: number
  readonly clock: Clock
  /** Hands the timer to its lane; rejects when the store is down. */
  fire(timer: Timer): Promise<void>
  /** Milliseconds after `due_at`. */
  observeLate(ms: number): void
}

/** How far ahead memory looks, and how long before its end it looks again. */
const AHEAD_MS = 120_000
const LOOK_AGAIN_MS = 60_000
/** After the store was down. */
const TRY_AGAIN_MS = 1000
/** Timers that are on their way into lanes at the same time. */
const MOST_FIRING = 200

interface Hint {
  readonly timer: Timer
  readonly at: number
}

/** Makes the clockwork. */
export function createTimers(options: TimerOptions): Timers {
  const { store, log, clock } = options
  const { now } = clock
  const hints = createHeap()
  let lookedUntil = Number.NEGATIVE_INFINITY
  let startedAt = 0
  let callOffAlarm = () => {}
  let callOffLook = () => {}
  let firing = 0
  let stopped = false

  function add(timer: Timer): void {
    const { due_at } = timer
    if (due_at === null || due_at >= lookedUntil) return
    hints.push({ timer, at: due_at < startedAt ? startedAt + options.graceMs : due_at })
  }

  function setAlarm(): void {
    callOffAlarm()
    const next = hints.peek()
    if (!next || stopped) return
    callOffAlarm = clock.after(Math.max(0, next.at - now()), ring)
  }

  function ring(): void {
    for (let next = hints.peek(); next && next.at <= now() && firing < MOST_FIRING; next = hints.peek()) {
      hints.pop()
      void fire(next)
    }
    if (firing < MOST_FIRING) setAlarm()
  }

  async function fire({ timer }: Hint): Promise<void> {
    firing++
    checkpoint('timer.before_fire')
    try {
      await options.fire(timer)
      options.observeLate(Math.max(0, now() - Math.max(timer.due_at ?? 0, startedAt)))
    } catch (error) {
      if (stopped) return
      log.warn({ err: error, contact: timer.contact, timer: timer.name }, 'A timer could not fire; it is tried again.')
      hints.push({ timer, at: now() + TRY_AGAIN_MS })
    } finally {
      firing--
      setAlarm()
    }
  }

  async function look(): Promise<void> {
    const until = now() + AHEAD_MS
    const from = lookedUntil
    // Before the read: what is committed meanwhile is either read or scheduled, and a second hint does no harm.
    lookedUntil = until
    try {
      for (const timer of await store.timers.due(from === Number.NEGATIVE_INFINITY ? 0 : from, until)) add(timer)
    } catch (error) {
      lookedUntil = from
      log.warn({ err: error }, 'Timers could not be read; trying again.')
    }
    setAlarm()
    if (!stopped) callOffLook = clock.after(lookedUntil === until ? LOOK_AGAIN_MS : TRY_AGAIN_MS, () => void look())
  }

  return {
    start: async () => {
      startedAt = now()
      await look()
    },
    schedule: timer => {
      add(timer)
      if (hints.peek()?.timer === timer) setAlarm()
    },
    stop: () => {
      stopped = true
      callOffAlarm()
      callOffLook()
    },
  }
}

/** Earlier first; of several due at once the block's own (`wait`) goes first and announcements last, as in virtual time. */
function isBefore(one: Hint, other: Hint): boolean {
  if (one.at !== other.at) return one.at < other.at
  const [due, otherDue] = [one.timer.due_at ?? 0, other.timer.due_at ?? 0]
  return due === otherDue ? one.timer.name > other.timer.name : due < otherDue
}

/** A binary heap: the soonest hint first. */
function createHeap() {
  const hints: Hint[] = []
  const goesBefore = (i: number, j: number) => {
    const [one, other] = [hints[i], hints[j]]
    return one !== undefined && (other === undefined || isBefore(one, other))
  }
  const swap = (i: number, j: number) => {
    const [a, b] = [hints[i], hints[j]]
    if (a && b) {
      hints[i] = b
      hints[j] = a
    }
  }
  return {
    peek: () => hints[0],
    push: (hint: Hint) => {
      let i = hints.push(hint) - 1
      for (let parent = (i - 1) >> 1; i > 0 && goesBefore(i, parent); i = parent, parent = (i - 1) >> 1) swap(i, parent)
    },
    pop: () => {
      const last = hints.pop()
      if (!last || hints.length === 0) return
      hints[0] = last
      let i = 0
      while (true) {
        const left = 2 * i + 1
        const least = goesBefore(left + 1, left) ? left + 1 : left
        if (!goesBefore(least, i)) return
        swap(i, least)
        i = least
      }
    },
  }
}
