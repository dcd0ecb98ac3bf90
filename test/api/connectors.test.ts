import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFakeMessenger } from '../helpers/fake-messenger.ts'
import { type FakeTelegram, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { echoFlow, oneLineFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let telegram: FakeTelegram
const SECRET = 'a-webhook-secret-of-ours'

beforeAll(async () => {
  telegram = await startFakeTelegram()
  server = await startTestServer()
  for (const flow of [echoFlow('echo'), oneLineFlow('one_line')]) {
    const { id } = flow as { id: string }
    await server.call('PUT', `/api/flows/${id}`, flow)
    await server.call('POST', `/api/flows/${id}/publish`)
  }
})
afterAll(async () => {
  await server.close()
  await telegram.close()
})

const bot = (more: object = {}) => ({
  channel: 'telegram',
  name: 'Shop bot',
  flow: 'echo',
  settings: { api_root: telegram.root },
  secrets: { token: telegram.token, webhook_secret: SECRET },
  ...more,
})
/** A token of another bot, so that tests do not share an account. */
let bots = 100
const other = (more: object = {}) => bot({ secrets: { token: `${bots++}:another-token-that-looks-like-one_12345` }, ...more })

describe('connectors', () => {
  test('a new connector is answered with its webhook and without its secrets', async () => {
    const { status, body, text } = await server.call('POST', '/api/connectors', bot({ max_wait: '10 min' }))
    expect(status).toBe(201)
    expect(body).toMatchObject({
      channel: 'telegram',
      name: 'Shop bot',
      flow: 'echo',
      queue: 'default',
      enabled: true,
      max_wait: 600,
      webhook_url: `${server.url}/hooks/${body.id}`,
      chat_url: null,
      account_id: telegram.token.split(':')[0],
      secrets: { token: { set: true }, webhook_secret: { set: true } },
    })
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain(telegram.token)
    expect((await server.call('GET', `/api/connectors/${body.id}`)).body).toEqual(body)
    expect((await server.call('GET', '/api/connectors')).body.items).toContainEqual(body)
    expect((await server.call('DELETE', `/api/connectors/${body.id}`)).status).toBe(204)
  })

  test('what Parley can choose is made when it is left out, and made anew when it is forgotten', async () => {
    const { body } = await server.call('POST', '/api/connectors', other())
    expect(body.secrets.webhook_secret).toEqual({ set: true, since: expect.any(Number) })
    const changed = await server.call('PATCH', `/api/connectors/${body.id}`, { secrets: { webhook_secret: null } })
    expect(changed.body.secrets.webhook_secret.set).toBe(true)
    expect(changed.body.secrets.webhook_secret.since).toBeGreaterThanOrEqual(body.secrets.webhook_secret.since)
    expect(changed.body.secrets.token).toEqual(body.secrets.token)
  })

  const wrong: readonly { name: string; change: object; at: string; code: string }[] = [
    { name: 'an unknown channel', change: { channel: 'telegraph' }, at: '/channel', code: 'connector.unknown_channel' },
    { name: 'a channel without an adapter', change: { channel: 'viber' }, at: '/channel', code: 'connector.unknown_channel' },
    { name: 'an unknown flow', change: { flow: 'nobody' }, at: '/flow', code: 'connector.unknown_flow' },
    { name: 'an unknown queue', change: { queue: 'nobody' }, at: '/queue', code: 'connector.unknown_queue' },
    {
      name: 'an unknown flow for the timeout',
      change: { timeout_action: { type: 'flow', flow: 'nobody' } },
      at: '/timeout_action/flow',
      code: 'connector.unknown_flow',
    },
    { name: 'a duration that is none', change: { max_wait: 'a while' }, at: '/max_wait', code: 'request.wrong_shape' },
    { name: 'a setting nobody knows', change: { settings: { bot_usrname: 'x' } }, at: '/settings/bot_usrname', code: 'request.wrong_shape' },
    { name: 'a setting of the wrong form', change: { settings: { receive: 'pigeon' } }, at: '/settings/receive', code: 'request.wrong_shape' },
    { name: 'no token', change: { secrets: {} }, at: '/secrets', code: 'request.wrong_shape' },
    { name: 'an unknown key', change: { enabld: true }, at: '/enabld', code: 'request.wrong_shape' },
    { name: 'hours below -1', change: { session_hours: -2 }, at: '/session_hours', code: 'request.wrong_shape' },
  ]
  test.each(wrong)('$name is refused at $at', async ({ change, at, code }) => {
    const { status, body } = await server.call('POST', '/api/connectors', other(change))
    expect(status).toBe(422)
    expect(body.error).toMatchObject({ at, code })
  })

  test('a wrong secret is refused without repeating it', async () => {
    const { status, body, text } = await server.call(
      'POST',
      '/api/connectors',
      bot({ secrets: { token: '123456:short', webhook_secret: 'with crumbs: in it' } }),
    )
    expect(status).toBe(422)
    expect(body.error.at).toMatch(/^\/secrets\//)
    expect(text).not.toContain('123456:short')
    expect(text).not.toContain('crumbs')
  })

  test('one enabled connector uses a vendor account (rule 32)', async () => {
    const first = (await server.call('POST', '/api/connectors', bot())).body
    const second = await server.call('POST', '/api/connectors', bot({ name: 'Twin' }))
    expect(second.status).toBe(409)
    expect(second.body.error.message).toContain('Shop bot')
    const spare = await server.call('POST', '/api/connectors', bot({ name: 'Spare', enabled: false }))
    expect(spare.status).toBe(201)
    expect((await server.call('PATCH', `/api/connectors/${spare.body.id}`, { enabled: true })).status).toBe(409)
    await server.call('PATCH', `/api/connectors/${first.id}`, { enabled: false })
    expect((await server.call('PATCH', `/api/connectors/${spare.body.id}`, { enabled: true })).status).toBe(200)
    for (const id of [first.id, spare.body.id]) await server.call('DELETE', `/api/connectors/${id}`)
  })

  test('a change touches what it names and nothing else', async () => {
    const before = (await server.call('POST', '/api/connectors', other({ max_wait: 90, reorder_ms: 300 }))).body
    const { body } = await server.call('PATCH', `/api/connectors/${before.id}`, { name: 'Renamed', rate: { per_second: 5, per_contact: 1 } })
    expect(body).toEqual({
      ...before,
      name: 'Renamed',
      rate: { per_second: 5, burst: 5, per_contact: 1, per_contact_burst: 1 },
      updated_at: body.updated_at,
    })
    const settings = await server.call('PATCH', `/api/connectors/${before.id}`, { settings: { bot_username: 'shop_helper_bot' } })
    expect(settings.body.settings).toEqual({ ...before.settings, bot_username: 'shop_helper_bot' })
  })

  test('changes of two callers at the same moment are both kept', async () => {
    const { id } = (await server.call('POST', '/api/connectors', other())).body
    const changes = [{ name: 'Renamed' }, { reorder_ms: 250 }, { max_wait: 60 }, { settings: { bot_username: 'shop_helper_bot' } }]
    await Promise.all(changes.map(change => server.call('PATCH', `/api/connectors/${id}`, change)))
    expect((await server.call('GET', `/api/connectors/${id}`)).body).toMatchObject({
      name: 'Renamed',
      reorder_ms: 250,
      max_wait: 60,
      settings: { bot_username: 'shop_helper_bot' },
    })
  })

  test('a bot that receives by polling is polled from the moment it is made, and no longer once it is disabled', async () => {
    const own = await startFakeTelegram({ token: '7000000055:fake-token-of-the-fake-bot-api' })
    const polled = { settings: { api_root: own.root, receive: 'polling' }, secrets: { token: own.token } }
    const { id } = (await server.call('POST', '/api/connectors', bot(polled))).body
    await own.pushUpdate(textUpdate(701, 'Hello'))
    expect((await own.waitSent(1, 701))[0]?.text).toBe('Hello!')
    await server.call('PATCH', `/api/connectors/${id}`, { enabled: false })
    void own.pushUpdate(textUpdate(702, 'Anybody?'))
    expect((await server.call('GET', '/api/conversations?contact=702')).body.items).toEqual([])
    expect(own.pending()).toBe(1)
    await own.close()
  })

  test('rule 25: without a session no flow that waits can be bound', async () => {
    const refused = await server.call('POST', '/api/connectors', other({ session_hours: -1 }))
    expect(refused.status).toBe(422)
    expect(refused.body.error).toMatchObject({ code: 'connector.flow_waits', at: '/session_hours' })
    expect((await server.call('POST', '/api/connectors', other({ session_hours: -1, flow: 'one_line' }))).status).toBe(201)
    await server.call('PUT', '/api/flows/one_line', echoFlow('one_line'))
    const published = await server.call('POST', '/api/flows/one_line/publish')
    expect(published.status).toBe(422)
    expect(published.body.problems[0]).toMatchObject({ code: 'waits_without_session', block: 'ear' })
  })

  test('the connection test says in sentences what the vendor says', async () => {
    const { id } = (await server.call('POST', '/api/connectors', bot())).body
    const good = await server.call('POST', `/api/connectors/${id}/test`)
    expect(good.body.ok).toBe(true)
    expect(good.body.checks.length).toBeGreaterThan(0)
    await server.call('PATCH', `/api/connectors/${id}`, { secrets: { token: `${telegram.bot.id}:an-old-token-that-was-revoked_1234` } })
    const bad = await server.call('POST', `/api/connectors/${id}/test`)
    expect(bad.status).toBe(200)
    expect(bad.body.ok).toBe(false)
    await server.call('DELETE', `/api/connectors/${id}`)
  })

  test('the webhook is set at PUBLIC_URL, on plain http too when the vendor is not the real one', async () => {
    const made = (await server.call('POST', '/api/connectors', bot())).body
    const { status, body } = await server.call('POST', `/api/connectors/${made.id}/webhook`)
    expect(status).toBe(200)
    expect(body.url).toBe(made.webhook_url)
    expect(telegram.webhook).toMatchObject({ url: made.webhook_url, secret_token: SECRET })
    await server.call('DELETE', `/api/connectors/${made.id}`)
  })

  test('the real vendor is never told an address it cannot reach', async () => {
    const { id } = (await server.call('POST', '/api/connectors', other({ settings: {} }))).body
    const { status, body } = await server.call('POST', `/api/connectors/${id}/webhook`)
    expect(status).toBe(422)
    expect(body.error).toMatchObject({ code: 'connector.bad_webhook_url', at: 'PUBLIC_URL' })
  })

  test('a bot that is polled keeps its messages: no webhook is set for it', async () => {
    const { id } = (await server.call('POST', '/api/connectors', other({ enabled: false, settings: { api_root: telegram.root, receive: 'polling' } }))).body
    const { status, body } = await server.call('POST', `/api/connectors/${id}/webhook`)
    expect(status).toBe(409)
    expect(body.error.code).toBe('connector.polling')
  })

  test('a page of Messenger is subscribed', async () => {
    const fake = await startFakeMessenger()
    try {
      const made = await server.call('POST', '/api/connectors', {
        channel: 'messenger',
        name: 'Page',
        flow: 'echo',
        settings: { page_id: fake.page_id, api_root: fake.root },
        secrets: { token: fake.token, app_secret: fake.app_secret },
      })
      expect(made.body.account_id).toBe(fake.page_id)
      expect((await server.call('POST', `/api/connectors/${made.body.id}/webhook`)).body.url).toBe(made.body.webhook_url)
      expect((await server.call('POST', `/api/connectors/${made.body.id}/test`)).body.ok).toBe(true)
    } finally {
      await fake.close()
    }
  })

  test('a web chat has a page instead of a webhook', async () => {
    const { body } = await server.call('POST', '/api/connectors', { channel: 'webchat', name: 'Site', flow: 'echo' })
    expect(body.chat_url).toBe(`${server.url}/chat/${body.id}`)
    const refused = await server.call('POST', `/api/connectors/${body.id}/webhook`)
    expect(refused.status).toBe(422)
    expect(refused.body.error.code).toBe('connector.no_webhook')
    expect((await server.call('GET', '/chats.json', undefined, { key: null })).body.chats).toContainEqual({
      title: 'Site',
      subtitle: '',
      url: `/chat/${body.id}`,
    })
  })

  test('a connector that is not there is 404 for every call', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/webhook'],
    ] as const) {
      expect((await server.call(method, `/api/connectors/nobody${path}`, method === 'PATCH' ? {} : undefined)).status, `${method} ${path}`).toBe(404)
    }
  })

  test('all eight channels are described, those without an adapter by their limits (rule 41)', async () => {
    const { items } = (await server.call('GET', '/api/channels')).body
    expect(items.map((channel: { channel: string }) => channel.channel).sort()).toEqual([
      'line',
      'messenger',
      'telegram',
      'viber',
      'vonage',
      'webchat',
      'webhook',
      'whatsapp',
    ])
    const described = items.find((channel: { channel: string }) => channel.channel === 'telegram')
    expect(described).toMatchObject({ available: true, limits: { text: 4096 } })
    expect(described.secrets).toContainEqual(expect.objectContaining({ name: 'token', required: true, generated: false }))
    expect(described.secrets).toContainEqual(expect.objectContaining({ name: 'webhook_secret', required: false, generated: true }))
  })
})
