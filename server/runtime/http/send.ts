/** One call over the network: guarded, at most three redirects, at most 1 MB. Knows nothing of flows. */
import { Agent, type Dispatcher, request } from 'undici'
import type { HttpFailure, HttpMethod, HttpResponse } from '../../engine/index.ts'
import { type AddressGuard, BlockedAddress, createAddressGuard, type ResolveName } from './address-guard.ts'

/** A call with its secrets filled in. */
export interface HttpRequest {
  readonly method: HttpMethod
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string; readonly hasSecret: boolean }[]
  readonly body?: { readonly text: string; readonly hasSecret: boolean }
}

/** What a try came to. `again`: trying once more may help, for some after a time the other side names. */
export type HttpOutcome = { readonly again?: { readonly after_ms?: number } } & (HttpResponse | { readonly failure: HttpFailure; readonly why: string })

/** Sends one call. Rejects only when the signal is aborted. */
export type SendHttp = (request: HttpRequest, signal: AbortSignal) => Promise<HttpOutcome>

/** Sends calls, and closes its connections. */
export interface HttpSender {
  readonly send: SendHttp
  /** Hosts that an operator allowed. */
  isAllowed(hostname: string): boolean
  close(): Promise<void>
}

const MOST_REDIRECTS = 3
const MOST_BYTES = 1_000_000
const CONNECT_TIMEOUT_MS = 10_000
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504])
/** Credentials of one host are none of another's business. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'x-api-key', 'api-key', 'x-auth-token'])

/** Makes a sender with a pool of connections of its own. */
export function createHttpSender(options: { readonly allow: readonly string[]; readonly resolve?: ResolveName }): HttpSender {
  const guard = createAddressGuard(options.allow, options.resolve)
  const agent = new Agent({ pipelining: 0, connect: { lookup: guard.lookup, timeout: CONNECT_TIMEOUT_MS } })
  return {
    send: async (call, signal) => {
      const host = hostOf(call.url)
      try {
        return await follow(call, guard, agent, signal)
      } catch (error) {
        signal.throwIfAborted()
        if (isBlocked(error)) return blocked(host, 'it is not on the public internet')
        // Never the error's own text: it can repeat the address, and with it a secret.
        return { failure: 'unreachable', why: `${host} ${reasonOf(error)}`, again: {} }
      }
    },
    isAllowed: guard.isAllowed,
    close: () => agent.destroy(),
  }
}

async function follow(first: HttpRequest, guard: AddressGuard, dispatcher: Dispatcher, signal: AbortSignal): Promise<HttpOutcome> {
  let call = first
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (!URL.canParse(call.url)) return { failure: 'unreachable', why: 'The address cannot be read' }
    const url = new URL(call.url)
    const refusal = refusalOf(url, guard)
    if (refusal !== undefined) return blocked(url.hostname, refusal)
    const answer = await request(url, {
      dispatcher,
      signal,
      method: call.method,
      headers: call.headers.flatMap(({ name, value }) => [name, latin(value)]),
      body: call.body?.text ?? null,
    })
    const location = answer.headers.location
    if (answer.statusCode < 300 || answer.statusCode >= 400 || typeof location !== 'string') return await readAnswer(answer, url)
    await answer.body.dump()
    const next = redirected(call, url, answer.statusCode, location)
    if (typeof next === 'string') return blocked(url.hostname, next)
    call = next
  }
  return { failure: 'unreachable', why: `${hostOf(first.url)} only leads to other addresses` }
}

function refusalOf({ protocol, username, password, hostname }: URL, guard: AddressGuard): string | undefined {
  if (protocol !== 'https:' && protocol !== 'http:') return 'only https and http are possible'
  if (username !== '' || password !== '') return 'it carries a user name'
  return guard.admits(hostname) ? undefined : 'it is not on the public internet'
}

/** The call at its new address, or why it must not go there. */
function redirected(call: HttpRequest, from: URL, status: number, location: string): HttpRequest | string {
  if (!URL.canParse(location, from)) return 'it leads to an address that cannot be read'
  const to = new URL(location, from)
  if (to.protocol !== from.protocol) return 'it leads to another kind of address'
  const keepsBody = status === 307 || status === 308 || call.method === 'GET'
  const { body, ...rest } = call
  const next: HttpRequest = { ...rest, url: to.href, method: keepsBody ? call.method : 'GET', ...(keepsBody && body ? { body } : {}) }
  const plain = keepsBody ? next.headers : next.headers.filter(({ name }) => !/^content-/i.test(name))
  if (to.origin === from.origin) return { ...next, headers: plain }
  if (next.body?.hasSecret) return 'it would send a secret to another host'
  return { ...next, headers: plain.filter(({ name, hasSecret }) => !hasSecret && !CREDENTIALS.has(name.toLowerCase())) }
}

/** Reads no more than allowed: a stated length is not trusted, what arrives is counted. */
async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData, url: URL): Promise<HttpOutcome> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MOST_BYTES) {
      body.destroy()
      return { failure: 'too_big', why: `${url.hostname} answered with more than 1 MB` }
    }
    chunks.push(bytes)
  }
  const response: HttpResponse = { status: statusCode, text: Buffer.concat(chunks).toString('utf8') }
  if (!BUSY.has(statusCode)) return response
  const after_ms = retryAfterMs(headers['retry-after'])
  return { ...response, again: after_ms === undefined ? {} : { after_ms } }
}

/** Seconds only: a moment would need a clock that both sides agree on. */
function retryAfterMs(header: string | string[] | undefined): number | undefined {
  const seconds = typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : undefined
  return seconds === undefined ? undefined : seconds * 1000
}

/** Headers are bytes: what is not ASCII goes as UTF-8. */
function latin(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1')
}

function blocked(host: string, why: string): HttpOutcome {
  return { failure: 'blocked', why: `${host} was not called: ${why}` }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'The API'
}

function isBlocked(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) if (cause instanceof BlockedAddress) return true
  return error instanceof AggregateError && error.errors.some(isBlocked)
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_)/, 'has no address'],
  [/^ECONNREFUSED/, 'refuses connections'],
  [/CERT|TLS|SSL|ALTNAME/, 'has no certificate that can be trusted'],
  [/^UND_ERR_CONNECT_TIMEOUT|^ETIMEDOUT/, 'cannot be connected to'],
]

/** Why it failed, by the code of the error alone. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'could not be reached'
}
