/** Ways in which the Bot API fails, and the rules that say which calls do. */

/** One way to fail: an answer of the API, an answer of something in front of it, or no answer. */
export type Failure =
  | { readonly type: 'error'; readonly error_code: number; readonly description: string; readonly parameters?: Readonly<Record<string, number>> }
  | { readonly type: 'too_many'; readonly retry_after: number }
  /** A page of a proxy instead of JSON. */
  | { readonly type: 'html'; readonly status: number }
  /** The connection breaks before the call took effect, or after: then the message was sent and nobody is told. */
  | { readonly type: 'reset'; readonly when: 'before' | 'after' }
  /** No answer until the caller gives up; nothing was sent. */
  | { readonly type: 'hang' }

/** Which calls fail. Absent conditions fit every call; `times` counts down (default 1, 0 is for ever); `every` fails only each nth fitting call. */
export interface FailRule {
  readonly method?: string
  readonly chat?: number | string
  readonly times?: number
  readonly every?: number
  readonly fail: Failure
}

/** Ready-made failures with the vendor's words. */
export const failures = {
  tooMany: (retry_after: number): Failure => ({ type: 'too_many', retry_after }),
  internal: { type: 'error', error_code: 500, description: 'Internal Server Error' },
  badGateway: { type: 'html', status: 502 },
  resetBefore: { type: 'reset', when: 'before' },
  resetAfter: { type: 'reset', when: 'after' },
  hang: { type: 'hang' },
  blocked: { type: 'error', error_code: 403, description: 'Forbidden: bot was blocked by the user' },
  unauthorized: { type: 'error', error_code: 401, description: 'Unauthorized' },
  notFound: { type: 'error', error_code: 404, description: 'Not Found' },
  badRequest: (description: string): Failure => ({ type: 'error', error_code: 400, description: `Bad Request: ${description}` }),
  migrated: (to: number): Failure => ({
    type: 'error',
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: to },
  }),
} as const satisfies Record<string, Failure | ((argument: never) => Failure)>

/** The rules in force, oldest first. */
export class FailRules {
  private readonly rules: { rule: FailRule; left: number; seen: number }[] = []

  add(rule: FailRule): void {
    this.rules.push({ rule, left: rule.times ?? 1, seen: 0 })
  }

  clear(): void {
    this.rules.length = 0
  }

  /** The failure for this call, if one fits. */
  take(method: string, chat: string | undefined): Failure | undefined {
    for (const [index, entry] of this.rules.entries()) {
      const { rule } = entry
      if (rule.method !== undefined && rule.method.toLowerCase() !== method) continue
      if (rule.chat !== undefined && String(rule.chat) !== chat) continue
      entry.seen += 1
      if (rule.every !== undefined && entry.seen % rule.every !== 0) continue
      if (entry.left > 0 && --entry.left === 0) this.rules.splice(index, 1)
      return rule.fail
    }
    return undefined
  }
}
