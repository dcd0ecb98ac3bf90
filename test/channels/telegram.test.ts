/** Telegram as a channel: recorded updates in, expected events out; messages in, expected calls of the Bot API out. */
import { Bot, webhookCallback } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Account, Connection, HookRequest, OutgoingDelivery } from '../../server/channels/channel.ts'
import { connect, telegram } from '../../server/channels/telegram/index.ts'
import { parse } from '../../server/channels/telegram/receive.ts'
import type { OutboundMessage } from '../../server/engine/index.ts'
import { type Failure, type FakeTelegram, failures, startFakeTelegram } from '../helpers/fake-telegram.ts'
import tables from './telegram.json'

const NOW = 1_800_000_000_000
const CHAT = '5012345678'
const SECRET = 'secret_of-the-webhook'
const TOKEN = '7000000001:fake-token-of-the-fake-bot-api'

/** grammY asks nobody when it is told who the bot is. */
const BOT: UserFromGetMe = {
  id: 7000000001,
  is_bot: true,
  first_name: 'Shop',
  username: 'shop_helper_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
}

const account: Account = { connector: 'c1', name: 'Shop', settings: {}, secrets: { token: TOKEN, webhook_secret: SECRET } }

function hook(body: string, headers: HookRequest['headers'] = { 'x-telegram-bot-api-secret-token': SECRET }): HookRequest {
  return { method: 'POST', path: '/hooks/c1', query: new URLSearchParams(), headers, body: Buffer.from(body) }
}

interface InRow {
  readonly name: string
  readonly message?: object
  readonly edited_message?: object
  readonly update?: object
  readonly body?: string
  readonly gives?: object
  readonly keeps_aside?: string
}

/** A row states what matters; the rest of a message is always the same. */
function bodyOf(row: InRow): string {
  if (row.body !== undefined) return row.body
  const from = { id: 5012345678, is_bot: false, first_name: 'Ana', last_name: 'Kern', username: 'ana_k', language_code: 'de' }
  const usual = { message_id: 731, from, chat: { id: 5012345678, first_name: 'Ana', username: 'ana_k', type: 'private' }, date: 1790000000 }
  const update = row.update ?? (row.message ? { message: { ...usual, ...row.message } } : { edited_message: { ...usual, ...row.edited_message } })
  return JSON.stringify({ update_id: 480112001, ...update })
}

describe('what Telegram posts', () => {
  test.each<InRow>(tables.in)('$name', row => {
    const body = bodyOf(row)
    const parts = parse(hook(body), account, NOW)
    expect(parts).toHaveLength(1)
    if (row.keeps_aside !== undefined) {
      expect(parts[0]).toMatchObject({ kind: 'kept_aside', reason: row.keeps_aside, body })
      return
    }
    expect(parts[0]).toMatchObject({ kind: 'event', ...row.gives })
    if (row.gives && 'event' in row.gives) expect(parts[0]).toHaveProperty('event', row.gives.event)
  })

  test('NUL bytes and half characters are taken out of a text', () => {
    // As escapes in the body: a table cannot hold a half character.
    const body = bodyOf({ name: '', message: { text: 'a?b?d👋' } }).replace('a?b?d', String.raw`a\u0000b\ud83dc\udc4bd`)
    expect(parse(hook(body), account, NOW)[0]).toHaveProperty('event.message.text', 'abcd👋')
  })

  test('a body that is no UTF-8 is read without a throw', () => {
    expect(parse({ ...hook(''), body: Buffer.from([0xff, 0xfe, 0x7b]) }, account, NOW)[0]).toMatchObject({ kind: 'kept_aside', reason: 'not_json' })
  })

  test('a body nested ten thousand deep is kept aside', () => {
    const body = `{"update_id":1,"poll":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    expect(parse(hook(body), account, NOW)[0]).toMatchObject({ kind: 'kept_aside', reason: 'unknown_kind' })
  })
})

describe('the secret in the header', () => {
  const HEADER = 'x-telegram-bot-api-secret-token'
  const refused: readonly [string, HookRequest['headers']][] = [
    ['missing', {}],
    ['empty', { [HEADER]: '' }],
    ['of another bot', { [HEADER]: 'another-secret-of-21c' }],
    ['with one letter changed', { [HEADER]: 'secret_of-the-webhooK' }],
    ['with one letter more', { [HEADER]: `${SECRET}x` }],
    ['with one letter less', { [HEADER]: SECRET.slice(1) }],
    ['in capitals', { [HEADER]: SECRET.toUpperCase() }],
    ['given twice', { [HEADER]: [SECRET, SECRET] }],
    ['given twice and joined', { [HEADER]: `${SECRET}, ${SECRET}` }],
    ['in the header that a seed document names', { 'x-telegram-bot-api-signature': SECRET }],
  ]
  test.each(refused)('rule 32: %s is not authentic', (_, headers) => {
    const verified = telegram.verify(hook('{}', headers), account)
    expect(verified.ok).toBe(false)
    expect(JSON.stringify(verified)).not.toContain(SECRET)
  })

  test.each([...refused, ['ours', { [HEADER]: SECRET }] as const])('grammY judges a secret %s the same way', async (_, headers) => {
    const bot = new Bot(TOKEN, { botInfo: BOT })
    const request = new Request('http://127.0.0.1/hooks/c1', { method: 'POST', body: '{"update_id":1}', headers: { 'content-type': 'application/json' } })
    for (const [name, value] of Object.entries(headers)) for (const one of [value ?? []].flat()) request.headers.append(name, one)
    const answer = await webhookCallback(bot, 'std/http', { secretToken: SECRET })(request)
    expect(answer.status === 200).toBe(telegram.verify(hook('{}', headers), account).ok)
  })

  test('rule 32: our secret is authentic', () => {
    expect(telegram.verify(hook('{}'), account)).toEqual({ ok: true })
  })

  test('rule 32: a connector without a secret lets nobody in', () => {
    const bare = { ...account, secrets: { token: TOKEN } }
    expect(telegram.verify(hook('{}', { [HEADER]: '' }), bare).ok).toBe(false)
    expect(telegram.verify(hook('{}', { [HEADER]: 'undefined' }), bare).ok).toBe(false)
  })
})

describe('the account', () => {
  test('is known by the digits of the token, which stay when the token is renewed', () => {
    expect(telegram.accountId(account)).toBe('7000000001')
    expect(telegram.accountId({ ...account, secrets: {} })).toBeUndefined()
  })

  test('gets a secret that Telegram takes, another one each time', () => {
    const made = [telegram.generate().webhook_secret, telegram.generate().webhook_secret]
    for (const secret of made) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(made[0]).not.toBe(made[1])
  })
})

describe('what Telegram is asked to send', () => {
  let fake: FakeTelegram
  let connection: Connection
  const signal = new AbortController().signal

  beforeAll(async () => {
    fake = await startFakeTelegram({ token: TOKEN })
    connection = connect({ ...account, settings: { api_root: `${fake.root}/` } }, { now: () => NOW }, { poll_s: 1, call_s: 0.5, second_ms: 1 })
  })
  beforeEach(() => fake.reset())
  afterAll(async () => {
    await connection.close()
    await fake.close()
  })

  function delivery(message: OutboundMessage, more: Partial<OutgoingDelivery> = {}): OutgoingDelivery {
    return { id: 'd1', contact: CHAT, message, decided_at: NOW, ...more }
  }

  interface OutRow {
    readonly name: string
    readonly message: OutboundMessage & { readonly repeat?: number }
    readonly file_url?: string
    readonly calls: readonly { readonly method: string; readonly parameters?: object }[]
    readonly result?: object
  }
  // JSON has no literal types; the rows are checked by being sent.
  test.each(tables.out as readonly OutRow[])('$name', async row => {
    const { repeat, ...rest } = row.message
    const message = repeat === undefined ? rest : { ...rest, text: 'x'.repeat(repeat) }
    const result = await connection.send(delivery(message, row.file_url === undefined ? {} : { file_url: row.file_url }), signal)
    expect(fake.requests.map(request => request.method)).toEqual(row.calls.map(call => call.method))
    for (const [index, call] of row.calls.entries()) if (call.parameters) expect(fake.requests[index]?.parameters).toEqual(call.parameters)
    expect(result).toMatchObject(row.result ?? { type: 'sent', vendor_id: `${CHAT}:${fake.sent().at(-1)?.message_id}` })
  })

  interface FailureRow {
    readonly name: string
    readonly times?: number
    readonly fail: Failure
    readonly sends?: number
    readonly result: object
  }
  test.each(tables.failures as readonly FailureRow[])('$name', async row => {
    fake.failNext({ method: 'sendMessage', times: row.times ?? 1, fail: row.fail })
    const result = await connection.send(delivery({ text: 'Your parcel' }), signal)
    if (result.type === 'sent') expect({ ...result, vendor_id: result.vendor_id.replace(/:\d+$/, ':1') }).toEqual(row.result)
    else expect(result).toMatchObject(row.result)
    if (row.sends !== undefined) expect(fake.sent()).toHaveLength(row.sends)
    expect(JSON.stringify(result)).not.toContain(TOKEN)
    expect(JSON.stringify(result)).not.toContain('Your parcel')
  })

  test('rule 28: a Bot API that is not there is tried again', async () => {
    const gone = await startFakeTelegram({ token: TOKEN })
    await gone.close()
    const lost = connect({ ...account, settings: { api_root: gone.root } }, { now: () => NOW }, { poll_s: 1, call_s: 1, second_ms: 1 })
    const result = await lost.send(delivery({ text: 'Hello' }), signal)
    expect(result).toMatchObject({ type: 'retry', code: 'send.network' })
    expect(JSON.stringify(result)).not.toContain(TOKEN)
    await lost.close()
  })

  test('a call that is aborted ends at once and sends nothing later', async () => {
    const patient = connect({ ...account, settings: { api_root: fake.root } }, { now: () => NOW }, { poll_s: 1, call_s: 600, second_ms: 1 })
    const abort = new AbortController()
    fake.failNext({ fail: failures.hang })
    const sending = patient.send(delivery({ text: 'Hello' }), abort.signal)
    abort.abort()
    expect(await sending).toMatchObject({ type: 'retry' })
    expect(await patient.send(delivery({ text: 'Hello' }), abort.signal)).toMatchObject({ type: 'retry' })
    expect(fake.sent()).toHaveLength(0)
    const waiting = new AbortController()
    fake.clearFailures()
    fake.failNext({ fail: failures.hang })
    const asked = patient.send(delivery({ text: 'Hello' }), waiting.signal)
    await vi.waitFor(() => expect(fake.requests).toHaveLength(1))
    waiting.abort()
    expect(await asked).toMatchObject({ type: 'retry' })
    await patient.close()
  })

  test('rule 41: Telegram takes the largest message that the table of abilities promises', async () => {
    const { buttons, text } = telegram.abilities
    const largest = Array.from({ length: buttons.most }, (_, index) => ({ label: 'W'.repeat(buttons.label), payload: `${index}`.padEnd(buttons.payload, 'x') }))
    expect(await connection.send(delivery({ text: 'x'.repeat(text), buttons: largest }), signal)).toMatchObject({ type: 'sent' })
    expect(fake.sent()[0]?.buttons.flat()).toHaveLength(buttons.most)
  })

  test('many sends at once share the signal of their connector without a warning of Node', async () => {
    const warnings: Error[] = []
    const note = (warning: Error): unknown => warning.name === 'MaxListenersExceededWarning' && warnings.push(warning)
    process.on('warning', note)
    const shared = new AbortController().signal
    await Promise.all(Array.from({ length: 30 }, () => connection.send(delivery({ text: 'Hello' }), shared)))
    process.off('warning', note)
    expect(warnings).toEqual([])
    expect(fake.sent()).toHaveLength(30)
  })

  test('the address of the API may come from the settings of the server', async () => {
    const other = connect(account, { now: () => NOW, api_root: fake.root }, { poll_s: 1, call_s: 1, second_ms: 1 })
    expect(await other.send(delivery({ text: 'Hello' }), signal)).toMatchObject({ type: 'sent' })
    await other.close()
  })

  test('rule 42: a file of ours goes up as bytes when Telegram cannot reach its address', async () => {
    fake.addFile('own', Buffer.from('%PDF-1.7 bytes of ours'), 'own.docx')
    const file_url = `${fake.root}/file/bot${TOKEN}/own.docx`
    const message: OutboundMessage = {
      text: 'Your bill',
      attachment: { kind: 'file', file: 'f1', name: 'bill "March";\r\n.docx' },
      buttons: [{ label: 'OK', payload: '1:ok' }],
    }
    expect(await connection.send(delivery(message, { file_url }), signal)).toMatchObject({ type: 'sent' })
    const request = fake.requests.at(-1)
    expect(request?.method).toBe('sendDocument')
    expect(request?.parameters.caption).toBe('Your bill')
    expect(request?.files.map(file => [file.name, file.bytes.toString()])).toEqual([['bill _March____.docx', '%PDF-1.7 bytes of ours']])
    expect(fake.sent().at(-1)?.buttons).toEqual([[{ text: 'OK', callback_data: '1:ok' }]])
  })

  test.each([
    ['is gone', 'never', 404],
    ['cannot be read now', 'later', 500],
  ])('a file of ours that %s', async (_, when, status) => {
    const file_url = status === 404 ? `${fake.root}/file/bot${TOKEN}/missing` : `${fake.root}/bot${TOKEN}/getMe`
    if (status === 500) fake.failNext({ fail: failures.internal })
    const result = await connection.send(delivery({ attachment: { kind: 'image', file: 'f1' } }, { file_url }), signal)
    expect(result).toMatchObject(when === 'later' ? { type: 'retry' } : { type: 'failed', failure: { level: 'message', code: 'send.file_unreachable' } })
    expect(JSON.stringify(result)).not.toContain(TOKEN)
  })

  describe('in place of an earlier message', () => {
    async function sendFirst(message: OutboundMessage = { text: 'Which one?', buttons: [{ label: 'A', payload: '1:a' }] }): Promise<string> {
      const first = await connection.send(delivery(message), signal)
      return first.type === 'sent' ? first.vendor_id : ''
    }

    test('rule 30: the text and buttons of the sent message change', async () => {
      const replaces = await sendFirst()
      expect(await connection.send(delivery({ text: 'Thank you.' }, { replaces }), signal)).toEqual({ type: 'sent', vendor_id: replaces })
      expect(fake.sent().map(({ text, buttons, edits }) => ({ text, buttons, edits }))).toEqual([{ text: 'Thank you.', buttons: [], edits: 1 }])
    })

    test('an unchanged text counts as sent', async () => {
      const replaces = await sendFirst({ text: 'Same' })
      expect(await connection.send(delivery({ text: 'Same' }, { replaces }), signal)).toEqual({ type: 'sent', vendor_id: replaces })
      expect(fake.sent()).toHaveLength(1)
    })

    test('rule 30: a missing message is sent anew', async () => {
      const result = await connection.send(delivery({ text: 'Thank you.' }, { replaces: `${CHAT}:999999` }), signal)
      expect(result).toEqual({ type: 'sent', vendor_id: `${CHAT}:${fake.sent()[0]?.message_id}` })
    })

    test('an image has no text to change, so a new message goes out', async () => {
      const replaces = await sendFirst({ attachment: { kind: 'image', url: 'https://cdn.shop-parley.com/a.jpg' } })
      expect(await connection.send(delivery({ text: 'Thank you.' }, { replaces }), signal)).toMatchObject({ type: 'sent' })
      expect(fake.sent().map(message => message.method)).toEqual(['sendPhoto', 'sendMessage'])
    })

    test('an edit that meets a busy Telegram is tried again, not sent anew', async () => {
      const replaces = await sendFirst()
      fake.failNext({ method: 'editMessageText', fail: failures.tooMany(2) })
      expect(await connection.send(delivery({ text: 'Thank you.' }, { replaces }), signal)).toMatchObject({ type: 'retry', after_ms: 2000 })
      expect(fake.sent()).toHaveLength(1)
    })
  })

  describe('on the side', () => {
    test('typing is shown', async () => {
      await connection.typing?.(CHAT, signal)
      expect(fake.actions).toEqual([{ chat: CHAT, action: 'typing' }])
    })

    test('rule 15: a press is answered, with at most 200 characters', async () => {
      await connection.answerPress?.('21528014512345678', 'x'.repeat(300), signal)
      expect(fake.presses).toEqual([{ id: '21528014512345678', text: 'x'.repeat(200) }])
    })

    test('rule 15: an answer that comes too late, or a failing typing mark, troubles nobody', async () => {
      await expect(connection.answerPress?.('no-number', undefined, signal)).resolves.toBeUndefined()
      fake.failNext({ method: 'sendChatAction', fail: failures.internal })
      await expect(connection.typing?.(CHAT, signal)).resolves.toBeUndefined()
    })
  })
})
