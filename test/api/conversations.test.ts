import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectBot, type TestBot } from '../helpers/bot.ts'
import { editUpdate, type FakeTelegram, failures, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { echoFlow, oneLineFlow, queueFlow } from '../helpers/flow-files.ts'
import { letIn } from '../helpers/people.ts'
import { type ApiAnswer, startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
const fakes: FakeTelegram[] = []
let talk: TestBot
let line: TestBot
let talkTelegram: FakeTelegram
let lineTelegram: FakeTelegram

async function fake(number: number): Promise<FakeTelegram> {
  const started = await startFakeTelegram({ token: `70000000${number}:fake-token-of-the-fake-bot-api` })
  fakes.push(started)
  return started
}

beforeAll(async () => {
  server = await startTestServer()
  talkTelegram = await fake(10)
  lineTelegram = await fake(11)
  talk = await connectBot(server, talkTelegram, echoFlow('talk'))
  line = await connectBot(server, lineTelegram, queueFlow('line'))
})
afterAll(async () => {
  await server.close()
  for (const started of fakes) await started.close()
})

const conversationOf = async (contact: number | string) => (await server.call('GET', `/api/conversations?contact=${contact}`)).body.items[0]
const textsOf = (conversation: ApiAnswer['body']) => conversation.messages.map((message: { text: string }) => message.text)

/** Somebody who waits in the default queue. */
async function waiting(chat: number): Promise<string> {
  await line.take(textUpdate(chat, 'A human, please'))
  return (await conversationOf(chat)).id
}

describe('conversations', () => {
  test('a Telegram update is verified, stored, run through a flow and answered at the Bot API', async () => {
    await talk.take(textUpdate(501, 'Good morning'))
    const sent = await talkTelegram.waitSent(1, 501)
    expect(sent[0]?.parameters.text).toBe('Hello!')
    await talk.take(textUpdate(501, 'Is anybody there?'))
    await talkTelegram.waitSent(2, 501)
    const summary = await conversationOf(501)
    expect(summary).toMatchObject({ connector: talk.id, number: 1, owner: 'flow', flow: 'talk', version: 1, block: 'ear', contact: { address: '501' } })
    await expect
      .poll(async () => (await server.call('GET', `/api/conversations/${summary.id}`)).body.messages.map((message: { status?: string }) => message.status))
      .toEqual([undefined, 'sent', undefined, 'sent'])
    const { body } = await server.call('GET', `/api/conversations/${summary.id}`)
    expect(textsOf(body)).toEqual(['Good morning', 'Hello!', 'Is anybody there?', 'You said Is anybody there?'])
    expect(body.messages.map((message: { direction: string }) => message.direction)).toEqual(['in', 'out', 'in', 'out'])
    expect(body.session).toMatchObject({ flow: 'talk', block: 'ear', waits_for: 'message' })
    expect(body.trace[0].lines).toContainEqual(expect.objectContaining({ kind: 'left', block: 'hello', exit: 'next' }))
  })

  test('lists are filtered by connector, by contact under either id, and by owner', async () => {
    await talk.take(textUpdate(502, 'Hello'))
    const id = await waiting(503)
    const list = async (query: string) => (await server.call('GET', `/api/conversations?${query}`)).body.items
    const mine = await conversationOf(502)
    expect(await list(`contact=${mine.contact.id}`)).toEqual([mine])
    expect((await list(`connector=${line.id}`)).every((item: { connector: string }) => item.connector === line.id)).toBe(true)
    expect((await list('owner=queue')).map((item: { id: string }) => item.id)).toContain(id)
    expect(await list('contact=nobody')).toEqual([])
    expect(await list(`contact=503&connector=${talk.id}`)).toEqual([])
    expect((await list('flow=line')).map((item: { connector: string }) => item.connector)).toEqual([line.id])
    expect((await list('search=50')).map((item: { contact: { address: string } }) => item.contact.address)).toEqual(expect.arrayContaining(['502', '503']))
    expect(await list('search=%25')).toEqual([])
    expect((await server.call('GET', '/api/conversations?owner=nobody_else')).status).toBe(400)
  })

  test('the list says what was said last, and by which channel the contact came', async () => {
    await talk.take(textUpdate(516, 'Hello'))
    const [row] = (await server.call('GET', '/api/conversations?contact=516')).body.items
    const { body } = await server.call('GET', `/api/conversations/${row.id}`)
    const last = body.messages.at(-1)
    expect(row.last_message).toEqual({ direction: last.direction, text: last.text.slice(0, 120) })
    expect(row.contact).toMatchObject({ channel: 'telegram', first_seen_at: body.contact.first_seen_at })
  })

  test('a long list is paged by cursor, newest first', async () => {
    for (let chat = 510; chat < 515; chat++) await talk.take(textUpdate(chat, 'Hello'))
    const whole = (await server.call('GET', `/api/conversations?connector=${talk.id}&limit=200`)).body.items
    const first = (await server.call('GET', `/api/conversations?connector=${talk.id}&limit=3`)).body
    const second = (await server.call('GET', `/api/conversations?connector=${talk.id}&limit=200&cursor=${first.next}`)).body
    expect([...first.items, ...second.items]).toEqual(whole)
    expect(second.next).toBeNull()
  })

  test('an edited message shows both texts', async () => {
    const update = textUpdate(520, 'Helo')
    await talk.take(update)
    await talk.take(editUpdate(update, 'Hello'))
    const { body } = await server.call('GET', `/api/conversations/${(await conversationOf(520)).id}`)
    expect(body.messages[0]).toMatchObject({ text: 'Hello', original_text: 'Helo', edited_at: expect.any(Number) })
  })

  test('an agent is played: joins, says something that is sent, and ends by the exit of the queue block', async () => {
    const id = await waiting(530)
    const joined = await server.call('POST', `/api/conversations/${id}/agent`, { action: 'join', agent: { id: 'kim', name: 'Kim' } })
    expect(joined.body).toMatchObject({ owner: 'agent', agent: { id: 'kim', name: 'Kim' } })
    const said = await server.call('POST', `/api/conversations/${id}/agent`, { action: 'say', text: 'What can I do?' })
    expect(said.body.messages.at(-1)).toMatchObject({ direction: 'out', kind: 'agent', text: 'What can I do?', agent: { name: 'Kim' } })
    expect((await lineTelegram.waitSent(1, 530)).at(-1)?.parameters.text).toBe('What can I do?')
    const ended = await server.call('POST', `/api/conversations/${id}/agent`, { action: 'end' })
    expect(ended.body).toMatchObject({ owner: 'nobody', outcome: 'served' })
  })

  test('somebody who is signed in is the agent under their own name', async () => {
    const id = await waiting(532)
    const person = await letIn(server, 'agent')
    const joined = await person.call('POST', `/api/conversations/${id}/agent`, { action: 'join' })
    expect(joined.body.agent).toMatchObject({ name: 'The agent' })
    const handed = await person.call('POST', `/api/conversations/${id}/close`, {})
    expect(handed.body).toMatchObject({ owner: 'nobody' })
  })

  test('rule 23: whoever does not own the conversation is refused with 409 and the reason', async () => {
    const id = await waiting(531)
    const refusals: readonly { action: string; body: object }[] = [
      { action: 'agent', body: { action: 'say', text: 'Hello' } },
      { action: 'agent', body: { action: 'end' } },
    ]
    for (const { action, body } of refusals) {
      const answer = await server.call('POST', `/api/conversations/${id}/${action}`, body)
      expect(answer.status).toBe(409)
      expect(answer.body.error).toMatchObject({ code: 'conversation.refused', message: 'Not possible while the queue owns it.' })
    }
    await server.call('POST', `/api/conversations/${id}/agent`, { action: 'join' })
    expect((await server.call('POST', `/api/conversations/${id}/agent`, { action: 'join' })).body.error.message).toBe('Not possible while the agent owns it.')
    await server.call('POST', `/api/conversations/${id}/close`)
    for (const action of ['close', 'restart', 'hand_over']) {
      expect((await server.call('POST', `/api/conversations/${id}/${action}`, {})).status, action).toBe(409)
    }
    expect((await server.call('POST', `/api/conversations/${id}/agent`, { action: 'join' })).body.error.message).toBe(
      'Not possible while the conversation is closed.',
    )
  })

  test('rule 23: an older conversation of a contact cannot be changed any more', async () => {
    const telegram = await fake(13)
    const bot = await connectBot(server, telegram, oneLineFlow('no_session'), { session_hours: -1 })
    for (const text of ['One', 'Two']) await bot.take(textUpdate(532, text))
    const [, old] = (await server.call('GET', '/api/conversations?contact=532')).body.items
    expect(old.number).toBe(1)
    const { status, body } = await server.call('POST', `/api/conversations/${old.id}/agent`, { action: 'join' })
    expect(status).toBe(409)
    expect(body.error.message).toBe('Not possible: the contact has a newer conversation.')
  })

  test('an operator closes, restarts and hands over; the answer shows it', async () => {
    await talk.take(textUpdate(540, 'Hello'))
    const { id } = await conversationOf(540)
    const restarted = await server.call('POST', `/api/conversations/${id}/restart`)
    expect(restarted.status).toBe(200)
    expect(textsOf(restarted.body).filter((text: string) => text === 'Hello!')).toHaveLength(2)
    const handed = await server.call('POST', `/api/conversations/${id}/hand_over`, { queue: 'default' })
    expect(handed.body).toMatchObject({ owner: 'queue', queue: 'default' })
    const closed = await server.call('POST', `/api/conversations/${id}/close`, { outcome: 'solved_by_phone' })
    expect(closed.body).toMatchObject({ owner: 'nobody', outcome: 'solved_by_phone', closed_at: expect.any(Number) })
  })

  test('a hand-over to a queue nobody made, and saying nothing, are refused with their place', async () => {
    await talk.take(textUpdate(541, 'Hello'))
    const { id } = await conversationOf(541)
    expect((await server.call('POST', `/api/conversations/${id}/hand_over`, { queue: 'nobody' })).body.error.at).toBe('/queue')
    expect((await server.call('POST', `/api/conversations/${id}/agent`, { action: 'say' })).body.error.at).toBe('/text')
    expect((await server.call('POST', `/api/conversations/${id}/agent`, { action: 'shout' })).status).toBe(422)
  })

  test('a conversation that is not there is 404 for every call', async () => {
    expect((await server.call('GET', '/api/conversations/nobody')).status).toBe(404)
    for (const action of ['close', 'restart', 'hand_over']) expect((await server.call('POST', `/api/conversations/nobody/${action}`)).status).toBe(404)
    expect((await server.call('POST', '/api/conversations/nobody/agent', { action: 'join' })).status).toBe(404)
  })
})

describe('deliveries', () => {
  test('what failed is listed with its reason and sent again at the tail', async () => {
    const telegram = await fake(12)
    const bot = await connectBot(server, telegram, oneLineFlow('brittle'))
    telegram.failNext({ method: 'sendMessage', times: 1, fail: failures.badRequest('message text is empty') })
    await bot.take(textUpdate(550, 'Hello'))
    const failed = async () => (await server.call('GET', `/api/deliveries?status=failed&connector=${bot.id}`)).body.items
    await expect.poll(async () => (await failed()).length).toBe(1)
    const [delivery] = await failed()
    expect(delivery).toMatchObject({ status: 'failed', text: 'We are closed.', failure: { level: 'message' }, resend_of: null })
    const again = await server.call('POST', `/api/deliveries/${delivery.id}/resend`)
    expect(again.status).toBe(201)
    expect(again.body).toMatchObject({ resend_of: delivery.id, text: 'We are closed.' })
    expect((await telegram.waitSent(1, 550))[0]?.parameters.text).toBe('We are closed.')
    await expect.poll(async () => (await server.call('POST', `/api/deliveries/${again.body.id}/resend`)).body.error?.code).toBe('delivery.not_failed')
  })

  test('a delivery that is not there is 404', async () => {
    for (const id of ['nobody', 'nobody.1']) expect((await server.call('POST', `/api/deliveries/${id}/resend`)).status).toBe(404)
  })
})

describe('queues', () => {
  test('default is there from the start and always stays (rule 24)', async () => {
    const { items } = (await server.call('GET', '/api/queues')).body
    expect(items).toContainEqual(expect.objectContaining({ slug: 'default', staffing: 'ignore', hours: null }))
    const { status, body } = await server.call('DELETE', '/api/queues/default')
    expect(status).toBe(409)
    expect(body.error.code).toBe('queue.in_use')
  })

  test('a queue is made and changed key by key', async () => {
    const hours = {
      time_zone: 'Europe/Berlin',
      week: {
        mon: [
          ['09:00', '12:00'],
          ['13:00', '24:00'],
        ],
      },
      closed: ['2026-12-25'],
    }
    const made = await server.call('PUT', '/api/queues/sales', { title: 'Sales', hours, max_size: 5, max_wait: '1 h 30 min', staffing: 'required' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ slug: 'sales', title: 'Sales', hours, max_size: 5, max_wait: 5400, staffing: 'required', waiting: 0 })
    const changed = await server.call('PUT', '/api/queues/sales', { max_size: null, max_wait: 60 })
    expect(changed.status).toBe(200)
    expect(changed.body).toEqual({ ...made.body, max_size: null, max_wait: 60, updated_at: changed.body.updated_at })
    expect((await server.call('DELETE', '/api/queues/sales')).status).toBe(204)
    expect((await server.call('DELETE', '/api/queues/sales')).status).toBe(404)
  })

  test('a queue that somebody uses stays', async () => {
    await server.call('PUT', '/api/queues/used', {})
    await server.call('PATCH', `/api/connectors/${talk.id}`, { queue: 'used' })
    expect((await server.call('DELETE', '/api/queues/used')).status).toBe(409)
  })

  const wrong: readonly { name: string; slug: string; body: object; at: string }[] = [
    { name: 'a name with capitals', slug: 'Sales', body: {}, at: 'slug' },
    { name: 'a time zone nobody knows', slug: 'q', body: { hours: { time_zone: 'Europe/Nowhere', week: {} } }, at: '/hours/time_zone' },
    {
      name: 'a span that ends before it begins',
      slug: 'q',
      body: { hours: { time_zone: 'UTC', week: { mon: [['18:00', '09:00']] } } },
      at: '/hours/week/mon/0',
    },
    { name: 'a time that is none', slug: 'q', body: { hours: { time_zone: 'UTC', week: { mon: [['9:00', '18:00']] } } }, at: '/hours/week/mon/0/0' },
    { name: 'a day that is none', slug: 'q', body: { hours: { time_zone: 'UTC', week: { monday: [] } } }, at: '/hours/week/monday' },
    { name: 'a size below zero', slug: 'q', body: { max_size: -1 }, at: '/max_size' },
  ]
  test.each(wrong)('$name is refused at $at', async ({ slug, body, at }) => {
    const answer = await server.call('PUT', `/api/queues/${slug}`, body)
    expect(answer.status).toBe(422)
    expect(answer.body.error.at).toBe(at)
  })
})
