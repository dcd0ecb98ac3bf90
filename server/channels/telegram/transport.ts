/**
 * What grammY needs of `fetch`, straight on a keep-alive pool: a call costs about a third of the processor time of node-fetch, grammY's own
 * choice. Its client reads nothing but `json()` of the answer.
 */
import type { Readable } from 'node:stream'
import type { Dispatcher, Pool } from 'undici'

/** What grammY's client hands over: a JSON text, or a multipart stream. */
interface Call {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Readable
  readonly signal: AbortSignal
}

/** An answer in the form of the Bot API, whoever gave it. */
type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error_code: number; readonly description: string; readonly parameters?: { readonly retry_after?: number } }

/** The fetch of `connectFetch`. */
type Fetch = (address: string, call: Call) => Promise<{ json(): Answer }>

/** A fetch for grammY's client on this pool; every address begins with the pool's `origin`. */
export function connectFetch(pool: Pool, origin: string): Fetch {
  return (address, call) =>
    new Promise((resolve, reject) => {
      const reader = new AnswerReader(answer => resolve({ json: () => answer }), reject, call.signal)
      const headers = ['content-type', call.headers['content-type'] ?? 'application/json']
      pool.dispatch({ method: 'POST', path: address.slice(origin.length), headers, body: call.body }, reader)
    })
}

/** Collects one answer, and breaks the connection when the call is aborted. */
class AnswerReader implements Dispatcher.DispatchHandler {
  private readonly resolve: (answer: Answer) => void
  private readonly reject: (error: Error) => void
  private readonly signal: AbortSignal
  private readonly chunks: Buffer[] = []
  private controller: Dispatcher.DispatchController | undefined
  private status = 0
  private retryAfter: unknown

  constructor(resolve: (answer: Answer) => void, reject: (error: Error) => void, signal: AbortSignal) {
    this.resolve = resolve
    this.reject = reject
    this.signal = signal
    if (signal.aborted) this.abort()
    else signal.addEventListener('abort', this.abort)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // Aborted while it waited for a connection: it must not go out now, its caller already counts it as unsent.
    if (this.signal.aborted) controller.abort(new Error('aborted'))
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    this.status = status
    this.retryAfter = headers['retry-after']
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.signal.removeEventListener('abort', this.abort)
    const only = this.chunks.length === 1 ? this.chunks[0] : undefined
    this.resolve(readAnswer(this.status, this.retryAfter, (only ?? Buffer.concat(this.chunks)).toString('utf8')))
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.signal.removeEventListener('abort', this.abort)
    this.reject(error)
  }

  private readonly abort = (): void => {
    const error = new Error('aborted')
    this.reject(error)
    this.controller?.abort(error)
  }
}

/**
 * A page of a proxy is not Telegram's word on anything: a 403 of it must not mark the contact as gone, so it counts as a passing trouble
 * of the way there. Only "too fast" is believed of anybody.
 */
function readAnswer(status: number, retryAfter: unknown, text: string): Answer {
  const answer = parseAnswer(text)
  const seconds = typeof retryAfter === 'string' && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined
  if (answer === undefined) {
    const description = `HTTP ${status}, and not an answer of the Bot API`
    if (status !== 429) return { ok: false, error_code: status >= 500 ? status : 502, description }
    return { ok: false, error_code: 429, description, parameters: seconds === undefined ? {} : { retry_after: seconds } }
  }
  if (!answer.ok && answer.error_code === 429 && answer.parameters?.retry_after === undefined && seconds !== undefined) {
    return { ...answer, parameters: { ...answer.parameters, retry_after: seconds } }
  }
  return answer
}

function parseAnswer(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('ok' in value)) return undefined
    if (value.ok === true && 'result' in value) return { ok: true, result: value.result }
    if (value.ok !== false || !('error_code' in value) || typeof value.error_code !== 'number') return undefined
    const description = 'description' in value && typeof value.description === 'string' ? value.description : ''
    const parameters = 'parameters' in value ? readParameters(value.parameters) : undefined
    return { ok: false, error_code: value.error_code, description, ...(parameters ? { parameters } : {}) }
  } catch {
    return undefined
  }
}

function readParameters(value: unknown): { retry_after?: number; migrate_to_chat_id?: number } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return {
    ...('retry_after' in value && typeof value.retry_after === 'number' ? { retry_after: value.retry_after } : {}),
    ...('migrate_to_chat_id' in value && typeof value.migrate_to_chat_id === 'number' ? { migrate_to_chat_id: value.migrate_to_chat_id } : {}),
  }
}
