/**
 * A Bot API on loopback, written from the published specification (messengers.md 3): takes the calls a bot makes, keeps what it sent,
 * posts updates to its webhook or hands them out by long polling, and fails in every documented way.
 * Also a process of its own: `npx tsx test/helpers/fake-telegram.ts --port 9000` prints one JSON line with its address.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Update } from '@grammyjs/types'
import { type CallInput, parseJson, readInput } from './telegram/body.ts'
import { answerControl } from './telegram/control.ts'
import { type FailRule, FailRules, type Failure } from './telegram/failures.ts'
import { type Account, type Answer, badRequest, methods, type SentMessage, text } from './telegram/methods.ts'
import { type Arrival, UpdatesQueue, type Webhook } from './telegram/updates-queue.ts'
import { refuseSecret, refuseWebhookUrl } from './telegram/webhook-url.ts'

export { type FailRule, type Failure, failures } from './telegram/failures.ts'
export type { SentMessage } from './telegram/methods.ts'
export {
  blockUpdate,
  callbackUpdate,
  documentUpdate,
  editUpdate,
  groupUpdate,
  locationUpdate,
  messageUpdate,
  person,
  photoUpdate,
  startUpdate,
  textUpdate,
} from './telegram/updates.ts'
export type { Arrival, Webhook } from './telegram/updates-queue.ts'

/** How the fake behaves. */
export interface FakeOptions {
  readonly port?: number
  readonly token?: string
  readonly username?: string
  /** Checks webhook addresses as Telegram's cloud does. Default: http and loopback pass. */
  readonly strict_webhook?: boolean
  /** How long one second between webhook retries lasts (ms, default 10). */
  readonly second_ms?: number
  /** Keeps the list of requests (default true); a bench may do without. */
  readonly record_requests?: boolean
  /** Called for each message as it is sent. */
  readonly onSent?: (message: SentMessage) => void
}

/** One call as it arrived, whatever became of it. */
export interface RecordedRequest {
  readonly method: string
  readonly content_type: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly files: CallInput['files']
}

/** A running fake. */
export interface FakeTelegram {
  /** The value for `api_root` or `TELEGRAM_API_ROOT`. */
  readonly root: string
  readonly token: string
  readonly bot: Account['bot']
  readonly requests: readonly RecordedRequest[]
  readonly presses: Account['presses']
  readonly actions: Account['actions']
  readonly webhook: Webhook | undefined
  /** Messages in the order they were sent, of one chat or of all. */
  sent(chat?: number | string): readonly SentMessage[]
  /** Resolves when `count` messages were sent (to the chat). */
  waitSent(count: number, chat?: number | string): Promise<readonly SentMessage[]>
  /** The next fitting calls fail. */
  failNext(rule: FailRule): void
  clearFailures(): void
  /** Every answer takes this long. */
  setDelay(ms: number): void
  /** Somebody wrote: posted to the webhook with its secret, in lanes and with retries, or kept for long polling. Resolves when the bot acknowledged it. */
  pushUpdate(update: Update): Promise<Arrival>
  /** Updates the bot has not acknowledged. */
  pending(): number
  /** Resolves when the bot acknowledged everything. */
  idle(): Promise<void>
  block(chat: number | string, blocked?: boolean): void
  /** The bot does not know this chat. */
  forget(chat: number | string): void
  /** A file for `getFile` and its download. */
  addFile(file_id: string, bytes: Buffer, path?: string): void
  /** Nothing was sent, nothing fails, no webhook, no chat is blocked. */
  reset(): void
  /** Open connections of whoever calls; none once a caller that died was heard to the end. */
  connections(): Promise<number>
  close(): Promise<void>
}

/** Starts a fake Bot API on 127.0.0.1. */
export async function startFakeTelegram(options: FakeOptions = {}): Promise<FakeTelegram> {
  const token = options.token ?? '7000000001:fake-token-of-the-fake-bot-api'
  const bot = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Shop', username: options.username ?? 'shop_helper_bot' } as const
  const account: Account = {
    bot,
    sent: [],
    actions: [],
    presses: [],
    blocked: new Set(),
    unknown: new Set(),
    files: new Map(),
    nextMessageId: 1,
  }
  const requests: RecordedRequest[] = []
  const rules = new FailRules()
  const queue = new UpdatesQueue(options.second_ms ?? 10)
  const waiters = new Set<() => void>()
  const record = options.record_requests ?? true
  let delayMs = 0

  async function call(method: string, input: CallInput, request: IncomingMessage): Promise<Answer> {
    if (method === 'getupdates') return getUpdates(queue, input, request)
    if (method === 'setwebhook') return setWebhook(queue, input, options.strict_webhook ?? false)
    if (method === 'deletewebhook') return deleteWebhook(queue, input)
    if (method === 'getwebhookinfo') return { ok: true, result: queue.webhookInfo() }
    const before = account.sent.length
    const answer = methods[method]?.(account, input) ?? { ok: false, error_code: 404, description: 'Not Found: method not found' }
    const message = account.sent[before]
    if (message) {
      options.onSent?.(message)
      for (const wake of waiters) wake()
    }
    return answer
  }

  async function handle(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const address = request.url ?? '/'
    const mark = address.indexOf('?')
    const path = mark < 0 ? address : address.slice(0, mark)
    const query = mark < 0 ? '' : address.slice(mark + 1)
    if (path.startsWith('/control/')) {
      const result = answerControl(fake, request.method ?? 'GET', path.slice('/control/'.length), new URLSearchParams(query), body)
      return reply(response, result === undefined ? 404 : 200, result ?? { error: 'unknown control call' })
    }
    if (path.startsWith('/file/bot')) return replyFile(response, account, token, path)
    const parts = /^\/bot([^/]+)\/(?:test\/)?([A-Za-z]+)$/.exec(path)
    if (!parts) return reply(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
    if (decodeURIComponent(parts[1] ?? '') !== token) return reply(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' })
    const type = request.headers['content-type'] ?? ''
    const input = readInput(type, query, body)
    if (!input) return reply(response, 400, badRequest("can't parse the request"))
    const method = (parts[2] ?? '').toLowerCase()
    if (record) requests.push({ method: parts[2] ?? '', content_type: type, parameters: input.parameters, files: input.files })
    if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs))
    const chat = input.parameters.chat_id
    const failure = rules.take(method, chat === undefined ? undefined : text(chat))
    if (failure && !(failure.type === 'reset' && failure.when === 'after')) return fail(response, failure)
    const answer = await call(method, input, request)
    if (failure) return fail(response, failure)
    reply(response, answer.ok ? 200 : answer.error_code, answer)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const only = chunks.length === 1 ? chunks[0] : undefined
      handle(request, response, only ?? Buffer.concat(chunks)).catch(error => reply(response, 500, { ok: false, error_code: 500, description: String(error) }))
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  // A TCP server's address is never the text of a pipe.
  const { port } = server.address() as AddressInfo

  const fake: FakeTelegram = {
    root: `http://127.0.0.1:${port}`,
    token,
    bot,
    requests,
    presses: account.presses,
    actions: account.actions,
    get webhook() {
      return queue.webhook
    },
    sent: chat => (chat === undefined ? account.sent : account.sent.filter(message => message.chat === String(chat))),
    waitSent: (count, chat) =>
      new Promise(resolve => {
        const check = (): void => {
          const messages = fake.sent(chat)
          if (messages.length < count) return
          waiters.delete(check)
          resolve(messages)
        }
        waiters.add(check)
        check()
      }),
    failNext: rule => rules.add(rule),
    clearFailures: () => rules.clear(),
    setDelay: ms => {
      delayMs = ms
    },
    pushUpdate: update => queue.push(update),
    pending: () => queue.pending,
    idle: () => queue.idle(),
    block: (chat, blocked = true) => {
      if (blocked) account.blocked.add(String(chat))
      else account.blocked.delete(String(chat))
    },
    forget: chat => {
      account.unknown.add(String(chat))
    },
    addFile: (file_id, bytes, path = `documents/${file_id}`) => {
      account.files.set(file_id, { path, bytes })
    },
    reset: () => {
      account.sent.length = 0
      account.actions.length = 0
      account.presses.length = 0
      account.blocked.clear()
      account.unknown.clear()
      requests.length = 0
      rules.clear()
      delayMs = 0
      queue.setWebhook(undefined)
      queue.dropPending()
    },
    connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    close: async () => {
      await queue.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return fake
}

const conflict = (description: string): Answer => ({ ok: false, error_code: 409, description: `Conflict: ${description}` })

async function getUpdates(queue: UpdatesQueue, input: CallInput, request: IncomingMessage): Promise<Answer> {
  if (queue.webhook) return conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
  const { offset, limit, timeout, allowed_updates } = input.parameters
  if (allowed_updates !== undefined) queue.allowed = readNames(allowed_updates)
  const gone = (): void => queue.dropPoll()
  request.socket.once('close', gone)
  const updates = await queue.getUpdates(Number(offset ?? 0), Math.min(Math.max(Number(limit ?? 100), 1), 100), Math.min(Number(timeout ?? 0), 50))
  request.socket.off('close', gone)
  if (updates === 'replaced') return conflict('terminated by other getUpdates request; make sure that only one bot instance is running')
  if (updates === 'webhook_set') return conflict('terminated by setWebhook request')
  return { ok: true, result: updates }
}

function setWebhook(queue: UpdatesQueue, input: CallInput, strict: boolean): Answer {
  const { url, secret_token, max_connections, allowed_updates, drop_pending_updates } = input.parameters
  const address = text(url)
  if (address === '') return deleteWebhook(queue, input)
  const secret = text(secret_token)
  const known = queue.webhook
  const same = known?.url === address && known.secret_token === (secret === '' ? undefined : secret)
  // As the real server: the old webhook is closed before the new address is looked at.
  queue.setWebhook(undefined)
  const refusal = refuseWebhookUrl(address, strict) ?? refuseSecret(secret)
  if (refusal !== undefined) return badRequest(refusal)
  if (text(drop_pending_updates) === 'true') queue.dropPending()
  if (allowed_updates !== undefined) queue.allowed = readNames(allowed_updates)
  const connections = Math.min(Math.max(Number(max_connections ?? 40), 1), 100)
  queue.setWebhook({ url: address, secret_token: secret === '' ? undefined : secret, max_connections: connections })
  return { ok: true, result: true, description: same ? 'Webhook is already set' : 'Webhook was set' }
}

function deleteWebhook(queue: UpdatesQueue, input: CallInput): Answer {
  const description = queue.webhook ? 'Webhook was deleted' : 'Webhook is already deleted'
  if (queue.webhook) queue.setWebhook(undefined)
  if (text(input.parameters.drop_pending_updates) === 'true') queue.dropPending()
  return { ok: true, result: true, description }
}

function readNames(value: unknown): readonly string[] {
  const list = typeof value === 'string' ? parseJson(value) : value
  return Array.isArray(list) ? list.map(String) : []
}

function replyFile(response: ServerResponse, account: Account, token: string, path: string): void {
  const prefix = `/file/bot${token}/`
  const file = [...account.files.values()].find(candidate => `${prefix}${candidate.path}` === decodeURI(path))
  if (!file) {
    reply(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length })
  response.end(file.bytes)
}

function fail(response: ServerResponse, failure: Failure): void {
  switch (failure.type) {
    case 'error': {
      const { error_code, description, parameters } = failure
      reply(response, error_code, { ok: false, error_code, description, parameters })
      break
    }
    case 'too_many': {
      const { retry_after } = failure
      response.setHeader('retry-after', retry_after)
      reply(response, 429, { ok: false, error_code: 429, description: `Too Many Requests: retry after ${retry_after}`, parameters: { retry_after } })
      break
    }
    case 'html':
      response.writeHead(failure.status, { 'content-type': 'text/html' })
      response.end(`<html><head><title>${failure.status}</title></head><body>nginx</body></html>`)
      break
    case 'reset':
      response.socket?.resetAndDestroy()
      break
    case 'hang':
      break
  }
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed || response.headersSent) return
  const body = JSON.stringify(value)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      token: { type: 'string' },
      username: { type: 'string' },
      strict: { type: 'boolean', default: false },
      'no-requests': { type: 'boolean', default: false },
    },
  })
  const fake = await startFakeTelegram({
    port: Number(values.port),
    strict_webhook: values.strict,
    record_requests: !values['no-requests'],
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(values.username === undefined ? {} : { username: values.username }),
  })
  process.stdout.write(`${JSON.stringify({ root: fake.root, token: fake.token, bot: fake.bot })}\n`)
}
