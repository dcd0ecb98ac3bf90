/** Trace: why a conversation went the way it went, in words for the person who drew the flow. */

/** What a line is about; the canvas lights `left` lines, operators read the rest. */
export type TraceKind =
  /** A block was left by `exit`. */
  | 'left'
  /** A block waits. */
  | 'waits'
  /** Something arrived that changes nothing (late timer, old button, refused by the owner). */
  | 'ignored'
  /** A message was kept, dropped or taken. */
  | 'message'
  /** The owner changed or the conversation opened or closed. */
  | 'owner'
  /** Something failed inside the flow. `code` says what. */
  | 'failed'

/** Code of the line that ends a session without an exit of the block it was in: closed, taken over, put into a queue, begun anew. */
export const SESSION_ENDED = 'session.ended'

/** Code of the line that says why a conversation was not moved to another version. */
export const NOT_MOVED = 'conversation.not_moved'

const CLOSES = 'The conversation closes:'

/** The line that says that a conversation closes, and how. */
export function closingLine(outcome: string): TraceLine {
  return { kind: 'owner', why: `${CLOSES} ${outcome}.`, code: SESSION_ENDED }
}

/** Whether a line says that the conversation closes. */
export function isClosingLine({ kind, why }: TraceLine): boolean {
  return kind === 'owner' && why?.startsWith(CLOSES) === true
}

/** One line of a trace. */
export interface TraceLine {
  readonly kind: TraceKind
  /** The flow, when it is not the session's own (called flows). */
  readonly flow?: string
  readonly block?: string
  readonly exit?: string
  readonly why?: string
  readonly code?: string
}
