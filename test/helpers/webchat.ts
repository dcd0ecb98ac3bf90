/** A web chat server whose store is a few maps: the real routes and the real adapter around a scripted flow. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express, { type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import { answerOf } from '../../server/api/errors.ts'
import { type SavedFile, type WebchatPort, webchatRouter } from '../../server/api/webchat.ts'
import type { TranscriptEntry } from '../../server/api/webchat-contract.ts'
import { WEBCHAT_LIMITS, type WebchatLimits } from '../../server/api/webchat-limits.ts'
import type { Account, ChannelEvent, Parsed } from '../../server/channels/channel.ts'
import { clientIdOf, visitors, webchat } from '../../server/channels/webchat/index.ts'
import { DomainError } from '../../server/engine/index.ts'

type Said = Omit<TranscriptEntry, 'id' | 'at'>
type Signal = Parameters<Parameters<WebchatPort['subscribe']>[2]>[0]

/** A contact of the scripted flow: what is said to it, and what came from it. */
interface MemoryContact {
  readonly entries: TranscriptEntry[]
  readonly listeners: Set<(signal: Signal) => void>
}

/** The port in memory. Everything that was accepted is in `accepted`, without repeats. */
export class MemoryWebchat implements WebchatPort {
  readonly accepted: Parsed[] = []
  readonly contacts = new Map<string, MemoryContact>()
  readonly files = new Map<string, { readonly bytes: Buffer; readonly mime: string }>()
  readonly account: Account
  /** The store is down while this is true. */
  isDown = false
  isEnabled = true
  /** Languages of its flow. */
  spoken: readonly string[] = ['en']
  /** Called after each accepted event, as the flow's turn. */
  answer: (contact: string, event: ChannelEvent['event']) => void = () => undefined
  now = Date.UTC(2026, 10, 20, 10, 14)
  private numbers = 0

  constructor(settings: Readonly<Record<string, unknown>> = {}) {
    this.account = { connector: 'support', name: 'Support', settings, secrets: webchat.generate() }
  }

  async connector(id: string) {
    return id === 'support' ? { id, name: 'Support', account: this.account, enabled: this.isEnabled } : undefined
  }

  async languages() {
    return this.spoken
  }

  async accept(_connector: string, parts: readonly Parsed[]) {
    if (this.isDown) throw new DomainError('store.down', { message: 'The store does not answer.', retry: 'later' })
    for (const part of parts) {
      if (part.kind === 'kept_aside' || this.accepted.some(known => known.kind !== 'kept_aside' && known.external_id === part.external_id)) continue
      this.accepted.push(part)
      if (part.kind !== 'event') continue
      const { contact, event } = part
      const client_id = clientIdOf(part.external_id)
      if (event.type === 'message_received') this.say(contact, { from: 'contact', text: event.message.text, client_id, ...attached(event.message.attachments) })
      if (event.type === 'button_pressed') this.say(contact, { from: 'contact', text: event.title ?? '', used_button: event.payload, client_id })
      this.answer(contact, event)
    }
  }

  async history(_connector: string, contact: string, after?: string) {
    if (this.isDown) throw new DomainError('store.down', { message: 'The store does not answer.', retry: 'later' })
    return this.of(contact).entries.filter(entry => after === undefined || entry.id > after)
  }

  subscribe(_connector: string, contact: string, listener: (signal: Signal) => void) {
    const { listeners } = this.of(contact)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  async saveFile(_connector: string, _contact: string, bytes: Buffer, name: string): Promise<SavedFile> {
    const file = `f${this.files.size + 1}`
    const mime = name.endsWith('.png') ? 'image/png' : 'application/octet-stream'
    this.files.set(file, { bytes, mime })
    return { file, kind: mime === 'image/png' ? 'image' : 'file', mime, size: bytes.length, url: `/files/${file}` }
  }

  /** Appends to a contact's transcript and wakes its pages; answers the entry's id. */
  say(contact: string, said: Said): string {
    const id = String(++this.numbers).padStart(10, '0')
    const { entries, listeners } = this.of(contact)
    entries.push({ ...said, id, at: this.now + this.numbers * 1000, ...(said.from === 'contact' ? {} : { delivery: `d${this.numbers}` }) })
    for (const listener of listeners) listener('changed')
    return id
  }

  /** Shows typing on a contact's pages. */
  type(contact: string, typing_ms: number): void {
    for (const listener of this.of(contact).listeners) listener({ typing_ms })
  }

  /** The events that were accepted, without receipts. */
  events(): readonly ChannelEvent['event'][] {
    return this.accepted.flatMap(part => (part.kind === 'event' ? [part.event] : []))
  }

  private of(contact: string): MemoryContact {
    let known = this.contacts.get(contact)
    if (known === undefined) {
      known = { entries: [], listeners: new Set() }
      this.contacts.set(contact, known)
    }
    return known
  }
}

/** A running chat server. `stop` cuts every connection, `start` opens the same port again. */
export interface WebchatServer {
  readonly url: string
  readonly port: MemoryWebchat
  start(): Promise<void>
  stop(): Promise<void>
}

/** Serves the chat of `port` on loopback; `web` is a folder of built pages. */
export async function serveWebchat(port: MemoryWebchat, web: string, limits: WebchatLimits = WEBCHAT_LIMITS, stopped?: AbortSignal): Promise<WebchatServer> {
  const app = express()
  // As in the application: the page has to get past its defaults.
  app.use(helmet())
  app.use('/assets', express.static(join(web, 'assets')))
  app.get('/files/:file', (request, response) => {
    const file = port.files.get(request.params.file)
    if (file === undefined) return void response.sendStatus(404)
    response.set({ 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' }).type(file.mime).send(file.bytes)
  })
  app.get('/shop', (_request, response) => {
    const page = `<!doctype html><html lang="en"><head><title>Shop</title></head><body><main><h1>Shop</h1></main><script src="/chat/support/widget.js" async></script></body></html>`
    response.type('html').send(page)
  })
  app.use(webchatRouter({ port, channel: webchat, visitors, web, now: () => port.now, limits, ...(stopped ? { stopped } : {}) }))

  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const { status, headers, body } = answerOf(error, request.path)
    if (response.headersSent) return next(error)
    response.status(status).set(headers).json(body)
  })

  let server: Server | undefined
  let address = 0
  const start = async () => {
    const next = createServer(app)
    await new Promise<void>((resolve, reject) => next.once('error', reject).listen(address, '127.0.0.1', resolve))
    address = (next.address() as AddressInfo).port
    server = next
  }
  await start()
  return {
    url: `http://127.0.0.1:${address}`,
    port,
    start,
    stop: async () => {
      server?.closeAllConnections()
      await new Promise(resolve => server?.close(resolve))
    },
  }
}

function attached(attachments: TranscriptEntry['attachments']): Pick<Said, 'attachments'> | object {
  return attachments === undefined ? {} : { attachments }
}
