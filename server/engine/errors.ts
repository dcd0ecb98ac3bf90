/** Errors for people: a stable code, where, what, and what to do (house rule: `area.reason`). */

/** A refusal. `retry` says whether the same call can succeed later, so nobody guesses from the text. */
export class DomainError extends Error {
  readonly code: string
  readonly hint: string | undefined
  /** JSON Pointer or path of the thing that is wrong. */
  readonly at: string | undefined
  readonly retry: 'never' | 'later'
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    options: { message: string; hint?: string; at?: string; retry?: 'never' | 'later'; details?: Readonly<Record<string, unknown>>; cause?: unknown },
  ) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.hint = options.hint
    this.at = options.at
    this.retry = options.retry ?? 'never'
    this.details = options.details ?? {}
  }
}

/** What is wrong in a flow file: a lint result, never an exception. */
export interface Problem {
  /** The rule's name, stable: `unconnected_exit`, `unknown_block` … */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** JSON Pointer into the flow file. */
  readonly at: string
  /** The block it belongs to, if it does. */
  readonly block?: string
  /** A sentence for the person who draws. */
  readonly message: string
  /** What to do, as a sentence. */
  readonly hint?: string
  /** The shortest path to the problem, as block ids, where a path is the problem. */
  readonly path?: readonly string[]
}
