/**
 * A Graph API on loopback, written from Meta's published pages (messengers.md 4): takes the calls a page makes, keeps what it sent, runs the
 * handshake, posts signed events to the subscribed address, serves files and fails in every documented way.
 */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type GraphError, loose, refuseSend } from './messenger/rules.ts'

/** How the fake behaves. */
export interface FakeMessengerOptions {
  readonly port?: number
  readonly page_id?: string
  readonly token?: string
  readonly app_id?: string
  readonly app_secret?: string
}

/** How the next calls of Send API, or of anything, go wrong. */
export interface MessengerFailure {
  /** Only calls whose path contains this. */
  readonly path?: string
  readonly times?: number
  readonly error?: GraphError
  /** Answers with this status and body instead of a Graph error. */
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Hangs up without an answer. */
  readonly reset?: boolean
  /** Takes the call and never answers. */
  readonly hang?: boolean
}

/** One call as it arrived. */
export interface GraphRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly authorization: string | undefined
}

/** A message the page sent. */
export interface SentToMessenger {
  readonly recipient: string
  readonly message_id: string
  readonly message: Readonly<Record<string, unknown>>
}

/** A running fake. */
export interface FakeMessenger {
  /** The value for `api_root`. */
  readonly root: string
  readonly page_id: string
  readonly token: string
  readonly app_id: string
  readonly app_secret: string
  readonly requests: readonly GraphRequest[]
  readonly sent: readonly SentToMessenger[]
  /** Headers with which files were asked for. */
  readonly fileHeaders: readonly IncomingMessage['headers'][]
  /** Sender actions: `typing_on` and the like. */
  readonly actions: readonly { readonly recipient: string; readonly action: string }[]
  /** Fields the page is subscribed to; null when it is not. */
  fields: readonly string[] | null
  /** The registered callback address of the app. */
  readonly callback: string | undefined
  /** Resolves when `count` messages were sent. */
  waitSent(count: number): Promise<readonly SentToMessenger[]>
  failNext(failure: MessengerFailure): void
  /** Posts a call with its signature to the callback address, or to `url`; the answer's status. */
  push(events: readonly object[], url?: string): Promise<number>
  /** The signature header of a body. */
  sign(body: string | Buffer): string
  /** Serves bytes; answers their address. */
  addFile(path: string, bytes: Buffer, mime: string): string
  /** Serves a redirect. */
  addRedirect(path: string, to: string): string
  close(): Promise<void>
}

interface Served {
  readonly bytes?: Buffer
  readonly mime?: string
  readonly redirect?: string
}

/** Starts a fake Graph API on 127.0.0.1. */
export async function startFakeMessenger(options: FakeMessengerOptions = {}): Promise<FakeMessenger> {
  const page_id = options.page_id ?? '1060001'
  const token = options.token ?? 'EAAfakePageAccessTokenOfTheFakeGraphApi'
  const app_id = options.app_id ?? '5550001'
  const app_secret = options.app_secret ?? 'fake-app-secret-of-the-fake-app'
  const requests: GraphRequest[] = []
  const sent: SentToMessenger[] = []
  const actions: { recipient: string; action: string }[] = []
  const failures: (MessengerFailure & { left: number })[] = []
  const files = new Map<string, Served>()
  const fileHeaders: IncomingMessage['headers'][] = []
  const waiters = new Set<() => void>()
  let callback: string | undefined

  const sign = (body: string | Buffer) => `sha256=${createHmac('sha256', app_secret).update(body).digest('hex')}`
  const proofOf = (value: string) => createHmac('sha256', app_secret).update(value).digest('hex')

  function refuseAccess(request: GraphRequest): GraphError | undefined {
    const given = request.authorization?.replace(/^Bearer /, '') ?? request.query.access_token ?? ''
    if (request.path.endsWith('/subscriptions')) {
      return given === `${app_id}|${app_secret}` ? undefined : { status: 400, code: 190, message: 'Invalid OAuth access token signature.' }
    }
    // The real one repeats the token too.
    if (given !== token) return { status: 400, code: 190, error_subcode: 460, message: `Malformed access token ${given}` }
    const proof = request.query.appsecret_proof
    if (proof !== undefined && proof !== proofOf(token)) return { status: 400, code: 100, message: 'Invalid appsecret_proof provided in the API argument' }
    return undefined
  }

  async function answer(request: GraphRequest): Promise<GraphError | object> {
    const refused = refuseAccess(request)
    if (refused) return refused
    const [node, edge] = request.path.split('/').slice(2)
    const values = { ...request.query, ...request.body }
    if (node === 'me' && edge === undefined) return { id: page_id, name: 'Shop' }
    if (node === app_id && edge === 'subscriptions') return request.method === 'POST' ? register(values) : { data: [] }
    if (node !== page_id && node !== 'me') return { status: 400, code: 100, error_subcode: 33, message: `Unsupported request. Object '${node}' does not exist` }
    if (edge === 'messages' && request.method === 'POST') return send(request.body)
    if (edge === 'subscribed_apps') return subscribe(request.method, values)
    return { status: 400, code: 100, message: 'Unsupported request' }
  }

  function send(body: Readonly<Record<string, unknown>>): GraphError | object {
    const refused = refuseSend(body)
    if (refused) return refused
    const recipient = String(loose(body.recipient).id)
    if (typeof body.sender_action === 'string') {
      actions.push({ recipient, action: body.sender_action })
      return { recipient_id: recipient }
    }
    const message_id = `m_out_${sent.length + 1}`
    sent.push({ recipient, message_id, message: loose(body.message) })
    for (const wake of waiters) wake()
    return { recipient_id: recipient, message_id }
  }

  function subscribe(method: string, values: Readonly<Record<string, unknown>>): object {
    if (method === 'POST') fake.fields = String(values.subscribed_fields ?? '').split(',')
    if (method === 'DELETE') fake.fields = null
    if (method !== 'GET') return { success: true }
    return { data: fake.fields === null ? [] : [{ id: app_id, name: 'Shop app', subscribed_fields: fake.fields }] }
  }

  async function register(values: Readonly<Record<string, unknown>>): Promise<GraphError | object> {
    const url = new URL(String(values.callback_url))
    const challenge = '1158201444'
    url.searchParams.set('hub.mode', 'subscribe')
    url.searchParams.set('hub.verify_token', String(values.verify_token))
    url.searchParams.set('hub.challenge', challenge)
    const response = await fetch(url).catch(() => undefined)
    if (response?.status !== 200 || (await response.text()) !== challenge) {
      return { status: 400, code: 2200, message: `(#2200) Callback verification failed for verify_token ${String(values.verify_token)}` }
    }
    callback = String(values.callback_url)
    return { success: true }
  }

  function takeFailure(path: string): MessengerFailure | undefined {
    const failure = failures.find(one => one.left > 0 && path.includes(one.path ?? ''))
    if (failure) failure.left--
    return failure
  }

  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const file = files.get(url.pathname)
    if (file) {
      fileHeaders.push(incoming.headers)
      return serveFile(response, file)
    }
    const request = await readRequest(incoming, url)
    requests.push(request)
    const failure = takeFailure(request.path)
    if (failure?.hang) return
    if (failure?.reset) return void incoming.socket.destroy()
    if (failure && !failure.error) {
      response.writeHead(failure.status ?? 500, failure.headers).end(failure.body ?? '')
      return
    }
    const result = failure?.error ?? (await answer(request))
    writeResult(response, result, failure?.headers)
  })
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const fake: FakeMessenger = {
    root,
    page_id,
    token,
    app_id,
    app_secret,
    requests,
    sent,
    fileHeaders,
    actions,
    fields: null,
    get callback() {
      return callback
    },
    async waitSent(count) {
      while (sent.length < count) {
        await new Promise<void>(resolve => {
          waiters.add(resolve)
        })
      }
      waiters.clear()
      return sent
    },
    failNext: failure => void failures.push({ ...failure, left: failure.times ?? 1 }),
    async push(events, url = callback) {
      if (url === undefined) throw new Error('nobody is subscribed')
      const body = asMetaWrites({ object: 'page', entry: [{ id: page_id, time: 1_790_000_000_200, messaging: events }] })
      const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) } })
      await response.arrayBuffer()
      return response.status
    },
    sign,
    addFile(path, bytes, mime) {
      files.set(path, { bytes, mime })
      return root + path
    },
    addRedirect(path, to) {
      files.set(path, { redirect: to })
      return root + path
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return fake
}

/** Meta writes everything beyond ASCII as escapes and signs those bytes. */
export function asMetaWrites(value: object): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

async function readRequest(incoming: IncomingMessage, url: URL): Promise<GraphRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: text === '' ? {} : loose(JSON.parse(text)),
    authorization: incoming.headers.authorization,
  }
}

function serveFile(response: ServerResponse, file: Served): void {
  if (file.redirect !== undefined) response.writeHead(302, { location: file.redirect }).end()
  else response.writeHead(200, { 'content-type': file.mime ?? 'application/octet-stream' }).end(file.bytes)
}

function writeResult(response: ServerResponse, result: GraphError | object, headers: Readonly<Record<string, string>> = {}): void {
  const isError = 'code' in result && 'status' in result
  const body = isError ? { error: { type: 'OAuthException', fbtrace_id: 'A1b2', ...result, status: undefined } } : result
  response.writeHead(isError ? Number(result.status) : 200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
