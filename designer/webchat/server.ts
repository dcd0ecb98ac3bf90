/** The only file of the page that calls the server. */
import type { PageConfig, PageEvents, Refusal, UploadAnswer } from '../../server/api/webchat-contract.ts'
import { eventReader } from './sse.ts'
import type { ChatStorage } from './storage.ts'

/** A call that did not succeed. `later`: the same call can succeed later; otherwise the server refused it for good. */
export class CallFailed extends Error {
  readonly later: boolean
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
    this.later = status === 0 || status === 401 || status === 408 || status === 429 || status >= 500
  }
}

/** What a stream tells the page. */
export interface StreamListener {
  entries(entries: PageEvents['entries']): void
  typing(ms: number): void
  /** False while the page tries to come back. */
  connected(isConnected: boolean): void
}

/** The server as the page sees it. Every call rejects with `CallFailed`. */
export interface Server {
  config(): Promise<PageConfig>
  post(path: 'open' | 'messages' | 'leave' | 'receipts', body: object): Promise<{ readonly accepted: boolean }>
  upload(file: File): Promise<UploadAnswer>
  hasVisitor(): boolean
  /** Streams for as long as the page lives, coming back with its cursor after each break. */
  listen(listener: StreamListener): void
  /** Ends a pause between two tries at once. */
  hurry(): void
}

/** Pauses between tries to come back (ms), the last one again and again. */
const PAUSES = [500, 1000, 2000, 5000, 10_000]
/** The server says something every 15 s; two of those missed is a dead line (ms). */
const SILENCE = 40_000

/** Speaks to the chat at `base` (`/chat/{connector}`) as the visitor of this browser. */
export function connectServer(base: string, storage: ChatStorage): Server {
  let wake: (() => void) | undefined
  let minting: Promise<string> | undefined

  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    let response: Response
    try {
      response = await fetch(`${base}/${path}`, { ...init, credentials: 'omit', cache: 'no-store' })
    } catch {
      throw new CallFailed('', 0)
    }
    if (response.ok) return response
    // A token that is none any more: the next call gets a new one.
    if (response.status === 401) storage.remove('visitor')
    const refusal: Partial<Refusal> = await response.json().catch(() => ({}))
    throw new CallFailed([refusal.error?.message, refusal.error?.hint].filter(Boolean).join(' '), response.status)
  }

  /** The visitor's token, made at the first need and never before (rule 8: a page that was only loaded is nobody). */
  const token = async (): Promise<string> => {
    const known = storage.get('visitor')
    if (known !== undefined) return known
    minting ??= ask('session', { method: 'POST' })
      .then(response => response.json())
      .then((answer: { token: string }) => {
        // Another tab may have been first: then this one is the same visitor.
        const first = storage.get('visitor')
        if (first === undefined) storage.set('visitor', answer.token)
        return first ?? answer.token
      })
      .finally(() => {
        minting = undefined
      })
    return minting
  }
  const authorization = async () => ({ authorization: `Bearer ${await token()}` })

  const readStream = async (cursor: { id: string }, listener: StreamListener): Promise<void> => {
    const stopped = new AbortController()
    let timer = setTimeout(() => stopped.abort(), SILENCE)
    try {
      const headers = { ...(await authorization()), ...(cursor.id === '' ? {} : { 'last-event-id': cursor.id }) }
      const response = await ask('events', { headers, signal: stopped.signal })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const read = eventReader()
      listener.connected(true)
      for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
        clearTimeout(timer)
        timer = setTimeout(() => stopped.abort(), SILENCE)
        for (const event of read(next.value)) {
          if (event.name === 'entries') listener.entries(JSON.parse(event.data))
          else if (event.name === 'typing') listener.typing(JSON.parse(event.data).ms)
          cursor.id = event.id || cursor.id
        }
      }
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    config: async () => (await ask('config.json')).json(),
    post: async (path, body) => {
      const headers = { ...(await authorization()), 'content-type': 'application/json' }
      return (await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
    },
    upload: async file => {
      const headers = { ...(await authorization()), 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) }
      return (await ask('files', { method: 'POST', headers, body: file })).json()
    },
    hasVisitor: () => storage.get('visitor') !== undefined,
    listen(listener) {
      const cursor = { id: '' }
      let tries = 0
      const run = async () => {
        for (;;) {
          await readStream(cursor, {
            ...listener,
            connected: isConnected => {
              tries = 0
              listener.connected(isConnected)
            },
          }).catch(() => undefined)
          listener.connected(false)
          const pause = PAUSES[Math.min(tries++, PAUSES.length - 1)] ?? 0
          await new Promise<void>(resolve => {
            const timer = setTimeout(resolve, pause * (0.75 + Math.random() / 2))
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          })
        }
      }
      void run()
    },
    hurry: () => wake?.(),
  }
}
