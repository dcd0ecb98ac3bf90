import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectBot, type TestBot } from '../helpers/bot.ts'
import { type FakeTelegram, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let telegram: FakeTelegram
let bot: TestBot
let nextChat = 800

/** Asks one of three things, by what is said; `changes` are those of a later version. */
const shop = (changes: Readonly<Record<string, object | undefined>> = {}) => ({
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  blocks: Object.fromEntries(
    Object.entries({
      start: { type: 'start', exits: { next: 'route' } },
      route: {
        type: 'keywords',
        cases: [
          { id: 'order', words: ['order'] },
          { id: 'size', words: ['size'] },
          { id: 'human', words: ['human'] },
        ],
        exits: { order: 'ask_order', size: 'ask_size', human: 'team', else: 'ask_old' },
      },
      ask_order: { type: 'question', label: 'Order number', text: 'Which order?', exits: { answered: 'bye', invalid: 'bye' } },
      ask_size: { type: 'question', text: 'Which size?', exits: { answered: 'bye', invalid: 'bye' } },
      ask_old: { type: 'question', text: 'What else?', exits: { answered: 'bye', invalid: 'bye' } },
      team: { type: 'queue', queue: 'default', exits: { ended: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
      bye: { type: 'message', text: 'Version 1 says bye', exits: { next: 'end' } },
      end: { type: 'end', outcome: 'done' },
      ...changes,
    }).filter(([, block]) => block !== undefined),
  ),
})
const second = shop({
  route: { ...shop().blocks.route, exits: { order: 'ask_order', size: 'ask_size', human: 'team', else: 'bye' } },
  ask_size: { type: 'question', text: 'Your size?', exits: { answered: 'bye', invalid: 'bye' } },
  ask_old: undefined,
  bye: { type: 'message', text: 'Version 2 says bye', exits: { next: 'end' } },
})

beforeAll(async () => {
  server = await startTestServer()
  telegram = await startFakeTelegram({ token: '7000000077:fake-token-of-the-fake-bot-api' })
  bot = await connectBot(server, telegram, shop())
})
afterAll(async () => {
  await server.close()
  await telegram.close()
})

const textsTo = (chat: number) => telegram.sent(chat).map(({ parameters }) => parameters.text)
const conversationOf = async (chat: number) => (await server.call('GET', `/api/conversations?contact=${chat}`)).body.items[0]
const movesDone = () => expect.poll(async () => (await server.call('GET', '/api/flows/shop/moves')).body.items[0]?.finished_at).toEqual(expect.any(Number))

/** Somebody new who says this. */
async function somebody(text: string): Promise<number> {
  const chat = nextChat++
  await bot.take(textUpdate(chat, text))
  await expect.poll(async () => (await conversationOf(chat))?.block).not.toBe('route')
  return chat
}

describe('publishing while conversations run', () => {
  test('a dry run tells where they wait and what each choice would do; then each goes its way', async () => {
    const order = await somebody('order')
    const size = await somebody('size')
    const old = await somebody('nothing')
    const human = await somebody('human')
    await server.call('PUT', '/api/flows/shop', second)

    const preview = await server.call('GET', '/api/flows/shop/publish/preview')
    const place = { count: 1, versions: [1], type: 'question', restart: { starts: 1, stays: 0 } }
    expect(preview.body).toEqual({
      version: 2,
      waiting: expect.arrayContaining([
        {
          ...place,
          block: 'ask_order',
          name: 'Order number',
          there: 'same',
          choices: ['stay', 'move', 'restart'],
          move: { goes_on: 1, asks_again: 0, stays: 0 },
        },
        {
          ...place,
          block: 'ask_size',
          name: 'Ask size',
          there: 'changed',
          choices: ['stay', 'move', 'restart'],
          move: { goes_on: 0, asks_again: 1, stays: 0 },
        },
        { ...place, block: 'ask_old', name: 'Ask old', there: 'gone', choices: ['stay', 'restart'], move: { goes_on: 0, asks_again: 0, stays: 1 } },
        {
          block: 'team',
          name: 'Queue',
          type: 'queue',
          count: 1,
          versions: [1],
          there: 'same',
          choices: ['stay', 'move'],
          move: { goes_on: 1, asks_again: 0, stays: 0 },
          restart: { starts: 0, stays: 1 },
        },
      ]),
    })

    const moves = { ask_order: 'move', ask_size: 'move', ask_old: 'stay', team: 'move' }
    const published = await server.call('POST', '/api/flows/shop/publish', { note: 'Second', moves })
    expect(published.body).toMatchObject({ version: 2, move: { version: 2, total: 3, choices: { ask_order: 'move', ask_size: 'move', team: 'move' } } })
    await movesDone()
    expect((await server.call('GET', '/api/flows/shop/moves')).body.items).toMatchObject([{ moved: 3, restarted: 0, stayed: 0 }])

    expect(await conversationOf(order)).toMatchObject({ version: 2, block: 'ask_order', owner: 'flow' })
    expect(await conversationOf(old)).toMatchObject({ version: 1, block: 'ask_old' })
    expect(await conversationOf(human)).toMatchObject({ version: 2, block: 'team', owner: 'queue', queue: 'default' })
    await expect.poll(() => textsTo(size)).toEqual(['Which size?', 'Your size?'])
    for (const chat of [order, size, old]) await bot.take(textUpdate(chat, 'well'))
    await expect.poll(() => textsTo(order)).toEqual(['Which order?', 'Version 2 says bye'])
    await expect.poll(() => textsTo(size)).toEqual(['Which size?', 'Your size?', 'Version 2 says bye'])
    await expect.poll(() => textsTo(old)).toEqual(['What else?', 'Version 1 says bye'])
  })

  test('rolling back decides the same way, and starts again whom it is told to', async () => {
    const order = await somebody('order')
    expect((await server.call('GET', '/api/flows/shop/publish/preview?version=1')).body).toMatchObject({
      version: 3,
      waiting: expect.arrayContaining([expect.objectContaining({ block: 'ask_order', versions: [2], there: 'same' })]),
    })
    const back = await server.call('POST', '/api/flows/shop/versions/1/roll_back', { moves: { ask_order: 'restart' } })
    expect(back.body).toMatchObject({ version: 3, move: { choices: { ask_order: 'restart' }, total: 1 } })
    await movesDone()
    expect((await server.call('GET', '/api/flows/shop/moves')).body.items[0]).toMatchObject({ restarted: 1, moved: 0 })
    expect(await conversationOf(order)).toMatchObject({ version: 3, number: 1 })
  })

  test('who stayed can still be moved later, without a version more', async () => {
    const order = await somebody('order')
    await server.call('PUT', '/api/flows/shop', second)
    expect((await server.call('POST', '/api/flows/shop/publish', {})).body).toEqual({ version: 4, hash: expect.any(String) })
    expect(await conversationOf(order)).toMatchObject({ version: 3 })
    expect((await server.call('POST', '/api/flows/shop/publish', { moves: { ask_order: 'move' } })).body).toMatchObject({ version: 4, move: { total: 1 } })
    await movesDone()
    expect(await conversationOf(order)).toMatchObject({ version: 4 })
  })

  const refusals: readonly { name: string; moves: object; status: number; at: string }[] = [
    { name: 'a block that nobody knows', moves: { nowhere: 'move' }, status: 422, at: '/moves/nowhere' },
    { name: 'a block with nothing in its place', moves: { ask_size: 'move' }, status: 409, at: '/moves/ask_size' },
    { name: 'a choice that is none', moves: { ask_size: 'end' }, status: 422, at: '/moves/ask_size' },
    { name: 'what cannot be an id', moves: { 'Ask size': 'move' }, status: 422, at: '/moves/Ask size' },
  ]
  test.each(refusals)('$name is refused with its place, and nothing is published', async ({ moves, status, at }) => {
    await somebody('size')
    await server.call(
      'PUT',
      '/api/flows/shop',
      shop({
        ...second.blocks,
        ask_size: undefined,
        route: { ...second.blocks.route, exits: { order: 'ask_order', size: 'bye', human: 'team', else: 'bye' } },
      }),
    )
    const before = (await server.call('GET', '/api/flows/shop')).body.live.version
    const answer = await server.call('POST', '/api/flows/shop/publish', { moves })
    expect(answer.status).toBe(status)
    expect(answer.body.error.at).toBe(at)
    expect((await server.call('GET', '/api/flows/shop')).body.live.version).toBe(before)
  })

  test('a flow or version that is not there cannot be looked ahead to', async () => {
    expect((await server.call('GET', '/api/flows/nowhere/publish/preview')).status).toBe(404)
    expect((await server.call('GET', '/api/flows/shop/publish/preview?version=99')).status).toBe(404)
    expect((await server.call('GET', '/api/flows/nowhere/moves')).status).toBe(404)
  })
})

describe('moving one conversation', () => {
  test('goes to the version that is named, or to the live one', async () => {
    const order = await somebody('order')
    const { id, version } = await conversationOf(order)
    expect((await server.call('POST', `/api/conversations/${id}/move`, { version: 1 })).body).toMatchObject({ version: 1, block: 'ask_order' })
    expect((await server.call('POST', `/api/conversations/${id}/move`, {})).body).toMatchObject({ version })
  })

  test('is refused with the reason where it cannot be', async () => {
    const old = (await conversationOf(await somebody('order'))).id
    expect((await server.call('POST', `/api/conversations/${old}/move`, { version: 99 })).status).toBe(404)
    expect((await server.call('POST', '/api/conversations/nobody/move', {})).status).toBe(404)
    const size = await conversationOf(await somebody('size'))
    await server.call('POST', '/api/flows/shop/publish', {})
    const refused = await server.call('POST', `/api/conversations/${size.id}/move`, {})
    expect(refused.status).toBe(409)
    expect(refused.body.error.message).toMatch(/^Version \d+ has nothing in the place of “Question”\.$/)
    await server.call('POST', `/api/conversations/${size.id}/close`, {})
    expect((await server.call('POST', `/api/conversations/${size.id}/move`, {})).status).toBe(409)
  })
})
