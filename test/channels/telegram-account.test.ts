/** A bot's account: connection test, webhook, long polling, files. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Account, Connection, Parsed } from '../../server/channels/channel.ts'
import { connect } from '../../server/channels/telegram/index.ts'
import { checkWebhookUrl } from '../../server/channels/telegram/public-url.ts'
import { collect } from '../../server/channels/telegram/vendor.ts'
import { DomainError } from '../../server/engine/index.ts'
import { type Failure, type FakeTelegram, failures, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'

const TOKEN = '7000000001:fake-token-of-the-fake-bot-api'
const SECRET = 'secret_of-the-webhook'
const signal = new AbortController().signal

let fake: FakeTelegram
let connection: Connection

function open(settings: Account['settings'] = {}): Connection {
  const account: Account = { connector: 'c1', name: 'Shop', settings: { api_root: fake.root, ...settings }, secrets: { token: TOKEN, webhook_secret: SECRET } }
  return connect(account, { now: () => 1_800_000_000_000 }, { poll_s: 1, call_s: 0.5, second_ms: 1 })
}

beforeEach(async () => {
  fake = await startFakeTelegram({ token: TOKEN })
  connection = open()
})
afterEach(async () => {
  await connection.close()
  await fake.close()
})

/** The refusal a call ends with; secrets must not be in it, wherever one looks. */
async function refusalOf(call: Promise<unknown> | undefined): Promise<DomainError> {
  const error = await Promise.resolve(call).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DomainError)) throw new Error(`expected a DomainError, got ${String(error)}`)
  const everything = JSON.stringify({ ...error, message: error.message, stack: error.stack, cause: String(error.cause) })
  expect(everything).not.toContain(TOKEN)
  expect(everything).not.toContain(SECRET)
  return error
}

describe('testing the connection', () => {
  test('names the bot', async () => {
    expect(await connection.test(signal)).toEqual([{ name: 'Token', ok: true, message: 'Telegram knows the bot “Shop” (@shop_helper_bot).' }])
  })

  test.each(['shop_helper_bot', '@Shop_Helper_Bot'])('takes the expected name %s', async bot_username => {
    const named = open({ bot_username })
    expect((await named.test(signal)).map(check => check.ok)).toEqual([true, true])
    await named.close()
  })

  test('shows both names when the token is of another bot', async () => {
    const named = open({ bot_username: 'other_bot' })
    expect((await named.test(signal))[1]).toMatchObject({ ok: false, message: 'The token belongs to @shop_helper_bot, but the connector names @other_bot.' })
    await named.close()
  })

  const troubles: readonly [string, Failure, string][] = [
    ['a revoked token', failures.unauthorized, 'Telegram refuses the token: Unauthorized'],
    ['an unknown token', failures.notFound, 'The Bot API does not know this token: Not Found'],
    ['a bot that is logged out', { type: 'error', error_code: 400, description: 'Logged out' }, 'Telegram answered: Logged out'],
    ['a busy Telegram', failures.tooMany(3), 'Telegram asks to slow down: Too Many Requests: retry after 3'],
    ['a failing Telegram', failures.internal, 'Telegram has a passing trouble: Internal Server Error'],
    ['a broken connection', failures.resetBefore, 'Telegram could not be reached.'],
  ]
  test.each(troubles)('tells of %s', async (_, fail, message) => {
    fake.failNext({ method: 'getMe', fail })
    const checks = await connection.test(signal)
    expect(checks).toMatchObject([{ name: 'Token', ok: false, message }])
    expect(checks[0]?.hint).toBeTruthy()
    expect(JSON.stringify(checks)).not.toContain(TOKEN)
  })
})

describe('setting the webhook', () => {
  const url = 'http://127.0.0.1:3999/hooks/c1'

  test('registers our address with our secret and the kinds we read', async () => {
    expect(await connection.setWebhook?.(url, signal)).toEqual({ url, pending: 0 })
    expect(fake.requests.find(request => request.method === 'setWebhook')?.parameters).toEqual({
      url,
      secret_token: SECRET,
      max_connections: 40,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      drop_pending_updates: false,
    })
  })

  test('waits as long as Telegram asks between two settings', async () => {
    fake.failNext({ method: 'setWebhook', fail: failures.tooMany(1) })
    expect(await connection.setWebhook?.(url, signal)).toMatchObject({ url })
  })

  test('after a failure the old webhook works again, and Telegram’s words are shown', async () => {
    const strict = await startFakeTelegram({ token: TOKEN, strict_webhook: true })
    const cloud = open({ api_root: strict.root })
    await cloud.setWebhook?.('https://chat.parley-shop.com/hooks/c1', signal)
    const error = await refusalOf(cloud.setWebhook?.('https://chat.parley-shop.invalid/hooks/c1', signal))
    expect(error.message).toContain('bad webhook: Failed to resolve host')
    expect(error).toMatchObject({ code: 'connector.webhook_refused', retry: 'never', details: { status: 400 } })
    expect(strict.webhook).toEqual({ url: 'https://chat.parley-shop.com/hooks/c1', secret_token: SECRET, max_connections: 40 })
    await cloud.close()
    await strict.close()
  })

  test('an address that Telegram would refuse never reaches it, so the old webhook stays', async () => {
    await connection.setWebhook?.(url, signal)
    expect((await refusalOf(connection.setWebhook?.('https://[bad', signal))).code).toBe('connector.bad_webhook_url')
    expect(fake.webhook?.url).toBe(url)
  })

  test('tells when the old webhook is lost as well', async () => {
    await connection.setWebhook?.(url, signal)
    fake.failNext({ method: 'setWebhook', fail: failures.badRequest('bad webhook: Failed to resolve host') })
    // The first question, before the change, is answered; the second, after it failed, is not.
    fake.failNext({ method: 'getWebhookInfo', every: 2, fail: failures.internal })
    const error = await refusalOf(connection.setWebhook?.('http://127.0.0.1:4000/other', signal))
    expect(error.message).toContain('The address that was set before is lost as well')
    expect(error.hint).toContain('DNS')
  })

  test('a Telegram that is out of reach changes nothing', async () => {
    await connection.setWebhook?.(url, signal)
    fake.failNext({ method: 'getWebhookInfo', fail: failures.resetBefore })
    expect(await refusalOf(connection.setWebhook?.('http://127.0.0.1:4000/other', signal))).toMatchObject({ retry: 'later' })
    expect(fake.webhook?.url).toBe(url)
  })

  test('a refused token says what to do', async () => {
    fake.failNext({ method: 'getWebhookInfo', fail: failures.unauthorized })
    expect(await refusalOf(connection.setWebhook?.(url, signal))).toMatchObject({ code: 'connector.bad_token', hint: expect.stringContaining('@BotFather') })
  })

  test('is removed without dropping what waits', async () => {
    await connection.setWebhook?.(url, signal)
    await connection.removeWebhook?.(signal)
    expect(fake.webhook).toBeUndefined()
    expect(fake.requests.at(-1)).toMatchObject({ method: 'deleteWebhook', parameters: { drop_pending_updates: false } })
  })

  test.each([
    ['not an address', 'chat.example.com/hooks'],
    ['plain http', 'http://chat.parley-shop.com/hooks/c1'],
    ['another port', 'https://chat.parley-shop.com:3000/hooks/c1'],
    ['this machine', 'https://127.0.0.1/hooks/c1'],
    ['this machine by another spelling', 'https://0x7f.1/hooks/c1'],
    ['this machine by name', 'https://localhost/hooks/c1'],
    ['a private address', 'https://192.168.1.20/hooks/c1'],
    ['a reserved address', 'https://203.0.113.9/hooks/c1'],
    ['an IPv6 address', 'https://[2a00:1450:4001::1]/hooks/c1'],
    ['a name of a private network', 'https://chat.internal/hooks/c1'],
    ['a name without a dot', 'https://chat/hooks/c1'],
  ])('the vendor’s cloud is not asked with %s', (_, address) => {
    expect(() => checkWebhookUrl(address, true)).toThrow(DomainError)
  })

  test.each([
    'https://chat.parley-shop.com/hooks/c1',
    'https://chat.parley-shop.com:8443/hooks/c1',
    'https://chat.parley-shop.com:80/h',
    'https://149.154.167.50/h',
  ])('the vendor’s cloud is asked with %s', address => {
    expect(() => checkWebhookUrl(address, true)).not.toThrow()
  })
})

describe('long polling', () => {
  /** Runs until `count` parts came, or polling ended by itself. */
  async function pollFor(count: number, accept?: (parts: readonly Parsed[]) => Promise<void>): Promise<Parsed[]> {
    const abort = new AbortController()
    const got: Parsed[] = []
    await connection.poll?.(async parts => {
      await accept?.(parts)
      got.push(...parts)
      if (got.length >= count) abort.abort()
    }, abort.signal)
    return got
  }

  test('drops a webhook that is set, keeps what waits, and reads it as a webhook would', async () => {
    await connection.setWebhook?.('http://127.0.0.1:1/hooks/c1', signal)
    void fake.pushUpdate(textUpdate(5, 'Hello', 900))
    expect(await pollFor(1)).toMatchObject([{ kind: 'event', external_id: 'u900', contact: '5', order: 900, event: { type: 'message_received' } }])
  })

  test('an update that comes while nothing waits ends the long poll', async () => {
    const got = pollFor(1)
    void fake.pushUpdate(textUpdate(5, 'Hello', 901))
    expect(await got).toHaveLength(1)
  })

  test('a batch that was not accepted comes again, in order, and is confirmed only after it was', async () => {
    void fake.pushUpdate(textUpdate(5, 'one', 910))
    void fake.pushUpdate(textUpdate(5, 'two', 911))
    let tries = 0
    const pending: number[] = []
    const accept = async (): Promise<void> => {
      pending.push(fake.pending())
      tries += 1
      if (tries < 3) throw new Error('the store is down')
    }
    const got = await pollFor(2, accept)
    expect(got.map(part => (part.kind === 'event' ? part.external_id : ''))).toEqual(['u910', 'u911'])
    expect(pending).toEqual([2, 2, 2])
    const offsets = fake.requests.filter(request => request.method === 'getUpdates').map(request => request.parameters.offset)
    expect(offsets).toEqual([0, 0, 0])
  })

  test('the next call confirms what was accepted', async () => {
    const arrival = fake.pushUpdate(textUpdate(5, 'one', 920))
    const got = pollFor(2)
    expect(await arrival).toEqual({ update_id: 920, by: 'polling', attempts: 1 })
    void fake.pushUpdate(textUpdate(5, 'two', 921))
    expect(await got).toHaveLength(2)
  })

  test('goes on after resets, errors and being too fast', async () => {
    for (const fail of [failures.resetBefore, failures.internal, failures.badGateway, failures.tooMany(1)]) fake.failNext({ method: 'getUpdates', fail })
    fake.failNext({ method: 'deleteWebhook', fail: failures.internal })
    void fake.pushUpdate(textUpdate(5, 'Hello', 930))
    expect(await pollFor(1)).toHaveLength(1)
  })

  test('what cannot be used is kept aside, its neighbours arrive', async () => {
    void fake.pushUpdate({ update_id: 940, poll: undefined } as never)
    void fake.pushUpdate(textUpdate(5, 'Hello', 941))
    expect(await pollFor(2)).toMatchObject([
      { kind: 'kept_aside', body: '{"update_id":940}' },
      { kind: 'event', external_id: 'u941' },
    ])
  })

  test('another program that polls ends it with a sentence', async () => {
    const arrival = fake.pushUpdate(textUpdate(5, 'Hello', 950))
    const first = refusalOf(pollFor(2))
    // The poll that confirms the update is the one that waits when the other program comes.
    await arrival
    const other = open()
    const stop = new AbortController()
    const taken = other.poll?.(async () => undefined, stop.signal)
    expect(await first).toMatchObject({ code: 'connector.other_receiver', hint: expect.stringContaining('one receiver') })
    stop.abort()
    await taken
    await other.close()
  })

  test('a webhook that somebody sets meanwhile ends it with a sentence', async () => {
    const arrival = fake.pushUpdate(textUpdate(5, 'Hello', 951))
    const polling = refusalOf(pollFor(2))
    await arrival
    const other = open()
    await other.setWebhook?.('http://127.0.0.1:1/hooks/c1', signal)
    expect((await polling).code).toBe('connector.other_receiver')
    await other.close()
  })

  test('a revoked token ends it with a sentence', async () => {
    fake.failNext({ method: 'deleteWebhook', fail: failures.unauthorized })
    expect((await refusalOf(pollFor(1))).code).toBe('connector.bad_token')
  })
})

describe('files of a contact', () => {
  test('are read by their id', async () => {
    fake.addFile('AgACb', Buffer.from('jpeg bytes'), 'photos/file 1.jpg')
    expect((await connection.fetchFile?.('AgACb', 1000, signal))?.bytes.toString()).toBe('jpeg bytes')
  })

  test('are refused above the size allowed', async () => {
    fake.addFile('big', Buffer.alloc(2000))
    expect((await refusalOf(connection.fetchFile?.('big', 1000, signal))).code).toBe('file.too_big')
  })

  test('are counted while they arrive, whatever size was stated', async () => {
    const parts = async function* (): AsyncGenerator<Uint8Array> {
      for (let part = 0; part < 3; part++) yield Buffer.alloc(500)
    }
    expect((await refusalOf(collect(parts(), 1000))).code).toBe('file.too_big')
    expect(await collect(parts(), 1500)).toHaveLength(1500)
  })

  test('that Telegram no longer has are refused', async () => {
    expect(await refusalOf(connection.fetchFile?.('gone', 1000, signal))).toMatchObject({ code: 'file.unreachable', retry: 'never' })
  })

  test('rule 42: an address with the token is in no error', async () => {
    fake.addFile('moved', Buffer.from('x'), 'a/b')
    fake.failNext({ method: 'getFile', fail: failures.resetBefore })
    expect(await refusalOf(connection.fetchFile?.('moved', 1000, signal))).toMatchObject({ retry: 'later' })
  })
})
