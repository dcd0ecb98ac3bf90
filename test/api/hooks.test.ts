import { createHmac } from 'node:crypto'
import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MOST_HOOK_BYTES } from '../../server/api/hooks.ts'
import { DomainError } from '../../server/engine/index.ts'
import { connectBot, type TestBot } from '../helpers/bot.ts'
import { type FakeTelegram, groupUpdate, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { echoFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let telegram: FakeTelegram
let bot: TestBot

beforeAll(async () => {
  server = await startTestServer()
  telegram = await startFakeTelegram()
  bot = await connectBot(server, telegram, echoFlow('hooked'))
})
afterAll(async () => {
  await server.close()
  await telegram.close()
})

const keptAside = async () => (await server.call('GET', '/api/kept_aside?limit=200')).body.items
const conversationsOf = async (contact: number | string) => (await server.call('GET', `/api/conversations?contact=${contact}`)).body.items

describe('webhooks', () => {
  test('rule 32: what is taken is answered 200 with nothing in it', async () => {
    const response = await bot.post(textUpdate(601, 'Hello'))
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(response.headers.get('x-powered-by')).toBeNull()
    expect(await conversationsOf(601)).toHaveLength(1)
  })

  test('rule 32: what comes again is answered 200 and not run again', async () => {
    const update = textUpdate(602, 'Once')
    expect((await bot.post(update)).status).toBe(200)
    expect((await bot.post(update)).status).toBe(200)
    const [{ id }] = await conversationsOf(602)
    const { messages } = (await server.call('GET', `/api/conversations/${id}`)).body
    expect(messages.filter((message: { direction: string }) => message.direction === 'in')).toHaveLength(1)
  })

  test('rule 32: a call that is not authentic is answered 401 and nothing is stored', async () => {
    const before = (await keptAside()).length
    for (const secret of ['a-wrong-secret', '', null]) {
      const response = await bot.post(textUpdate(603, 'Let me in'), secret)
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: { code: 'request.wrong_key' } })
    }
    expect(await conversationsOf(603)).toEqual([])
    expect(await keptAside()).toHaveLength(before)
  })

  test('rule 32: authentic but unusable is kept aside where it is seen, and answered 200', async () => {
    for (const body of ['no JSON at all', '{"update_id":1,"new_kind":{}}', groupUpdate(-100, 699, 'Hello all')]) {
      expect((await bot.post(body)).status).toBe(200)
    }
    const entries = (await keptAside()).filter((entry: { connector: string }) => entry.connector === bot.id)
    expect(entries.map((entry: { reason: string }) => entry.reason).sort()).toEqual(['group_chat', 'not_json', 'unknown_kind'])
    expect(entries.map((entry: { body: string }) => entry.body)).toContain('no JSON at all')
  })

  test('rule 32: a body above the limit is answered 413, announced or not', async () => {
    expect((await bot.post(`"${'x'.repeat(MOST_HOOK_BYTES)}"`)).status).toBe(413)
    expect(await postChunked(`/hooks/${bot.id}`, MOST_HOOK_BYTES + 10)).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('rule 32: a store that is down is answered 503 with Retry-After, and nothing is lost', async () => {
    let isDown = false
    const down = () => new DomainError('store.down', { message: 'The disk is full.', retry: 'later' })
    const own = await startTestServer(
      {},
      {
        aroundStore: store => ({
          ...store,
          commit: async writes => {
            if (isDown) throw down()
            await store.commit(writes)
          },
          check: async () => {
            if (isDown) throw down()
            await store.check()
          },
        }),
      },
    )
    const other = await startFakeTelegram({ token: '7000000077:fake-token-of-the-fake-bot-api' })
    try {
      const broken = await connectBot(own, other, echoFlow('brittle'))
      const update = textUpdate(604, 'Hello')
      isDown = true
      const response = await broken.post(update)
      expect(response.status).toBe(503)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect((await own.call('GET', '/readyz', undefined, { key: null })).status).toBe(503)
      isDown = false
      expect((await broken.post(update)).status).toBe(200)
      expect((await other.waitSent(1, 604))[0]?.text).toBe('Hello!')
    } finally {
      await own.close()
      await other.close()
    }
  })

  test('an address nobody has is 404, another method 405', async () => {
    expect((await fetch(`${server.url}/hooks/nobody`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await fetch(`${server.url}/hooks/demo`, { method: 'POST', body: '{}' })).status).toBe(404)
    const response = await fetch(`${server.url}/hooks/${bot.id}`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('what comes for a disabled connector is kept aside, so that nothing is lost without a trace', async () => {
    await server.call('PATCH', `/api/connectors/${bot.id}`, { enabled: false })
    expect((await bot.post(textUpdate(605, 'Anybody?'))).status).toBe(200)
    expect((await keptAside())[0]).toMatchObject({ connector: bot.id, reason: 'connector_disabled' })
    await server.call('PATCH', `/api/connectors/${bot.id}`, { enabled: true })
    expect(await conversationsOf(605)).toEqual([])
  })

  test('messages keep being taken while the token is updated', async () => {
    let going = true
    const answers: number[] = []
    const writer = (async () => {
      for (let n = 0; going; n++) answers.push((await bot.post(textUpdate(606, `Message ${n}`))).status)
    })()
    for (let n = 0; n < 5; n++) await server.call('PATCH', `/api/connectors/${bot.id}`, { secrets: { token: telegram.token } })
    going = false
    await writer
    expect(new Set(answers)).toEqual(new Set([200]))
    const [{ id }] = await conversationsOf(606)
    const { messages } = (await server.call('GET', `/api/conversations/${id}`)).body
    expect(messages.filter((message: { direction: string }) => message.direction === 'in')).toHaveLength(answers.length)
  })
})

describe('several pages of one app', () => {
  const APP_SECRET = 'the-secret-of-the-app-of-both'
  const page = (page_id: string, app_secret: string) => ({
    channel: 'messenger',
    name: `Page ${page_id}`,
    flow: 'hooked',
    settings: { page_id, api_root: 'http://127.0.0.1:9' },
    secrets: { token: `token-of-page-${page_id}`, app_secret, verify_token: 'a-verify-token' },
  })
  const entry = (page_id: string, psid: string, mid: string) => ({
    id: page_id,
    time: Date.now(),
    messaging: [{ sender: { id: psid }, recipient: { id: page_id }, timestamp: Date.now(), message: { mid, text: 'Hello' } }],
  })
  async function post(id: string, entries: readonly object[]): Promise<number> {
    const body = JSON.stringify({ object: 'page', entry: entries })
    const signature = `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`
    const response = await fetch(`${server.url}/hooks/${id}`, { method: 'POST', headers: { 'x-hub-signature-256': signature }, body })
    return response.status
  }

  test('rule 32: each part goes to the connector of its account with the same secret, the rest is kept aside', async () => {
    const first = (await server.call('POST', '/api/connectors', page('111', APP_SECRET))).body.id
    const second = (await server.call('POST', '/api/connectors', page('222', APP_SECRET))).body.id
    await server.call('POST', '/api/connectors', page('333', 'another-secret-of-another-app'))
    const before = (await keptAside()).length
    const entries = [entry('111', '7001', 'm_1'), entry('222', '7002', 'm_2'), entry('333', '7003', 'm_3'), entry('444', '7004', 'm_4')]
    expect(await post(first, entries)).toBe(200)
    expect((await conversationsOf('7001'))[0].connector).toBe(first)
    expect((await conversationsOf('7002'))[0].connector).toBe(second)
    for (const stranger of ['7003', '7004']) expect(await conversationsOf(stranger)).toEqual([])
    const aside = (await keptAside()).slice(0, (await keptAside()).length - before)
    expect(aside.map((one: { reason: string }) => one.reason)).toEqual(['unknown_account', 'unknown_account'])
  })

  test('the handshake of Meta is answered, a wrong one is not', async () => {
    const { id } = (await server.call('POST', '/api/connectors', page('555', APP_SECRET))).body
    const shake = (token: string) => fetch(`${server.url}/hooks/${id}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)
    const good = await shake('a-verify-token')
    expect(good.status).toBe(200)
    expect(await good.text()).toBe('1158201444')
    expect((await shake('a-wrong-token')).status).toBe(403)
  })
})

/** Posts zeros in chunks without announcing how many; answers the first line. */
function postChunked(path: string, bytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const socket = createConnection(Number(port), hostname)
    socket.once('error', reject)
    socket.once('data', answer => {
      resolve(answer.toString('latin1').split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.write(`POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\ntransfer-encoding: chunked\r\n\r\n`)
    const chunk = Buffer.alloc(100_000, 0x30)
    for (let sent = 0; sent < bytes; sent += chunk.length) {
      socket.write(`${chunk.length.toString(16)}\r\n`)
      socket.write(chunk)
      socket.write('\r\n')
    }
    socket.write('0\r\n\r\n')
  })
}
