/**
 * One connector's sender: in order per contact, contacts side by side (rules 6, 28, 30). The next delivery of a contact goes
 * only after the outcome of the one before is committed, so a crash can repeat the one in flight and never change the order.
 */
import type { Delivery, Rate } from '../store/index.ts'
import type { Clock } from './clock.ts'
import { type Bucket, createBucket } from './pacing.ts'

/** What a try of the head came to. */
export type Tried =
  /** Settled: the next one may go. */
  | { readonly type: 'next' }
  /** Same head again, not before `at`. `pause`: nor anything else of the connector. */
  | { readonly type: 'again'; readonly at: number; readonly delivery: Delivery; readonly pause: boolean }
  /** The account is broken: nothing goes until `resume`. */
  | { readonly type: 'stop' }

export interface SenderOptions {
  readonly clock: Clock
  readonly rate: Rate
  readonly mostInFlight: number
  /** Nothing before this time. */
  readonly pausedUntil: number
  /** Sends the head and commits what became of it. Never rejects. */
  attempt(delivery: Delivery): Promise<Tried>
  /** The head has typing time before it: shows typing, best effort. */
  showTyping(delivery: Delivery): void
}

/** A sender. */
export interface Sender {
  add(deliveries: readonly Delivery[]): void
  /** Drops deliveries of a contact that were settled without sending. */
  drop(contact: string, n: readonly number[]): void
  /** Holds everything until `resume`. */
  stop(): void
  resume(): void
  setRate(rate: Rate): void
  pauseUntil(time: number): void
  queued(): number
  oldest(): number | null
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>
}

interface Line {
  readonly contact: string
  deliveries: Delivery[]
  busy: boolean
  /** The head waits until then. */
  notBefore: number
  /** The head whose typing was shown already. */
  typed: number
  bucket: Bucket | null
  ready: boolean
}

/** Typing longer than this would look like somebody who fell asleep. */
const LONGEST_TYPING_MS = 20_000

/** Makes a sender. */
export function createSender(options: SenderOptions): Sender {
  const { clock } = options
  const lines = new Map<string, Line>()
  const ready: Line[] = []
  let rate = options.rate
  let account = createBucket(rate.per_second, rate.burst)
  let pausedUntil = options.pausedUntil
  let stopped = false
  let inFlight = 0
  let queued = 0
  let callOffWake = () => {}
  let told: (() => void)[] = []

  /** Puts a line where it belongs: among the ready ones, or asleep until its head may go. */
  function place(line: Line): void {
    const [head] = line.deliveries
    if (line.busy || line.ready) return
    if (!head) {
      // A bucket that is not full yet must be remembered, or a contact could be written to faster than allowed.
      if (!line.bucket || line.bucket.isFull(clock.now())) lines.delete(line.contact)
      else clock.after(line.bucket.waitMs(clock.now()) + 1000, () => place(line))
      return
    }
    if (head.typing_ms > 0 && line.typed !== head.n) {
      line.typed = head.n
      line.notBefore = Math.max(line.notBefore, clock.now() + Math.min(head.typing_ms, LONGEST_TYPING_MS))
      options.showTyping(head)
    }
    const now = clock.now()
    const waitMs = Math.max(line.notBefore - now, (head.retry_at ?? 0) - now, line.bucket?.waitMs(now) ?? 0)
    if (waitMs > 0) {
      clock.after(waitMs, () => {
        place(line)
        pump()
      })
      return
    }
    line.ready = true
    ready.push(line)
  }

  function pump(): void {
    while (!stopped && ready.length > 0 && inFlight < options.mostInFlight) {
      const now = clock.now()
      const waitMs = Math.max(pausedUntil - now, account.waitMs(now))
      if (waitMs > 0) {
        callOffWake()
        callOffWake = clock.after(waitMs, pump)
        return
      }
      const line = ready.shift()
      if (!line) return
      line.ready = false
      const [head] = line.deliveries
      if (head) void send(line, head)
    }
  }

  async function send(line: Line, head: Delivery): Promise<void> {
    const now = clock.now()
    line.busy = true
    inFlight++
    account.take(now)
    line.bucket?.take(now)
    const tried = await options.attempt(head)
    inFlight--
    line.busy = false
    // A failed contact may have dropped the line's deliveries meanwhile.
    const index = line.deliveries.findIndex(delivery => delivery.n === head.n)
    if (tried.type === 'next' && index >= 0) {
      line.deliveries.splice(index, 1)
      queued--
    } else if (tried.type === 'again') {
      if (index >= 0) line.deliveries[index] = tried.delivery
      line.notBefore = tried.at
      if (tried.pause) pausedUntil = Math.max(pausedUntil, tried.at)
    } else if (tried.type === 'stop') stopped = true
    place(line)
    pump()
    if (inFlight === 0) {
      const waiting = told
      told = []
      for (const tell of waiting) tell()
    }
  }

  return {
    add: deliveries => {
      for (const delivery of deliveries) {
        let line = lines.get(delivery.contact)
        if (!line) {
          const bucket = rate.per_contact > 0 ? createBucket(rate.per_contact, rate.per_contact_burst) : null
          line = { contact: delivery.contact, deliveries: [], busy: false, notBefore: 0, typed: 0, bucket, ready: false }
          lines.set(delivery.contact, line)
        }
        line.deliveries.push(delivery)
        queued++
        if (line.deliveries.length === 1) place(line)
      }
      pump()
    },
    drop: (contact, numbers) => {
      const line = lines.get(contact)
      if (!line) return
      const before = line.deliveries.length
      line.deliveries = line.deliveries.filter(delivery => !numbers.includes(delivery.n))
      queued -= before - line.deliveries.length
    },
    stop: () => {
      stopped = true
    },
    resume: () => {
      stopped = false
      pump()
    },
    setRate: next => {
      if (JSON.stringify(next) === JSON.stringify(rate)) return
      rate = next
      account = createBucket(rate.per_second, rate.burst)
      for (const line of lines.values()) line.bucket = rate.per_contact > 0 ? createBucket(rate.per_contact, rate.per_contact_burst) : null
      pump()
    },
    pauseUntil: time => {
      pausedUntil = time
      pump()
    },
    queued: () => queued,
    oldest: () => {
      let oldest: number | null = null
      for (const line of lines.values()) {
        const at = line.deliveries[0]?.decided_at
        if (at !== undefined && (oldest === null || at < oldest)) oldest = at
      }
      return oldest
    },
    idle: () => (inFlight === 0 ? Promise.resolve() : new Promise(resolve => told.push(resolve))),
  }
}
