/** The one place that makes an HTTP answer of an error. */
import { DomainError, type Problem } from '../engine/index.ts'
import { LostRace } from '../store/index.ts'

/** An HTTP refusal. */
export interface ErrorAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: {
    readonly error: { readonly code: string; readonly message: string; readonly hint: string; readonly at: string }
    readonly problems?: readonly Problem[]
  }
  /** Ours to repair: log it. */
  readonly isBug: boolean
}

/** Statuses of codes that do not follow the rule of `statusOf`. */
const STATUS: Readonly<Record<string, number>> = {
  'request.malformed_json': 400,
  'request.wrong_parameter': 400,
  'request.aborted': 400,
  'request.no_key': 401,
  'request.wrong_key': 401,
  'request.wrong_scope': 403,
  'request.foreign_origin': 403,
  'request.not_found': 404,
  'request.wrong_method': 405,
  'request.too_large': 413,
  'request.too_many': 429,
  'request.wrong_content_type': 415,
  'store.bad_cursor': 400,
  'store.down': 503,
  'flow.unknown': 404,
  'flow.unknown_version': 404,
  'flow.exists': 409,
  'flow.no_counterpart': 409,
  'flow.in_use': 409,
  'flow.stale_draft': 412,
  'flow.stale_tests': 412,
  'connector.unknown': 404,
  'connector.account_taken': 409,
  'connector.polling': 409,
  'conversation.unknown': 404,
  'conversation.refused': 409,
  'queue.unknown': 404,
  'queue.in_use': 409,
  'delivery.unknown': 404,
  'delivery.not_failed': 409,
  'key.unknown': 404,
  'secret.unknown': 404,
  'sign_in.refused': 401,
  'sign_in.too_many': 429,
  'welcome.dead_link': 404,
  'user.unknown': 404,
  'user.email_taken': 409,
  'user.last_administrator': 409,
  'file.unknown': 404,
  'webchat.unknown_connector': 404,
  'webchat.foreign_origin': 403,
  'webchat.no_visitor': 401,
  'webchat.wrong_shape': 400,
  'webchat.too_many': 429,
}

/** Seconds after which a caller may try again when the store is down. */
export const RETRY_AFTER_S = 5

/** The answer to an error. `path` is where it happened when the error does not say more. */
export function answerOf(error: unknown, path: string): ErrorAnswer {
  if (error instanceof DomainError) {
    const status = statusOf(error)
    const { problems, allow } = error.details
    return {
      status,
      headers: {
        ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
        ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
        ...(typeof allow === 'string' ? { allow } : {}),
      },
      body: {
        error: { code: error.code, message: error.message, hint: error.hint ?? hintOf(status), at: error.at ?? path },
        // Only flows.ts puts problems there.
        ...(Array.isArray(problems) ? { problems: problems as readonly Problem[] } : {}),
      },
      isBug: false,
    }
  }
  const refusal = refusalOfReader(error)
  if (refusal) return answerOf(refusal, path)
  if (error instanceof LostRace) {
    const message = 'Somebody else changed this at the same moment.'
    return answerOf(new DomainError('request.lost_race', { message, hint: 'Read it again and repeat the call.', retry: 'later' }), path)
  }
  return {
    status: 500,
    headers: {},
    body: { error: { code: 'server.failed', message: 'The server made a mistake.', hint: 'The log of the server says more.', at: path } },
    isBug: true,
  }
}

/** What Express and its body readers throw. */
function refusalOfReader(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof URIError) return notFound()
  const type = 'type' in error ? error.type : undefined
  if (type === 'entity.too.large') return tooLarge('limit' in error && typeof error.limit === 'number' ? error.limit : undefined)
  if (type === 'request.aborted' || type === 'request.size.invalid')
    return new DomainError('request.aborted', { message: 'The body ended early.', hint: 'Send it again.' })
  if (type === 'encoding.unsupported')
    return new DomainError('request.wrong_content_type', { message: 'The encoding of the body is not known.', hint: 'Send it as it is, or with gzip.' })
  return undefined
}

/** Nothing is at this address. */
export function notFound(): DomainError {
  return new DomainError('request.not_found', {
    message: 'There is nothing at this address.',
    hint: 'The calls of the API are described in schemas/openapi.json.',
  })
}

/** More bytes than a body may have. */
export function tooLarge(limit: number | undefined): DomainError {
  const most = limit === undefined ? 'it may be' : `${Math.floor(limit / 1_000_000)} MB`
  return new DomainError('request.too_large', { message: `The body is larger than ${most}.`, hint: 'Send less at once.' })
}

function statusOf(error: DomainError): number {
  const known = STATUS[error.code]
  if (known !== undefined) return known
  if (error.code === 'request.lost_race') return 409
  // A vendor or a network that may do better later is not the caller's fault.
  return error.retry === 'later' ? 502 : 422
}

function hintOf(status: number): string {
  if (status === 404) return 'Check the id; the list of them is one level up.'
  if (status === 502 || status === 503) return 'Try again later.'
  return 'Correct it and repeat the call.'
}
