/** Token buckets: how fast may be sent (rule 6). */

/** A bucket; `perSecond` 0 never holds anything back. */
export interface Bucket {
  /** Milliseconds until one may be taken; 0: now. */
  waitMs(now: number): number
  take(now: number): void
  /** Nothing was taken for so long that a new bucket would be the same. */
  isFull(now: number): boolean
}

/** Makes a full bucket. */
export function createBucket(perSecond: number, burst: number): Bucket {
  if (perSecond <= 0) return { waitMs: () => 0, take: () => {}, isFull: () => true }
  const most = Math.max(1, burst)
  let tokens = most
  let filledAt = 0
  const fill = (now: number) => {
    if (now > filledAt) tokens = Math.min(most, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = Math.max(filledAt, now)
  }
  return {
    waitMs: now => {
      fill(now)
      // Rounded up to whole milliseconds, so that the wake-up is never just too early.
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
    },
    take: now => {
      fill(now)
      tokens -= 1
    },
    isFull: now => {
      fill(now)
      return tokens >= most
    },
  }
}
