/**
 * Webhooks: verify, parse, commit, answer (rule 32). Every message of every messenger comes through here, so it works on Node's own
 * request: no router, no middleware, nothing parsed twice.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Account, Channel, HookRequest, Parsed } from '../channels/channel.ts'
import { DomainError } from '../engine/index.ts'
import { type Connector, isStoreDown, type KeptAsideEntry } from '../store/index.ts'
import { answerOf, notFound, RETRY_AFTER_S, tooLarge } from './errors.ts'
import type { Parts } from './parts.ts'

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
  const { runtime, channels } = parts
  const byType = new Map(channels.map(channel => [channel.type, channel]))

  async function take(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const address = request.url ?? ''
    const mark = address.indexOf('?')
    const path = mark < 0 ? address : address.slice(0, mark)
    const connector = runtime.connectorOf(path.slice(HOOKS.length))
    const channel = connector && byType.get(connector.channel)
    if (!connector || !channel || channel.receives === 'page') return refuse(response, notFound(), path)
    const hook: HookRequest = {
      method: request.method ?? 'GET',
      path,
      query: mark < 0 ? NO_QUERY : new URLSearchParams(address.slice(mark + 1)),
      headers: request.headers,
      body,
    }
    const account = accountOf(connector)
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
    await accept(connector, channel, hook, parsed)
    if (channel.type === 'webhook' && parsed.some(part => part.kind === 'kept_aside')) {
      return refuse(response, unusable(parsed), path, 400)
    }
    response.writeHead(200, EMPTY)
    response.end()
  }

  /** Each part goes to the connector of its account; what fits none is kept aside. Resolves when everything is committed. */
  function accept(connector: Connector, channel: Channel, hook: HookRequest, parsed: readonly Parsed[]): Promise<unknown> {
    if (connector.enabled && parsed.every(part => part.account === undefined || part.account === connector.account_id)) {
      return runtime.accept(connector.id, parsed)
    }
    const byConnector = new Map<string, Parsed[]>()
    const aside: KeptAsideEntry[] = []
    for (const part of parsed) {
      const owner = ownerOf(connector, channel, hook, part)
      if (owner?.enabled) byConnector.set(owner.id, [...(byConnector.get(owner.id) ?? []), part])
      else aside.push(asideOf(parts, connector, part, hook, owner !== undefined))
    }
    const accepted = [...byConnector].map(([id, own]) => runtime.accept(id, own))
    if (aside.length > 0) accepted.push(parts.store.commit(parts.store.keptAside.insert(aside)))
    return Promise.all(accepted)
  }

  /** Pages of one app share an address: a part belongs to the connector of its account, if its own secret proves the call too. */
  function ownerOf(connector: Connector, channel: Channel, hook: HookRequest, part: Parsed): Connector | undefined {
    if (part.account === undefined || part.account === connector.account_id) return connector
    const named = runtime.connectorsOfAccount(channel.type, part.account)
    return named.find(candidate => channel.verify(hook, accountOf(candidate)).ok)
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

/** The account as its adapter sees it. */
export function accountOf(connector: Connector): Account {
  return { connector: connector.id, name: connector.name, settings: connector.settings, secrets: connector.secrets }
}

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
    request.on('close', () => reject(new ClosedEarly()))
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

function asideOf({ newId, now }: Parts, connector: Connector, part: Parsed, hook: HookRequest, isKnown: boolean): KeptAsideEntry {
  const common = { id: newId(), connector: connector.id, channel: connector.channel, account: part.account ?? connector.account_id, received_at: now() }
  if (part.kind === 'kept_aside') return { ...common, reason: part.reason, message: part.message, body: part.body }
  return isKnown
    ? { ...common, reason: 'connector_disabled', message: 'The connector is disabled.', body: hook.body.toString('utf8') }
    : {
        ...common,
        reason: 'unknown_account',
        message: `No connector has the account "${part.account}" with the same secret.`,
        body: hook.body.toString('utf8'),
      }
}
