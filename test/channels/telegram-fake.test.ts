/** The fake Bot API behaves as the published specification says; grammY with its own transport is the client that says so. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api, GrammyError, InputFile } from 'grammy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callbackUpdate, type FakeTelegram, failures, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'

let fake: FakeTelegram
let api: Api

beforeEach(async () => {
  fake = await startFakeTelegram({ second_ms: 1 })
  api = new Api(fake.token, { apiRoot: fake.root })
})
afterEach(() => fake.close())

async function descriptionOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof GrammyError ? error.description : `no refusal: ${String(error)}`
}

describe('calls', () => {
  test('a message is kept and answered with its number', async () => {
    const sent = await api.sendMessage(7, 'Hello', { reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] } })
    expect(fake.sent(7)).toMatchObject([{ message_id: sent.message_id, text: 'Hello', buttons: [[{ text: 'A', callback_data: 'a' }]] }])
    expect(sent.chat.id).toBe(7)
  })

  test('forms and queries are read as JSON is', async () => {
    const body = new URLSearchParams({ chat_id: '7', text: 'Hello', reply_markup: '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}' })
    const answer = await fetch(`${fake.root}/bot${fake.token}/SENDMESSAGE`, { method: 'POST', body })
    expect(answer.status).toBe(200)
    await fetch(`${fake.root}/bot${fake.token}/sendMessage?chat_id=7&text=Again`)
    expect(fake.sent(7).map(message => [message.text, message.buttons.length])).toEqual([
      ['Hello', 1],
      ['Again', 0],
    ])
  })

  test('a file goes up byte for byte and can be read back', async () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256))
    const sent = await api.sendDocument(7, new InputFile(bytes, 'a.bin'), { caption: 'Bytes' })
    const file = await api.getFile(sent.document.file_id)
    const answer = await fetch(`${fake.root}/file/bot${fake.token}/${file.file_path}`)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  })

  test.each<[string, (api: Api) => Promise<unknown>, string]>([
    ['an empty text', client => client.sendMessage(7, ' '), 'Bad Request: message text is empty'],
    ['a long text', client => client.sendMessage(7, 'x'.repeat(4097)), 'Bad Request: message is too long'],
    ['a long caption', client => client.sendPhoto(7, 'file-id', { caption: 'x'.repeat(1025) }), 'Bad Request: message caption is too long'],
    [
      'a payload of 65 bytes',
      client => client.sendMessage(7, 'x', { reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: `${'é'.repeat(32)}x` }]] } }),
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    ['an image on a private address', client => client.sendPhoto(7, 'http://127.0.0.1/a.jpg'), 'Bad Request: wrong HTTP URL specified'],
    ['an edit of nothing', client => client.editMessageText(7, 99, 'x'), 'Bad Request: message to edit not found'],
    ['an unknown file', client => client.getFile('x'), 'Bad Request: wrong file_id or the file is temporarily unavailable'],
  ])('%s is refused', async (_, call, description) => {
    expect(await descriptionOf(call(api))).toBe(description)
    expect(fake.sent()).toHaveLength(0)
  })

  test('a wrong token is refused', async () => {
    expect(await descriptionOf(new Api('7000000001:wrong', { apiRoot: fake.root }).getMe())).toBe('Unauthorized')
  })

  test('a blocked or unknown chat is refused until it is not', async () => {
    fake.block(7)
    fake.forget(8)
    expect(await descriptionOf(api.sendMessage(7, 'x'))).toBe('Forbidden: bot was blocked by the user')
    expect(await descriptionOf(api.sendMessage(8, 'x'))).toBe('Bad Request: chat not found')
    fake.block(7, false)
    await api.sendMessage(7, 'x')
    expect(fake.sent(7)).toHaveLength(1)
  })
})

describe('failures', () => {
  test('a rule counts the calls it fits and lets the others through', async () => {
    fake.failNext({ method: 'sendMessage', chat: 7, times: 2, every: 2, fail: failures.tooMany(3) })
    const fates: string[] = []
    for (let call = 0; call < 6; call++) fates.push((await descriptionOf(api.sendMessage(7, 'x'))).startsWith('Too Many') ? 'no' : 'sent')
    await api.sendMessage(8, 'x')
    expect(fates).toEqual(['sent', 'no', 'sent', 'no', 'sent', 'sent'])
  })

  test('a connection that breaks before leaves nothing, one that breaks after leaves the message', async () => {
    fake.failNext({ fail: failures.resetBefore })
    fake.failNext({ fail: failures.resetAfter })
    await expect(api.sendMessage(7, 'one')).rejects.toThrow()
    await expect(api.sendMessage(7, 'two')).rejects.toThrow()
    expect(fake.sent(7).map(message => message.text)).toEqual(['two'])
  })
})

describe('the webhook', () => {
  let hook: Server | undefined
  afterEach(() => {
    hook?.closeAllConnections()
    hook?.close()
  })

  /** Starts a bot's server: `answers` are its statuses in turn, then 200; every call is noted as text or payload. */
  async function serve(answers: readonly number[], calls: string[], headers: Record<string, string> = {}): Promise<string> {
    const left = [...answers]
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const update: { message?: { text: string }; callback_query?: { data: string } } = JSON.parse(Buffer.concat(chunks).toString())
      const status = left.shift() ?? 200
      calls.push(`${request.headers['x-telegram-bot-api-secret-token']} ${update.message?.text ?? update.callback_query?.data} ${status}`)
      response.writeHead(status, status === 200 ? {} : headers).end()
    })
    hook = server
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  test('a chat’s updates come one after the other, repeated until they are taken', async () => {
    const calls: string[] = []
    await api.setWebhook(await serve([500, 502, 404], calls), { secret_token: 's1' })
    const arrivals = await Promise.all([fake.pushUpdate(textUpdate(1, 'one')), fake.pushUpdate(textUpdate(1, 'two'))])
    expect(calls).toEqual(['s1 one 500', 's1 one 502', 's1 one 404', 's1 one 200', 's1 two 200'])
    expect(arrivals.map(arrival => arrival.attempts)).toEqual([4, 1])
    await fake.idle()
  })

  test('a press and another chat overtake an update that fails', async () => {
    const calls: string[] = []
    await api.setWebhook(await serve([500], calls, { 'retry-after': '3600' }), { max_connections: 1 })
    void fake.pushUpdate(textUpdate(1, 'one'))
    const others = await Promise.all([fake.pushUpdate(callbackUpdate(1, 'press')), fake.pushUpdate(textUpdate(2, 'two'))])
    expect(others.map(arrival => arrival.by)).toEqual(['webhook', 'webhook'])
    expect(calls).toEqual(['undefined one 500', 'undefined press 200', 'undefined two 200'])
    expect(fake.pending()).toBe(1)
  })

  test('the last error is told', async () => {
    const calls: string[] = []
    await api.setWebhook(await serve([503], calls))
    await fake.pushUpdate(textUpdate(1, 'one'))
    expect(await api.getWebhookInfo()).toMatchObject({ pending_update_count: 0, last_error_message: 'Wrong response from the webhook: 503' })
  })

  test('a kind nobody asked for is dropped', async () => {
    const calls: string[] = []
    await api.setWebhook(await serve([], calls), { allowed_updates: ['message'] })
    expect(await fake.pushUpdate(callbackUpdate(1, 'press'))).toMatchObject({ attempts: 0 })
    await fake.pushUpdate(textUpdate(1, 'one'))
    expect(calls).toHaveLength(1)
  })

  test('a refused address destroys the webhook that was set', async () => {
    const strict = await startFakeTelegram({ strict_webhook: true })
    const cloud = new Api(strict.token, { apiRoot: strict.root })
    await cloud.setWebhook('https://chat.parley-shop.com/h')
    expect(await descriptionOf(cloud.setWebhook('https://chat.parley-shop.com:3000/h'))).toContain('only on ports 80, 88, 443 or 8443')
    expect(await cloud.getWebhookInfo()).toMatchObject({ url: '' })
    await strict.close()
  })
})

describe('long polling', () => {
  test('a newer poll ends an older one', async () => {
    const arrival = fake.pushUpdate(textUpdate(1, 'one', 10))
    await api.getUpdates({ timeout: 0 })
    const older = descriptionOf(api.getUpdates({ offset: 11, timeout: 5 }))
    // The older poll confirms the update, so it waits by the time this goes on.
    await arrival
    const newer = api.getUpdates({ offset: 11, timeout: 5 })
    expect(await older).toContain('Conflict: terminated by other getUpdates request')
    void fake.pushUpdate(textUpdate(1, 'two', 11))
    expect((await newer).map(update => update.update_id)).toEqual([11])
  })

  test('is refused while a webhook is set', async () => {
    await api.setWebhook('http://127.0.0.1:1/')
    expect(await descriptionOf(api.getUpdates())).toContain("Conflict: can't use getUpdates method while webhook is active")
  })
})

test('another process asks and steers by HTTP', async () => {
  const post = (name: string, body: object): Promise<Response> => fetch(`${fake.root}/control/${name}`, { method: 'POST', body: JSON.stringify(body) })
  await post('fail', { method: 'sendMessage', fail: failures.internal })
  expect(await descriptionOf(api.sendMessage(7, 'x'))).toBe('Internal Server Error')
  await api.sendMessage(7, 'one')
  await api.sendMessage(8, 'two')
  await post('updates', [textUpdate(7, 'hi')])
  expect(await (await fetch(`${fake.root}/control/sent?after=1`)).json()).toMatchObject({ total: 2, messages: [{ n: 1, chat: '8', text: 'two' }] })
  expect(await (await fetch(`${fake.root}/control/sent?chat=7`)).json()).toMatchObject({ total: 1 })
  expect(await (await fetch(`${fake.root}/control/pending`)).json()).toEqual({ pending: 1 })
  await post('reset', {})
  expect(await (await fetch(`${fake.root}/control/sent`)).json()).toEqual({ total: 0, messages: [] })
})
