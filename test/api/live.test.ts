import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectBot, type TestBot } from '../helpers/bot.ts'
import { type FakeTelegram, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { echoFlow, oneLineFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let telegram: FakeTelegram
let oneLineTelegram: FakeTelegram
let bot: TestBot

beforeAll(async () => {
  server = await startTestServer()
  telegram = await startFakeTelegram({ token: '7000000090:fake-token-of-the-fake-bot-api' })
  oneLineTelegram = await startFakeTelegram({ token: '7000000091:fake-token-of-the-fake-bot-api' })
  bot = await connectBot(server, telegram, echoFlow('shop'))
})
afterAll(async () => {
  await server.close()
  await telegram.close()
  await oneLineTelegram.close()
})

const live = async (query = '') => (await server.call('GET', `/api/flows/shop/live${query}`)).body

describe('the live version', () => {
  test('counts each conversation once in the blocks and exits it passed, says where it waits and where it was left', async () => {
    for (const chat of [901, 902, 903]) await bot.take(textUpdate(chat, 'Hello'))
    await bot.take(textUpdate(901, 'Again'))
    await bot.take(textUpdate(901, 'And again'))
    const [closed] = (await server.call('GET', '/api/conversations?contact=902')).body.items
    await server.call('POST', `/api/conversations/${closed.id}/close`, {})
    await expect
      .poll(() => live('?range=hour'), { timeout: 10_000 })
      .toMatchObject({
        version: 1,
        range: 'hour',
        conversations: 3,
        waits_on_other_versions: 0,
        blocks: {
          start: { came: 3, left_here: 0, waits_now: 0, exits: { next: 3 } },
          hello: { came: 3, left_here: 0, waits_now: 0, exits: { next: 3 } },
          ear: { came: 3, left_here: 1, waits_now: 2, exits: { message: 1 } },
          again: { came: 1, left_here: 0, waits_now: 0, exits: { next: 1 } },
        },
      })
  })

  test('counts the same over a day and a week, by default a day', async () => {
    const day = await live()
    const week = await live('?range=week')
    expect(day).toMatchObject({ range: 'day', conversations: 3 })
    expect(week).toMatchObject({ range: 'week', blocks: day.blocks })
    expect(day.since - week.since).toBeGreaterThan(5 * 86_400_000)
  })

  test('begins anew when another version is published; who still talks to an older one is counted apart', async () => {
    await server.call('PUT', '/api/flows/shop', echoFlow('shop', 'Good day!'))
    await server.call('POST', '/api/flows/shop/publish')
    await bot.take(textUpdate(904, 'Hello'))
    await expect
      .poll(() => live(), { timeout: 10_000 })
      .toMatchObject({ version: 2, conversations: 1, waits_on_other_versions: 2, blocks: { ear: { came: 1 } } })
  })

  test('counts conversations that begin and end in one step, and says in which version they were', async () => {
    const other = await connectBot(server, oneLineTelegram, oneLineFlow('closed'))
    for (const chat of [911, 912]) await other.take(textUpdate(chat, 'Hello'))
    await expect
      .poll(async () => (await server.call('GET', '/api/flows/closed/live')).body, { timeout: 10_000 })
      .toMatchObject({ conversations: 2, blocks: { hello: { came: 2, left_here: 0 }, bye: { came: 2, left_here: 0 } } })
    const [one] = (await server.call('GET', '/api/conversations?contact=911')).body.items
    expect(one).toMatchObject({ flow: 'closed', version: 1, block: 'bye', outcome: 'done' })
  })

  test('says that no version is live', async () => {
    await server.call('PUT', '/api/flows/unborn', echoFlow('unborn'))
    expect((await server.call('GET', '/api/flows/unborn/live')).body).toMatchObject({ version: null, conversations: 0, blocks: {} })
  })

  test('is refused for a flow or a range that is none', async () => {
    expect((await server.call('GET', '/api/flows/nothing/live')).status).toBe(404)
    expect((await server.call('GET', '/api/flows/shop/live?range=year')).status).toBe(400)
  })
})
