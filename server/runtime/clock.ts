/** The runtime's only way to time: what the hour is, and being called later. Tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls `run` once after `ms`; the answer calls it off. */
  after(ms: number, run: () => void): () => void
}

/** `setTimeout` fires at once above this; longer waits are cut and asked again by whoever waits. */
const LONGEST_MS = 2_147_483_647

/** The machine's clock. A waiting call does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timeout = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_MS)).unref()
    return () => clearTimeout(timeout)
  },
}
