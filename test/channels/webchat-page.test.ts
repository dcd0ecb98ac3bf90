import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventReader, type StreamEvent } from '../../designer/webchat/sse.ts'
import { readableBubble } from '../../server/api/webchat-colour.ts'
import { WEBCHAT_LIMITS } from '../../server/api/webchat-limits.ts'
import { visitors } from '../../server/channels/webchat/index.ts'
import { type BuiltWeb, buildWeb, WEBCHAT_INPUTS } from '../helpers/web.ts'
import { MemoryWebchat, serveWebchat, type WebchatServer } from '../helpers/webchat.ts'

let web: BuiltWeb
let port: MemoryWebchat
let server: WebchatServer
const token = visitors.mintToken()
const contact = visitors.contactOf(token)

beforeAll(async () => {
  web = await buildWeb(WEBCHAT_INPUTS)
})
afterAll(() => web?.remove())
beforeEach(() => serve())
afterEach(() => server.stop())

async function serve(settings: Readonly<Record<string, unknown>> = {}, limits = WEBCHAT_LIMITS): Promise<void> {
  await server?.stop()
  port = new MemoryWebchat(settings)
  server = await serveWebchat(port, web.folder, limits)
}
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}/chat/support${path}`, { headers })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/chat/support/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
  })
const message = (text: string, client_id = `message-${text}`) => ({ client_id, text })
const codeOf = async (response: Response): Promise<string> => (await response.json()).error.code

/** Reads a stream until `enough`; then goes, as a page that is closed. */
async function listen(headers: Record<string, string>, enough: (events: readonly StreamEvent[]) => boolean): Promise<readonly StreamEvent[]> {
  const gone = new AbortController()
  const response = await fetch(`${server.url}/chat/support/events`, { headers: { authorization: `Bearer ${token}`, ...headers }, signal: gone.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = eventReader()
  const events: StreamEvent[] = []
  while (!enough(events)) {
    const piece = await reader?.read()
    if (piece === undefined || piece.done) break
    events.push(...read(piece.value))
  }
  gone.abort()
  return events
}
const textsOf = (events: readonly StreamEvent[]): string[] =>
  events.filter(event => event.name === 'entries').flatMap(event => JSON.parse(event.data).map((entry: { text: string }) => entry.text))

describe('the page', () => {
  test('rule 43: runs only our own scripts and is framed only by the allowed sites', async () => {
    await serve({ allowed_origins: ['https://shop.example', 'https://*.shop.example', "https://evil.example; script-src 'unsafe-inline'"] })
    const response = await get('')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy.split('; ').at(-1)).toBe("frame-ancestors 'self' https://shop.example https://*.shop.example")
    expect(response.headers.get('x-frame-options')).toBeNull()
    expect(await response.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/)
  })

  test('rule 43: without allowed origins only our own address may frame it', async () => {
    expect((await get('')).headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/)
  })

  test('is small: under 25 kB compressed, fonts aside', async () => {
    const assets = (await readdir(join(web.folder, 'assets'))).filter(name => /\.(js|css)$/.test(name))
    const files = [join(web.folder, 'webchat/index.html'), ...assets.map(name => join(web.folder, 'assets', name))]
    const sizes = await Promise.all(files.map(async file => gzipSync(await readFile(file)).length))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(25_000)
    expect(gzipSync(await readFile(join(web.folder, 'webchat/widget.js'))).length).toBeLessThan(4_000)
  })

  test('its public settings say no secret, and the colour is dark enough for white text', async () => {
    await serve({ title: 'Shop', colour: '#FFD400', allowed_origins: ['https://shop.example'] })
    const config = await (await get('/config.json')).json()
    expect(config).toMatchObject({
      id: 'support',
      title: 'Shop',
      subtitle: '',
      bubble: readableBubble('#FFD400'),
    })
    expect(JSON.stringify(config)).not.toContain(port.account.secrets.signing_key)
    expect(JSON.stringify(config)).not.toContain('shop.example')
  })

  test.each([
    ['https://shop.example', true],
    ['https://www.shop.example', false],
    ['https://shop.example.evil.example', false],
  ])('rule 43: the widget may run on %s: %s', async (origin, embeddable) => {
    await serve({ allowed_origins: ['https://shop.example'] })
    expect((await (await get('/config.json', { origin })).json()).embeddable).toBe(embeddable)
  })

  test('the widget is one classic script that other sites may load', async () => {
    const response = await get('/widget.js')
    expect(response.headers.get('content-type')).toContain('text/javascript')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const script = await response.text()
    expect(script).not.toMatch(/\b(import|export)\b/)
    expect(() => new Function(script)).not.toThrow()
  })

  test('a chat that is unknown or switched off is not there', async () => {
    port.isEnabled = false
    for (const path of ['', '/config.json', '/widget.js']) expect((await get(path)).status).toBe(404)
    expect(await codeOf(await post('messages', message('hello-1')))).toBe('webchat.unknown_connector')
    expect((await fetch(`${server.url}/chat/nobody/session`, { method: 'POST' })).status).toBe(404)
    expect(port.accepted).toEqual([])
  })
})

describe('a visitor', () => {
  test('rule 43: gets an unguessable token, and keeps it', async () => {
    const first = await (await fetch(`${server.url}/chat/support/session`, { method: 'POST' })).json()
    const second = await (await fetch(`${server.url}/chat/support/session`, { method: 'POST' })).json()
    expect(Buffer.from(first.token, 'base64url')).toHaveLength(32)
    expect(second.token).not.toBe(first.token)
    expect(await (await post('session', {})).json()).toEqual({ token })
  })

  test.each(['messages', 'open', 'leave', 'receipts', 'files'])('rule 43: without a token cannot post to %s', async path => {
    const response = await post(path, message('hello-1'), { authorization: '' })
    expect(response.status).toBe(401)
    expect(port.accepted).toEqual([])
  })

  test('rule 43: without a token cannot listen', async () => {
    expect((await get('/events')).status).toBe(401)
  })

  test('rule 43: hears nothing of others', async () => {
    port.say(contact, { from: 'flow', text: 'secret' })
    const events = await listen({ authorization: `Bearer ${visitors.mintToken()}` }, all => all.length > 0)
    expect(textsOf(events)).toEqual([])
  })

  const origins: readonly [string, Record<string, string>, number][] = [
    ['no origin at all', {}, 200],
    ['an allowed site', { origin: 'https://shop.example' }, 200],
    ['an allowed site under a wildcard', { origin: 'https://www.brand.example' }, 200],
    ['the name of a wildcard without a label before it', { origin: 'https://brand.example' }, 403],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a site whose name ends alike', { origin: 'https://evilbrand.example' }, 403],
    ['an allowed site without https', { origin: 'http://shop.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
  ]
  test.each(origins)('rule 43: a post from %s', async (_name, headers, status) => {
    await serve({ allowed_origins: ['https://shop.example', 'https://*.brand.example'] })
    expect((await post('messages', message('hello-1'), headers)).status).toBe(status)
    expect((await fetch(`${server.url}/chat/support/session`, { method: 'POST', headers })).status).toBe(status)
    expect(port.accepted).toHaveLength(status === 200 ? 1 : 0)
  })

  test('rule 43: our own address may always post', async () => {
    expect((await post('messages', message('hello-1'), { origin: server.url })).status).toBe(200)
  })

  test('rule 43: who posts too much is asked to wait; others on the same address go on', async () => {
    await serve({}, { ...WEBCHAT_LIMITS, posts: { visitor: 2, address: 4 } })
    const statuses = async (count: number, authorization: string) => {
      const seen: number[] = []
      for (let at = 0; at < count; at++) seen.push((await post('messages', message('x', `client-id-${at}`), { authorization })).status)
      return seen
    }
    const others = [`Bearer ${visitors.mintToken()}`, `Bearer ${visitors.mintToken()}`] as const
    expect(await statuses(3, `Bearer ${token}`)).toEqual([200, 200, 429])
    expect(await statuses(1, others[0])).toEqual([200])
    const response = await post('messages', message('hello-1'), { authorization: others[1] })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await codeOf(response)).toBe('webchat.too_many')
  })

  test('rule 43: has only so many streams, and gets a place back when one ends', async () => {
    await serve({}, { ...WEBCHAT_LIMITS, streams: { visitor: 1, address: 9 } })
    const gone = new AbortController()
    const headers = { authorization: `Bearer ${token}` }
    await fetch(`${server.url}/chat/support/events`, { headers, signal: gone.signal })
    expect((await get('/events', headers)).status).toBe(429)
    gone.abort()
    await expect.poll(async () => (await listen({}, events => events.length > 0)).length).toBe(1)
  })
})

describe('a post', () => {
  test('is answered after it was accepted, and once when it is repeated', async () => {
    const response = await post('messages', message('hello-1'))
    expect(await response.json()).toMatchObject({ accepted: true })
    expect(port.accepted).toHaveLength(1)
    expect((await post('messages', message('hello-1'))).status).toBe(200)
    expect(port.accepted).toHaveLength(1)
  })

  test('is refused with 503 while the store is down, and accepted afterwards', async () => {
    port.isDown = true
    const response = await post('messages', message('hello-1'))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    port.isDown = false
    expect((await post('messages', message('hello-1'))).status).toBe(200)
    expect(port.accepted).toHaveLength(1)
  })

  test('says when it happened by the clock of the server', async () => {
    await post('messages', { ...message('hello-1'), at: 1, type: 'leave' })
    expect(port.accepted[0]).toMatchObject({ at: port.now, event: { type: 'message_received' } })
  })

  test.each([
    ['what is no JSON', Buffer.from('{')],
    ['a list', []],
    ['an empty message', { client_id: 'abcdefgh', text: ' ' }],
    ['a stranger’s attachment', { client_id: 'abcdefgh', attachments: ['e30.e30'] }],
  ])('%s is refused with a sentence', async (_name, body) => {
    const response = await post('messages', body)
    expect(response.status).toBe(400)
    expect((await response.json()).error).toMatchObject({ code: 'webchat.wrong_shape', message: expect.stringMatching(/^This cannot be sent\./) })
    expect(port.accepted).toEqual([])
  })

  test('that is too big is refused', async () => {
    expect((await post('messages', message('x'.repeat(200_000), 'abcdefgh'))).status).toBe(413)
  })

  test('rule 8: an opening counts once, and never when there is a transcript', async () => {
    expect(await (await post('open', { payload: 'promo' })).json()).toMatchObject({ accepted: true })
    port.say(contact, { from: 'flow', text: 'Hello' })
    expect(await (await post('open', {})).json()).toEqual({ accepted: false })
    expect(port.events()).toEqual([{ type: 'conversation_started', payload: 'promo' }])
  })
})

describe('a file', () => {
  const upload = (bytes: Buffer, name: string) => post('files', bytes, { 'content-type': 'application/octet-stream', 'x-file-name': name })

  test('is uploaded, then attached', async () => {
    const answer = await (await upload(Buffer.from('hello'), encodeURIComponent('übung.txt'))).json()
    expect(answer).toMatchObject({ name: 'übung.txt', size: 5, kind: 'file', url: '/files/f1' })
    await post('messages', { client_id: 'abcdefgh', attachments: [answer.attachment] })
    expect(port.events()[0]).toMatchObject({ message: { attachments: [{ file: 'f1', name: 'übung.txt', size: 5 }] } })
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\a.png', 'a.png'],
    ['%E0%A4%A', 'file'],
    ['', 'file'],
    ['a%00b%0Ac.txt', 'abc.txt'],
  ])('is named %j as %j', async (given, name) => {
    expect((await (await upload(Buffer.from('x'), given)).json()).name).toBe(name)
  })

  test('over 20 MB or without a byte is refused', async () => {
    const response = await upload(Buffer.alloc(20_000_001), 'big')
    expect(response.status).toBe(413)
    expect((await response.json()).error.message).toBe('The body is larger than 20 MB.')
    expect((await upload(Buffer.alloc(0), 'none')).status).toBe(400)
    expect(port.files.size).toBe(0)
  })
})

describe('the stream', () => {
  test('begins with the transcript, even an empty one, and goes on with what is new', async () => {
    const events = listen({}, all => textsOf(all).length === 2)
    await expect.poll(() => port.contacts.get(contact)?.listeners.size).toBe(1)
    port.say(contact, { from: 'flow', text: 'one' })
    port.say(contact, { from: 'flow', text: 'two' })
    expect(textsOf(await events)).toEqual(['one', 'two'])
    expect((await events)[0]).toMatchObject({ name: 'entries', data: '[]' })
  })

  test('goes on after the last id', async () => {
    port.say(contact, { from: 'flow', text: 'one' })
    port.say(contact, { from: 'flow', text: 'two' })
    const [first] = await listen({}, all => all.length === 1)
    expect(textsOf(first ? [first] : [])).toEqual(['one', 'two'])
    port.say(contact, { from: 'flow', text: 'three' })
    expect(textsOf(await listen({ 'last-event-id': first?.id ?? '' }, all => all.length === 1))).toEqual(['three'])
  })

  test('loses nothing that is committed while it begins', async () => {
    const history = port.history.bind(port)
    let isFirst = true
    port.history = async (connector, who, after) => {
      const entries = await history(connector, who, after)
      if (isFirst) port.say(contact, { from: 'flow', text: 'in between' })
      isFirst = false
      return entries
    }
    expect(textsOf(await listen({}, all => textsOf(all).length === 1))).toEqual(['in between'])
  })

  test('tells of typing without moving the cursor', async () => {
    port.say(contact, { from: 'flow', text: 'one' })
    const events = await listen({}, all => {
      if (all.length === 1) port.type(contact, 5000)
      return all.length === 2
    })
    expect(events[1]).toEqual({ name: 'typing', id: events[0]?.id, data: '{"ms":5000}' })
  })

  test('is refused with 503 while the store is down', async () => {
    port.isDown = true
    expect((await get('/events', { authorization: `Bearer ${token}` })).status).toBe(503)
    expect(port.contacts.get(contact)?.listeners.size).toBe(0)
  })

  test('ends when the store fails later, so that the page comes back', async () => {
    const events = await listen({}, all => {
      port.isDown = all.length === 1
      if (all.length === 1) port.say(contact, { from: 'flow', text: 'unread' })
      return false
    })
    expect(events).toHaveLength(1)
    await expect.poll(() => port.contacts.get(contact)?.listeners.size).toBe(0)
  })

  test('ends when the server stops', async () => {
    const stopping = new AbortController()
    await server.stop()
    server = await serveWebchat(port, web.folder, WEBCHAT_LIMITS, stopping.signal)
    const events = await listen({}, all => {
      if (all.length === 1) stopping.abort()
      return false
    })
    expect(events).toHaveLength(1)
  })
})
