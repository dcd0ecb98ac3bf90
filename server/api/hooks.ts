/**
 * Webhooks: verify, parse, commit, answer (rule 32). Every message of every messenger comes through here, so it works on Node's own
 * request: no router, no middleware, nothing parsed twice.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Account, HookRequest, Parsed } from '../channels/channel.ts'
import { DomainError } from '../engine/index.ts'
import { type Connector, isStoreDown, type KeptAsideEntry } from '../store/index.ts'
import { answerOf, notFound, RETRY_AFTER_S, tooLarge } from './errors.ts'
import type { Parts, RunningConnector } from './parts.ts'

/** Largest webhook (bytes): Meta's are the largest with 2 MB. */
export const MOST_HOOK_BYTES = 3_000_000

/** Where webhooks are. */
export const HOOKS = '/hooks/'

/** What `hooks` may tell the log. */
export interface HookLog {
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

const NO_QUERY = new URLSearchParams()

/** Answers requests whose path begins with `HOOKS`. Never throws. */
export function createHooks(parts: Parts, log: HookLog): (request: IncomingMessage, response: ServerResponse) => void {
  const { runtime } = parts

  async function take(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const address = request.url ?? ''
    const mark = address.indexOf('?')
    const path = mark < 0 ? address : address.slice(0, mark)
    const running = runtime.connectorOf(path.slice(HOOKS.length))
    if (!running || running.channel.receives === 'page') return refuse(response, notFound(), path)
    const { connector, channel, account } = running
    const hook: HookRequest = {
      method: request.method ?? 'GET',
      path,
      query: mark < 0 ? NO_QUERY : new URLSearchParams(address.slice(mark + 1)),
      headers: request.headers,
      body,
    }
    const handshake = channel.handshake?.(hook, account)
    if (handshake) {
      response.writeHead(handshake.status, { 'content-type': handshake.type, 'x-content-type-options': 'nosniff' })
      response.end(handshake.body)
      return
    }
    if (hook.method !== 'POST') {
      return refuse(response, new DomainError('request.wrong_method', { message: 'Webhooks are posted.', details: { allow: 'POST' } }), path)
    }
    const verified = channel.verify(hook, account)
    if (!verified.ok) {
      log.warn({ connector: connector.id, reason: verified.reason }, 'webhook refused')
      return refuse(response, new DomainError('request.wrong_key', { message: 'This call does not prove that it comes from the messenger.' }), path)
    }
    const parsed = channel.parse(hook, account)
    await accept(running, hook, parsed)
    if (channel.type === 'webhook' && parsed.some(part => part.kind === 'kept_aside')) {
      return refuse(response, unusable(parsed), path, 400)
    }
    response.writeHead(200, EMPTY)
    response.end()
  }

  /** Resolves when everything is committed. */
  async function accept({ connector, channel }: RunningConnector, hook: HookRequest, parsed: readonly Parsed[]): Promise<void> {
    // Pages of one app share an address: another account's own secret has to prove the call too.
    const verifies = (account: Account) => channel.verify(hook, account).ok
    if (connector.enabled) return runtime.accept(connector.id, parsed, verifies)
    // Nobody answers here now, and refusing would make the messenger block the chat: an operator can still see what came.
    const isOwn = (part: Parsed) => part.account === undefined || part.account === connector.account_id
    const others = parsed.filter(part => !isOwn(part))
    await parts.store.commit(parts.store.keptAside.insert(parsed.filter(isOwn).map(() => asideOf(parts, connector, hook))))
    if (others.length > 0) await runtime.accept(connector.id, others, verifies)
  }

  return (request, response) => {
    readBody(request, MOST_HOOK_BYTES)
      .then(body => take(request, response, body))
      .catch((error: unknown) => {
        const path = (request.url ?? '').split('?')[0] ?? ''
        if (error instanceof ClosedEarly) return
        if (!(error instanceof DomainError)) log.error({ err: error, path }, 'webhook failed')
        else if (isStoreDown(error)) log.error({ err: error, path }, 'webhook not stored')
        // Whatever went wrong before the commit, the messenger has to send it again.
        if (!response.headersSent) refuse(response, error, path)
        else response.end()
      })
  }
}

const EMPTY = { 'content-length': 0 } as const

/** The caller hung up; there is nobody to answer. */
class ClosedEarly extends Error {}

function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > limit) {
      request.resume()
      reject(tooLarge(limit))
      return
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        request.removeAllListeners('data')
        request.resume()
        reject(tooLarge(limit))
      } else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    request.on('error', () => reject(new ClosedEarly()))
    // Also closes after its end; making an error each time would cost more than reading the body.
    request.on('close', () => request.complete || reject(new ClosedEarly()))
  })
}

function refuse(response: ServerResponse, error: unknown, path: string, status?: number): void {
  const answer = answerOf(error, path)
  const body = JSON.stringify(answer.body)
  response.writeHead(status ?? answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    // The rest of a body that is too large is not worth reading.
    ...(answer.status === 413 ? { connection: 'close' } : {}),
    ...(answer.isBug ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
  })
  response.end(body)
}

function unusable(parsed: readonly Parsed[]): DomainError {
  const part = parsed.find(candidate => candidate.kind === 'kept_aside')
  return new DomainError('hook.unusable', {
    message: part?.kind === 'kept_aside' ? part.message : 'This cannot be used.',
    hint: 'It is kept aside; send what the documentation of the channel describes.',
  })
}

function asideOf({ newId, now }: Parts, connector: Connector, hook: HookRequest): KeptAsideEntry {
  return {
    id: newId(),
    connector: connector.id,
    channel: connector.channel,
    account: connector.account_id,
    reason: 'connector_disabled',
    message: 'The connector is disabled.',
    body: hook.body.toString('utf8'),
    received_at: now(),
  }
}
