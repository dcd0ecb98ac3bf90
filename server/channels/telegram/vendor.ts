/** The Bot API: grammY's client over a faster transport, and the download of files. What happens here never shows the token. */
import { setMaxListeners } from 'node:events'
import { Api, type ApiClientOptions, GrammyError } from 'grammy'
import type { ApiMethods, Opts } from 'grammy/types'
import { Pool } from 'undici'
import { DomainError } from '../../engine/index.ts'
import { connectFetch } from './transport.ts'

/** Where Telegram's own Bot API answers. */
export const VENDOR_ROOT = 'https://api.telegram.org'

/** How long things take; shorter in tests. */
export interface Times {
  /** Longest wait of one `getUpdates`; Telegram takes at most 50 s. */
  readonly poll_s: number
  /** Longest time for any other call, uploads included. */
  readonly call_s: number
  /** One second of waiting between tries (ms). */
  readonly second_ms: number
}

/** Times for production. */
export const TIMES: Times = { poll_s: 50, call_s: 60, second_ms: 1000 }

/** Every method of the Bot API, with Node's own `AbortSignal`. */
type BotApi = {
  readonly [M in keyof ApiMethods]: Parameters<ApiMethods[M]>[0] extends undefined
    ? (signal?: AbortSignal) => Promise<ReturnType<ApiMethods[M]>>
    : (parameters: Opts<M>, signal?: AbortSignal) => Promise<ReturnType<ApiMethods[M]>>
}

/** One bot's way to the Bot API. */
export interface Vendor {
  readonly api: BotApi
  readonly times: Times
  /** For `getUpdates`, which is slow on purpose. */
  readonly polling: BotApi
  /** The bytes of a `file_path`; the address with the token stays in here. */
  download(path: string, maxBytes: number, signal: AbortSignal): Promise<Buffer>
  close(): Promise<void>
}

/** What an error says to people: the vendor's words where it answered, else that it did not. Never the token, never what we sent. */
export interface Refusal {
  /** 0: no answer of the Bot API. */
  readonly code: number
  readonly words: string
  readonly retry_after_s?: number
  readonly migrate_to?: number
}

/** Opens the connections of one bot. `root` has no slash at its end. */
export function openVendor(token: string, root: string, times: Times): Vendor {
  const { origin, pathname } = new URL(root)
  const base = origin + pathname.replace(/\/+$/, '')
  // Parallel sends of different contacts, each on a connection of its own: the Bot API answers one call at a time on each.
  const pool = new Pool(origin, { connections: 64, pipelining: 1, keepAliveTimeout: 20_000, headersTimeout: 0, bodyTimeout: 60_000, connectTimeout: 10_000 })
  const fetch = connectFetch(pool, origin)
  return {
    times,
    api: openApi(token, { apiRoot: base, fetch, timeoutSeconds: times.call_s }),
    polling: openApi(token, { apiRoot: base, fetch, timeoutSeconds: times.poll_s + 15 }),
    download: (path, maxBytes, signal) => download(pool, `${base.slice(origin.length)}/file/bot${token}/${encodeURI(path)}`, maxBytes, signal),
    close: () => pool.destroy(),
  }
}

function openApi(token: string, options: ApiClientOptions): BotApi {
  // grammY's types name the signal of a polyfill; at run time it takes Node's.
  return new Api(token, options).raw as unknown as BotApi
}

/** Lets any number of calls share one signal, as the sends of a connector do; Node warns of a leak at the eleventh. */
export function shareSignal(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal)
  return signal
}

/**
 * Reads an error of a call. The error itself must go no further: grammY keeps the payload in it, which holds the webhook secret and
 * the message text, and an error of the transport may name the address.
 */
export function readRefusal(error: unknown): Refusal {
  if (!(error instanceof GrammyError)) return { code: 0, words: 'no answer' }
  const { retry_after, migrate_to_chat_id } = error.parameters
  return {
    code: error.error_code,
    words: withoutQuotes(error.description),
    ...(retry_after === undefined ? {} : { retry_after_s: retry_after }),
    ...(migrate_to_chat_id === undefined ? {} : { migrate_to: migrate_to_chat_id }),
  }
}

/** Telegram quotes what it did not understand, and that may be the customer's text. */
function withoutQuotes(words: string): string {
  return words.replace(/"[^"]*"/g, '"…"').slice(0, 200)
}

async function download(pool: Pool, path: string, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  try {
    const answer = await pool.request({ method: 'GET', path, signal, headersTimeout: 30_000 })
    if (answer.statusCode !== 200) {
      await answer.body.dump()
      throw new DomainError('file.unreachable', {
        message: `Telegram answered ${answer.statusCode} when asked for the file.`,
        retry: answer.statusCode >= 500 || answer.statusCode === 429 ? 'later' : 'never',
      })
    }
    return await collect(answer.body, maxBytes)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DomainError) throw error
    // Without the cause: its text may name the address, and the address holds the token.
    throw new DomainError('file.unreachable', { message: 'The file could not be read from Telegram.', retry: 'later' })
  }
}

/** Counts what arrives: a stated length is not trusted. */
export async function collect(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > maxBytes) throw new DomainError('file.too_big', { message: `The file is larger than ${maxBytes} bytes.`, details: { max_bytes: maxBytes } })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
