/** Rule 25: a connector without sessions (`session_hours` -1) cannot use a flow that waits for messages. */
import type { Flow } from '../engine/index.ts'

/** Blocks that ask and wait for an answer. A branch only waits when there is no message, and such a session begins with one. */
const ASKING = new Set(['question', 'menu', 'listen', 'rate'])

/** The id of the first block that waits for a message of the contact; undefined when none does. */
export function waitsForMessages(flow: Flow): string | undefined {
  return Object.entries(flow.blocks).find(([, block]) => ASKING.has(block.type) || (block.type === 'wait' && block.exits?.message !== undefined))?.[0]
}
