/** A thin client of Meta's Graph API for Messenger and WhatsApp: bounded answers, no secret in anything it says, and a base URL that can be set. */
import { Agent, type Dispatcher, request } from 'undici'
import { listOf, numberOf, readJson, recordOf, textOf } from './json.ts'
import { appSecretProof } from './meta.ts'

/** Meta's own address. */
export const GRAPH_ROOT = 'https://graph.facebook.com'

const LARGEST_ANSWER = 256 * 1024
const LONGEST_WORDS = 200

/** Where and as whom calls are made. */
export interface GraphAccess {
  readonly base: string
  readonly version: string
  readonly token: string
  readonly appSecret: string
}

/** One call. `as` takes another token than the account's, without a proof: an app token proves itself. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What Meta's words must not repeat to anybody, besides the account's secrets. */
  readonly hide?: readonly string[]
  readonly as?: string
  readonly timeout_ms?: number
  readonly signal: AbortSignal
}

/** What Meta refused; `words` are its own, without our secrets. */
export interface GraphRefusal {
  readonly ok: false
  readonly why: 'refused'
  readonly status: number
  /** Absent when only the HTTP status speaks. */
  readonly code?: number
  readonly subcode?: number
  readonly words: string
  readonly retry_after_ms?: number
}

/** An answer of the Graph API, or why there is none that counts. */
export type GraphAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | GraphRefusal
  | { readonly ok: false; readonly why: 'unreachable' }
  | { readonly ok: false; readonly why: 'timeout' }

/** Makes calls for one account until it is closed. */
export interface Graph {
  /** Never throws but for the caller's own abort. */
  call(call: GraphCall): Promise<GraphAnswer>
  close(): Promise<void>
}

/** Opens a client; its sockets end with `close`. */
export function openGraph(access: GraphAccess): Graph {
  const agent = new Agent({ connections: 32, keepAliveTimeout: 30_000, connect: { timeout: 10_000 } })
  const proof = appSecretProof(access.appSecret, access.token)
  const base = access.base.replace(/\/+$/, '')

  return {
    async call(call) {
      const token = call.as ?? access.token
      const url = new URL(`${base}/${access.version}/${call.path}`)
      for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value)
      if (call.as === undefined) url.searchParams.set('appsecret_proof', proof)
      const timeout = AbortSignal.timeout(call.timeout_ms ?? 30_000)
      try {
        const answer = await request(url, {
          dispatcher: agent,
          method: call.method,
          headers: { authorization: `Bearer ${token}`, ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
          signal: AbortSignal.any([call.signal, timeout]),
        })
        const bytes = await readBounded(answer.body)
        return understand(answer, bytes, words => hide(words, [token, access.token, access.appSecret, proof, ...(call.hide ?? [])]))
      } catch {
        call.signal.throwIfAborted()
        return { ok: false, why: timeout.aborted ? 'timeout' : 'unreachable' }
      }
    },
    close: () => agent.destroy(),
  }
}

/** Takes out every secret, also where Meta repeats one ("Malformed access token …"), and keeps a line of it. */
function hide(words: string, secrets: readonly string[]): string {
  const shown = secrets.filter(secret => secret !== '').reduce((text, secret) => text.replaceAll(secret, '(hidden)'), words)
  return shown.length > LONGEST_WORDS ? `${shown.slice(0, LONGEST_WORDS)}…` : shown
}

async function readBounded(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > LARGEST_ANSWER) throw new Error('answer too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function understand(answer: Dispatcher.ResponseData, bytes: Buffer, hideSecrets: (words: string) => string): GraphAnswer {
  const status = answer.statusCode
  const body = recordOf(readJson(bytes))
  const error = recordOf(body?.error)
  if (body && !error && status >= 200 && status < 300) return { ok: true, body }
  const code = numberOf(error?.code)
  const subcode = numberOf(error?.error_subcode)
  const retryAfter = retryAfterMs(answer.headers)
  return {
    ok: false,
    why: 'refused',
    status,
    ...(code === undefined ? {} : { code }),
    ...(subcode === undefined ? {} : { subcode }),
    words: hideSecrets(textOf(error?.message) ?? `HTTP ${status}`),
    ...(retryAfter === undefined ? {} : { retry_after_ms: retryAfter }),
  }
}

/** `Retry-After` in seconds, else the minutes of `X-Business-Use-Case-Usage`, `{"<id>":[{"estimated_time_to_regain_access":5}]}`. */
function retryAfterMs(headers: Dispatcher.ResponseData['headers']): number | undefined {
  const header = headers['retry-after']
  if (typeof header === 'string' && /^\d{1,6}$/.test(header)) return Number(header) * 1000
  const usage = headers['x-business-use-case-usage']
  if (typeof usage !== 'string') return undefined
  const uses = Object.values(recordOf(readJson(Buffer.from(usage))) ?? {}).flatMap(listOf)
  const minutes = Math.max(0, ...uses.map(use => numberOf(recordOf(use)?.estimated_time_to_regain_access) ?? 0))
  return minutes > 0 ? minutes * 60_000 : undefined
}
