/** Chance that can be repeated: everything random in a conversation comes from a seed on record (rule 38). */

/** A 32-bit seed from a conversation and the number of its event (FNV-1a). */
export function seedOf(conversation: string, seq: number): number {
  let hash = 0x811c9dc5
  const text = `${conversation}#${seq}`
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** A generator of values from 0 to below 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
