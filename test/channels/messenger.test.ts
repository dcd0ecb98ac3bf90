/** Facebook Messenger beyond the contract: every kind in and out (messenger.json), the handshake, the set-up of a page, its files. */
import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Account, Connection, HookRequest } from '../../server/channels/channel.ts'
import { messenger } from '../../server/channels/messenger/index.ts'
import type { OutboundMessage } from '../../server/engine/index.ts'
import { expectNoSecret } from './contract.ts'
import { type MessengerVendor, startMessengerVendor } from './messenger.contract.ts'
import rows from './messenger.json' with { type: 'json' }

const never = new AbortController().signal
const account: Account = {
  connector: 'shop',
  name: 'Shop',
  settings: { page_id: '1060001' },
  secrets: { token: 'page-token', app_secret: 'app-secret', verify_token: 'the-verify-token' },
}

function post(body: unknown): HookRequest {
  return {
    method: 'POST',
    path: '/hooks/1',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}

const parse = (body: unknown) => messenger.parse(post(body))
const entry = (messaging: readonly unknown[], id: unknown = '1060001') => ({ id, time: 1_790_000_000_200, messaging })
const frame = { sender: { id: '7788001' }, recipient: { id: '1060001' }, timestamp: 1_790_000_000_123 }
const text = (mid: string) => ({ ...frame, message: { mid, text: mid } })

describe('what comes in', () => {
  it.each(rows.parse)('$name', row => {
    const parts = parse({ object: 'page', entry: [entry([{ ...frame, ...row.event }])] })
    expect(parts).toHaveLength(1)
    const { kind = 'event', ...is } = row.is as { readonly kind?: string }
    expect(parts[0]).toMatchObject({ kind, ...is })
  })

  it('takes NUL and half surrogates out of every text', () => {
    const parts = parse({ object: 'page', entry: [entry([{ ...frame, message: { mid: 'm_1', text: 'a\0b\ud83dc' } }])] })
    expect(parts).toMatchObject([{ event: { message: { text: 'abc' } } }])
  })

  it('rule 32: each part names its page, so several pages of one app share one address', () => {
    const parts = parse({ object: 'page', entry: [entry([text('m_1'), text('m_2')], '1060001'), entry([text('m_3')], '1060002')] })
    expect(parts.map(part => [part.account, 'external_id' in part ? part.external_id : ''])).toEqual([
      ['1060001', 'm:m_1'],
      ['1060001', 'm:m_2'],
      ['1060002', 'm:m_3'],
    ])
  })

  it('rule 32: what is authentic but unusable is kept aside with its body, and the rest is read', () => {
    const deep = `{"object":"page","entry":[${JSON.stringify(entry([text('m_1')]))},{"id":"1060001","messaging":[${'['.repeat(20_000)}${']'.repeat(20_000)}]}]}`
    const [first, second] = parse(deep)
    expect(first).toMatchObject({ kind: 'event', external_id: 'm:m_1' })
    expect(second).toMatchObject({ kind: 'kept_aside', reason: 'wrong_shape' })
    expect(parse('not json')).toMatchObject([{ kind: 'kept_aside', reason: 'not_json', body: 'not json' }])
    expect(parse({ object: 'page' })).toMatchObject([{ kind: 'kept_aside', reason: 'wrong_shape' }])
    expect(parse({ object: 'instagram', entry: [entry([text('m_1')])] })).toMatchObject([{ kind: 'kept_aside', reason: 'unknown_kind' }])
    expect(parse({ object: 'page', entry: [entry([text('m_1')], 5)] })).toMatchObject([{ kind: 'kept_aside', reason: 'wrong_shape' }])
    expect(parse({ object: 'page', entry: [{ id: '1060001', time: 1, changes: [{ field: 'feed' }] }] })).toMatchObject([
      { kind: 'kept_aside', reason: 'unknown_kind' },
    ])
    expect(parse({ object: 'page', entry: [{ id: '1060001' }] })).toMatchObject([{ kind: 'kept_aside', reason: 'wrong_shape', account: '1060001' }])
    expect(parse({ object: 'page', entry: [entry([])] })).toEqual([])
  })

  it('what another app owns the thread of is kept aside', () => {
    const parts = parse({ object: 'page', entry: [{ id: '1060001', time: 1, standby: [text('m_1')] }] })
    expect(parts).toMatchObject([{ kind: 'kept_aside', reason: 'standby', account: '1060001' }])
    expect(JSON.parse(parts[0]?.kind === 'kept_aside' ? parts[0].body : '')).toEqual(text('m_1'))
  })

  it('an event without any time is kept aside', () => {
    const parts = parse({ object: 'page', entry: [{ id: '1060001', messaging: [{ ...text('m_1'), timestamp: 1e308 }] }] })
    expect(parts).toMatchObject([{ kind: 'kept_aside', reason: 'wrong_shape' }])
  })
})

describe('the handshake', () => {
  const ask = (query: string, method = 'GET') =>
    messenger.handshake?.({ method, path: '/hooks/1', query: new URLSearchParams(query), headers: {}, body: Buffer.alloc(0) }, account)

  it('rule 32: answers exactly the challenge as plain text', () => {
    expect(ask('hub.mode=subscribe&hub.verify_token=the-verify-token&hub.challenge=1158201444')).toEqual({
      status: 200,
      type: 'text/plain',
      body: '1158201444',
    })
  })

  it.each([
    ['a wrong token', 'hub.mode=subscribe&hub.verify_token=another&hub.challenge=1'],
    ['no token', 'hub.mode=subscribe&hub.challenge=1'],
    ['two tokens', 'hub.mode=subscribe&hub.verify_token=the-verify-token&hub.verify_token=x&hub.challenge=1'],
    ['another mode', 'hub.mode=unsubscribe&hub.verify_token=the-verify-token&hub.challenge=1'],
    ['no challenge', 'hub.mode=subscribe&hub.verify_token=the-verify-token'],
    ['an endless challenge', `hub.mode=subscribe&hub.verify_token=the-verify-token&hub.challenge=${'1'.repeat(257)}`],
    ['nothing at all', ''],
  ])('rule 32: refuses %s with 403 and tells nothing', (_, query) => {
    expect(ask(query)).toEqual({ status: 403, type: 'text/plain', body: '' })
  })

  it('is none when it is a post, and fails when the connector has no token', () => {
    expect(ask('hub.mode=subscribe', 'POST')).toBeUndefined()
    const bare = { ...account, secrets: { token: 't', app_secret: 's' } }
    const query = new URLSearchParams('hub.mode=subscribe&hub.verify_token=&hub.challenge=1')
    expect(messenger.handshake?.({ method: 'GET', path: '/', query, headers: {}, body: Buffer.alloc(0) }, bare)).toMatchObject({ status: 403 })
  })

  it('rule 32: a connector without an app secret takes no call for authentic', () => {
    const bare = { ...account, secrets: { token: 't' } }
    const signature = `sha256=${createHmac('sha256', '').update('{}').digest('hex')}`
    expect(messenger.verify({ ...post('{}'), headers: { 'x-hub-signature-256': signature } }, bare)).toMatchObject({ ok: false })
  })
})

describe('with the Graph API', () => {
  let vendor: MessengerVendor
  let connection: Connection
  const open = (settings: Readonly<Record<string, unknown>> = {}) =>
    messenger.connect({ ...vendor.account, settings: { ...vendor.account.settings, ...settings } }, { now: () => 0 })
  beforeAll(async () => {
    vendor = await startMessengerVendor()
    connection = open()
  })
  afterEach(() => {
    vendor.fake.fields = null
  })
  afterAll(async () => {
    await connection.close()
    await vendor.close()
  })
  const send = (message: OutboundMessage, file_url?: string) =>
    connection.send({ id: 'd-1', contact: '7788001', message, decided_at: 0, ...(file_url === undefined ? {} : { file_url }) }, never)

  it.each(rows.send)('sends $name', async row => {
    const before = vendor.fake.sent.length
    const result = await send(row.message as OutboundMessage, row.file_url)
    const sent = vendor.fake.sent.slice(before)
    if (row.refused !== undefined) {
      expect(result).toMatchObject({ type: 'failed', failure: { level: 'message', code: row.refused } })
      expect(sent).toEqual([])
    } else {
      expect(sent).toEqual([{ recipient: '7788001', message_id: expect.any(String), message: row.body }])
      expect(result).toEqual({ type: 'sent', vendor_id: sent[0]?.message_id })
    }
  })

  it('calls as the page, within the window, with the proof and never with the token in the address', async () => {
    await send({ text: 'Hello' })
    const call = vendor.fake.requests.at(-1)
    expect(call).toMatchObject({
      method: 'POST',
      path: '/v25.0/1060001/messages',
      body: { messaging_type: 'RESPONSE' },
      authorization: `Bearer ${vendor.fake.token}`,
    })
    expect(call?.query).toEqual({ appsecret_proof: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('takes the version and the base address of the connector, and the server’s base address where it has none', async () => {
    const newer = open({ api_version: 'v26.0', api_root: `${vendor.fake.root}/` })
    await newer.send({ id: 'd-1', contact: '7788001', message: { text: 'x' }, decided_at: 0 }, never)
    expect(vendor.fake.requests.at(-1)?.path).toBe('/v26.0/1060001/messages')
    await newer.close()
    const { api_root, ...settings } = vendor.account.settings
    const other = messenger.connect({ ...vendor.account, settings }, { now: () => 0, api_root: String(api_root) })
    expect(await other.send({ id: 'd-1', contact: '7788001', message: { text: 'x' }, decided_at: 0 }, never)).toMatchObject({ type: 'sent' })
    await other.close()
  })

  it('fails a text with addresses that fits nowhere, instead of cutting it', async () => {
    const buttons = [{ label: 'Shop', url: 'https://shop.example.com' }]
    expect(await send({ text: 'x'.repeat(1990), buttons })).toMatchObject({ type: 'failed', failure: { level: 'message', code: 'send.too_long' } })
  })

  it('keeps a message without an id as sent, since sending it again would double it', async () => {
    vendor.fake.failNext({ status: 200, body: '{"recipient_id":"7788001"}' })
    expect(await send({ text: 'x' })).toEqual({ type: 'sent', vendor_id: 'delivery:d-1' })
  })

  it('reads no more of an answer than it must', async () => {
    vendor.fake.failNext({ status: 200, body: `{"message_id":"${'x'.repeat(400_000)}"}` })
    expect(await send({ text: 'x' })).toMatchObject({ type: 'retry', code: 'send.network' })
  })

  it('an aborted send says so instead of blaming Meta', async () => {
    const sending = connection.send({ id: 'd-1', contact: '7788001', message: { text: 'x' }, decided_at: 0 }, AbortSignal.abort())
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('shows typing, and keeps silent when Meta does not want it', async () => {
    await connection.typing?.('7788001', never)
    expect(vendor.fake.actions.at(-1)).toEqual({ recipient: '7788001', action: 'typing_on' })
    vendor.fake.failNext({ status: 500 })
    await connection.typing?.('7788001', never)
  })

  describe('the connection test', () => {
    it('says that the page is not subscribed yet, and what to press', async () => {
      expect(await connection.test(never)).toMatchObject([
        { ok: true, message: expect.stringContaining('Shop') },
        { ok: false, hint: 'Press Set webhook.' },
      ])
    })

    it('names in plain words what the page does not send', async () => {
      vendor.fake.fields = [
        'messages',
        'messaging_postbacks',
        'message_deliveries',
        'messaging_referrals',
        'messaging_optins',
        'message_edits',
        'message_echoes',
      ]
      expect((await connection.test(never))[1]).toMatchObject({ ok: true, message: 'The page does not send: read receipts (message_reads).' })
      vendor.fake.fields = ['messages']
      expect((await connection.test(never))[1]).toMatchObject({ ok: false, message: expect.stringContaining('button presses and Get Started') })
    })

    it('tells a token of another page', async () => {
      const other = open({ page_id: '1060002' })
      expect(await other.test(never)).toMatchObject([{ ok: false, message: expect.stringMatching(/1060001.*1060002/) }])
      await other.close()
    })

    it('tells an unreachable Graph API from a bad token', async () => {
      vendor.fake.failNext({ reset: true })
      expect(await connection.test(never)).toMatchObject([{ ok: false, message: 'Meta could not be reached.' }])
      vendor.fake.failNext({ error: { status: 400, code: 190, message: 'Session has expired' } })
      expect(await connection.test(never)).toMatchObject([
        { ok: false, message: 'Meta says: Session has expired', hint: expect.stringContaining('Update token') },
      ])
    })
  })

  describe('Set webhook', () => {
    const url = 'https://chat.example.com/hooks/1'

    it('subscribes the page and says what is left to do by hand', async () => {
      expect(await connection.setWebhook?.(url, never)).toMatchObject({ url, next_step: expect.stringContaining('App Dashboard') })
      expect(vendor.fake.fields).toEqual([
        'messages',
        'messaging_postbacks',
        'message_deliveries',
        'message_reads',
        'messaging_referrals',
        'messaging_optins',
        'message_edits',
        'message_echoes',
      ])
      expect((await connection.test(never)).every(check => check.ok)).toBe(true)
      await connection.removeWebhook?.(never)
      expect(vendor.fake.fields).toBeNull()
    })

    it('registers the address too when the app id is known, and Meta’s handshake passes', async () => {
      const { createServer } = await import('node:http')
      const server = createServer((request, response) => {
        const asked = new URL(request.url ?? '/', 'http://x')
        const answer = messenger.handshake?.(
          { method: 'GET', path: asked.pathname, query: asked.searchParams, headers: {}, body: Buffer.alloc(0) },
          vendor.account,
        )
        response.writeHead(answer?.status ?? 404).end(answer?.body)
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const hook = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hooks/1`
      const withApp = open({ app_id: vendor.fake.app_id })
      expect(await withApp.setWebhook?.(hook, never)).toEqual({ url: hook })
      expect(vendor.fake.callback).toBe(hook)
      await withApp.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    })

    it('puts back what worked when the address is refused, in Meta’s words without our secrets', async () => {
      const withApp = open({ app_id: vendor.fake.app_id })
      for (const before of [['messages'], null]) {
        vendor.fake.fields = before
        const error: unknown = await withApp.setWebhook?.('http://127.0.0.1:1/hooks/1', never).catch((reason: unknown) => reason)
        expect(error).toMatchObject({ code: 'connector.refused', message: expect.stringContaining('Callback verification failed') })
        expectNoSecret(error, vendor.account)
        expect(vendor.fake.fields).toEqual(before)
      }
      await withApp.close()
    })

    it('refuses an address that Meta cannot call, without asking Meta', async () => {
      const real = messenger.connect({ ...vendor.account, settings: { page_id: '1060001' } }, { now: () => 0 })
      for (const bad of ['http://chat.example.com/hooks/1', 'https://127.0.0.1/hooks/1', 'https://localhost/hooks/1', 'hooks']) {
        await expect(real.setWebhook?.(bad, never)).rejects.toMatchObject({ code: 'connector.bad_webhook_url' })
      }
      await real.close()
    })
  })

  it('rule 42: fetches a file of a message without sending the token', async () => {
    const ref = vendor.fake.addFile('/files/photo.jpg', Buffer.from('bytes of a photo'), 'image/jpeg; charset=binary')
    const calls = vendor.fake.requests.length
    expect(await connection.fetchFile?.(ref, 100, never)).toEqual({ bytes: Buffer.from('bytes of a photo'), mime: 'image/jpeg' })
    expect(vendor.fake.fileHeaders.at(-1)?.authorization).toBeUndefined()
    expect(vendor.fake.requests).toHaveLength(calls)
  })
})
