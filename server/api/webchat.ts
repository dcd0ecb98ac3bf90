/** The server's side of the chat page. It knows the transcript through a port and the channel through its contract, nothing else. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type Request, Router } from 'express'
import type { Account, Channel, HookRequest, Parsed } from '../channels/channel.ts'
import { type AttachmentKind, DomainError } from '../engine/index.ts'
import { readableBubble } from './webchat-colour.ts'
import type { PageConfig, TranscriptEntry, UploadAnswer } from './webchat-contract.ts'
import { streamTranscript } from './webchat-events.ts'
import { addressOf, openAtOnce, perMinute, WEBCHAT_LIMITS, type WebchatLimits } from './webchat-limits.ts'
import { allowedOrigins, isAllowed, isFromHere, pageHeaders } from './webchat-origins.ts'

/** A connector of the channel `webchat`, as the page needs it. */
export interface WebchatConnector {
  readonly id: string
  readonly name: string
  readonly account: Account
  readonly enabled: boolean
}

/** A kept file. `url` is signed and may be shown to the visitor. */
export interface SavedFile {
  readonly file: string
  readonly kind: AttachmentKind
  readonly mime: string
  readonly size: number
  readonly url: string
}

/** What the page needs of the store and the runtime. */
export interface WebchatPort {
  connector(id: string): Promise<WebchatConnector | undefined>
  /** Languages of the flow that a new visitor would meet, its first first. */
  languages(connector: string): Promise<readonly string[]>
  /** Resolves after the commit; a repeated external id is fine. Throws `store.down` when it cannot. */
  accept(connector: string, parts: readonly Parsed[]): Promise<void>
  /** The transcript after a cursor, in order, without notes. */
  history(connector: string, contact: string, after?: string): Promise<readonly TranscriptEntry[]>
  /** Calls the listener after each commit that changes the transcript, from whichever server; answers how to stop. */
  subscribe(connector: string, contact: string, listener: (signal: 'changed' | { readonly typing_ms: number }) => void): () => void
  saveFile(connector: string, contact: string, bytes: Buffer, name: string): Promise<SavedFile>
}

/** What the channel knows about visitors: `visitors` of `channels/webchat/index.ts`. */
export interface Visitors {
  mintToken(): string
  tokenOf(headers: HookRequest['headers']): string | undefined
  contactOf(token: string): string
  signUpload(account: Account, contact: string, upload: SavedFile & { readonly name: string }): string
}

/** The parts `webchatRouter` is made of. */
export interface WebchatOptions {
  readonly port: WebchatPort
  readonly channel: Channel
  readonly visitors: Visitors
  /** Folder of the built pages, `dist/web`; its `assets` are served by whoever mounts this. */
  readonly web: string
  /** The address visitors know, when it is set. */
  readonly publicUrl?: string
  readonly limits?: WebchatLimits
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Ends the open streams when the server stops; pages come back with their cursor. */
  readonly stopped?: AbortSignal
}

/** Largest post but for files. */
const MAX_POST_BYTES = 128 * 1024
const KINDS_OF_POST = { open: 'open', messages: undefined, leave: 'leave', receipts: 'receipt' } as const

/** The routes under `/chat`; mount it at the root. */
export function webchatRouter(options: WebchatOptions): Router {
  const { port, channel, visitors, web, publicUrl, now, limits = WEBCHAT_LIMITS } = options
  const maxFileBytes = channel.abilities.attachments.file.max_bytes
  const router = Router({ caseSensitive: true })
  const takeStream = openAtOnce()

  const connectorOf = async (request: Request): Promise<WebchatConnector> => {
    const connector = await port.connector(String(request.params.connector))
    if (connector?.enabled) return connector
    throw new DomainError('webchat.unknown_connector', { message: 'This chat is not open.', hint: 'Check the address, or ask whoever gave it to you.' })
  }
  /** What a page does, it does on our own address or an allowed site. */
  const askedFromHere = async (request: Request): Promise<WebchatConnector> => {
    const connector = await connectorOf(request)
    if (!isFromHere(request, allowedOrigins(connector.account), publicUrl)) {
      throw new DomainError('webchat.foreign_origin', {
        message: 'This site may not show the chat.',
        hint: `Add it to the allowed origins of “${connector.name}”.`,
      })
    }
    return connector
  }
  const visitOf = async (request: Request): Promise<{ connector: WebchatConnector; contact: string }> => {
    const connector = await askedFromHere(request)
    const token = visitors.tokenOf(request.headers)
    if (token === undefined) throw new DomainError('webchat.no_visitor', { message: 'The chat does not know who you are.', hint: 'Load the page again.' })
    return { connector, contact: visitors.contactOf(token) }
  }
  const visitorKey = (request: Request): string => visitors.tokenOf(request.headers) ?? addressOf(request)
  const limited = (limit: { readonly visitor: number; readonly address: number }) => [perMinute(limit.address, addressOf), perMinute(limit.visitor, visitorKey)]

  router.get('/chat/:connector', async (request, response) => {
    const connector = await port.connector(String(request.params.connector))
    const allowed = connector === undefined ? [] : allowedOrigins(connector.account)
    const page = await readFile(join(web, 'webchat', 'index.html'))
    response.removeHeader('x-frame-options')
    response
      .status(connector?.enabled ? 200 : 404)
      .set(pageHeaders(allowed))
      .type('html')
      .send(page)
  })

  router.get('/chat/:connector/config.json', async (request, response) => {
    const { id, name, account } = await connectorOf(request)
    const { title, subtitle, colour } = account.settings
    const origin = request.get('origin')?.toLowerCase()
    const config: PageConfig = {
      id,
      title: typeof title === 'string' && title !== '' ? title : name,
      subtitle: typeof subtitle === 'string' ? subtitle : '',
      ...(typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? { bubble: readableBubble(colour) } : {}),
      languages: await port.languages(id),
      max_file_bytes: maxFileBytes,
      max_text: 16_000,
      embeddable: origin === undefined || isAllowed(origin, allowedOrigins(account)) || isFromHere(request, [], publicUrl),
    }
    // Public, and read by the widget on somebody else's site.
    response
      .set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', vary: 'Origin', 'cache-control': 'no-cache' })
      .json(config)
  })

  router.get('/chat/:connector/widget.js', async (request, response) => {
    await connectorOf(request)
    const script = await readFile(join(web, 'webchat', 'widget.js'))
    response.set({ 'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', 'cache-control': 'public, max-age=300' })
    response.type('text/javascript').send(script)
  })

  router.post('/chat/:connector/session', perMinute(limits.sessions, addressOf), async (request, response) => {
    await askedFromHere(request)
    response.set('cache-control', 'no-store').json({ token: visitors.tokenOf(request.headers) ?? visitors.mintToken() })
  })

  for (const [path, kind] of Object.entries(KINDS_OF_POST)) {
    router.post(`/chat/:connector/${path}`, ...limited(limits.posts), express.raw({ type: () => true, limit: MAX_POST_BYTES }), async (request, response) => {
      const { connector, contact } = await visitOf(request)
      const post = readJson(request)
      // An opening is for a visitor who has seen nothing yet, or whose chat ended: a reload must not start a running flow anew (rule 8).
      const seen = kind === 'open' ? (await port.history(connector.id, contact)).at(-1) : undefined
      if (seen && seen.mark !== 'ended') return void response.json({ accepted: false })
      const type = kind ?? ('payload' in post ? 'press' : 'message')
      const body = Buffer.from(JSON.stringify({ ...post, type, at: now() }))
      const hook: HookRequest = { method: 'POST', path: request.path, query: new URLSearchParams(), headers: request.headers, body }
      const verified = channel.verify(hook, connector.account)
      if (!verified.ok) throw new DomainError('webchat.no_visitor', { message: 'The chat does not know who you are.', hint: 'Load the page again.' })
      const parts = channel.parse(hook, connector.account)
      const unusable = parts.find(part => part.kind === 'kept_aside')
      // Not kept aside: whoever posts here is no vendor, and anybody could fill the list.
      if (unusable?.kind === 'kept_aside') throw new DomainError('webchat.wrong_shape', { message: `This cannot be sent. ${unusable.message}` })
      await port.accept(connector.id, parts)
      response.json({ accepted: true, at: now() })
    })
  }

  router.post('/chat/:connector/files', ...limited(limits.files), express.raw({ type: () => true, limit: maxFileBytes }), async (request, response) => {
    const { connector, contact } = await visitOf(request)
    const bytes: unknown = request.body
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw new DomainError('webchat.wrong_shape', { message: 'This file is empty.' })
    const name = fileName(request.get('x-file-name'))
    const saved = await port.saveFile(connector.id, contact, bytes, name)
    const { kind, mime, size, url } = saved
    const answer: UploadAnswer = { attachment: visitors.signUpload(connector.account, contact, { ...saved, name }), kind, name, mime, size, url }
    response.json(answer)
  })

  router.get('/chat/:connector/events', async (request, response) => {
    const { connector, contact } = await visitOf(request)
    const release = takeStream([
      { key: `visitor ${contact}`, limit: limits.streams.visitor },
      { key: `address ${addressOf(request)}`, limit: limits.streams.address },
    ])
    const end = () => void response.end()
    options.stopped?.addEventListener('abort', end)
    response.on('close', () => {
      options.stopped?.removeEventListener('abort', end)
      release()
    })
    await streamTranscript(port, connector.id, contact, request, response)
  })

  return router
}

function readJson(request: Request): object {
  try {
    const post: unknown = JSON.parse(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '{}')
    if (typeof post === 'object' && post !== null && !Array.isArray(post)) return post
  } catch {
    // Falls through to the one refusal.
  }
  throw new DomainError('webchat.wrong_shape', { message: 'This cannot be sent. It is not a JSON object.' })
}

/** The visitor's own name of a file, without folders and control characters. */
function fileName(header: string | undefined): string {
  let name = ''
  try {
    name = decodeURIComponent(header ?? '')
  } catch {
    // Not percent-encoded: a name nobody can read is no name.
  }
  const last = name
    .replace(/\p{Cc}|\p{Surrogate}/gu, '')
    .split(/[\\/]/)
    .at(-1)
    ?.trim()
    .slice(0, 120)
  return last || 'file'
}
