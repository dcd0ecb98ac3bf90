/** Bounds that keep one conversation from harming the rest (rule 27), and what a session may hold (rules 10, 11). */
export const GUARDS = {
  /** Blocks in a step without waiting. */
  blocks: 1000,
  /** Messages decided in a step. */
  sends: 20,
  /** Characters of a session as JSON. */
  session: 64 * 1024,
  /** Characters of a variable as JSON. */
  variable: 8 * 1024,
  /** Interrupted and calling frames. */
  depth: 20,
  /** Messages a minute of a contact that are run. */
  messages_a_minute: 30,
  /** Kept messages and their characters. */
  kept: 20,
  kept_text: 16 * 1024,
  /** A burst: parts, characters, duration (ms), and the quiet time of an album (ms). */
  burst_parts: 10,
  burst_text: 16 * 1024,
  burst_ms: 60_000,
  album_quiet_ms: 1000,
  /** Reusable menus that a session remembers. */
  menus: 10,
} as const
