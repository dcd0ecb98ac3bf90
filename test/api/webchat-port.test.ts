import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { echoFlow, queueFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

interface Entry {
  readonly id: string
  readonly from: string
  readonly text?: string
  readonly mark?: string
  readonly client_id?: string
  readonly name?: string
  readonly delivery?: string
}

let server: TestServer
let chat: string

beforeAll(async () => {
  server = await startTestServer()
  chat = await openChat('chatty', echoFlow('chatty'))
})
afterAll(() => server.close())

async function openChat(id: string, flow: object): Promise<string> {
  await server.call('PUT', `/api/flows/${id}`, flow)
  await server.call('POST', `/api/flows/${id}/publish`)
  return (await server.call('POST', '/api/connectors', { channel: 'webchat', name: id, flow: id })).body.id
}

/** A visitor with an open page: collects the entries of its stream. */
async function visit(connector: string, given?: string, cursor = '') {
  const token: string = given ?? (await (await fetch(`${server.url}/chat/${connector}/session`, { method: 'POST' })).json()).token
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const stop = new AbortController()
  const entries: Entry[] = []
  const stream = await fetch(`${server.url}/chat/${connector}/events`, {
    headers: { ...headers, ...(cursor && { 'last-event-id': cursor }) },
    signal: stop.signal,
  })
  const isRead = (async () => {
    let text = ''
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        if (!/^event: ?entries$/m.test(event)) continue
        const shown: Entry[] = JSON.parse(/^data: ?(.*)$/m.exec(event)?.[1] ?? '[]')
        for (const entry of shown) if (!entries.some(known => known.id === entry.id)) entries.push(entry)
      }
    }
  })().catch(() => undefined)
  const post = async (path: string, body: object) =>
    (await fetch(`${server.url}/chat/${connector}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status
  return {
    token,
    entries,
    texts: () => entries.map(entry => entry.text),
    say: (client_id: string, text: string) => post('messages', { client_id, text }),
    post,
    leave: async () => {
      stop.abort()
      await isRead
    },
  }
}

describe('the chat page on the real store and runtime', () => {
  test('a visitor writes and reads the answers on the open page', async () => {
    const visitor = await visit(chat)
    expect(await visitor.say('client-id-1', 'Good morning')).toBe(200)
    await expect.poll(visitor.texts).toEqual(['Good morning', 'Hello!'])
    expect(await visitor.say('client-id-2', 'Again')).toBe(200)
    await expect.poll(visitor.texts).toEqual(['Good morning', 'Hello!', 'Again', 'You said Again'])
    expect(visitor.entries[0]).toMatchObject({ from: 'contact', client_id: 'client-id-1' })
    expect(visitor.entries[1]).toMatchObject({ from: 'flow', delivery: expect.any(String) })
    await visitor.leave()
  })

  test('a page that comes back reads on from its cursor, a reload reads everything', async () => {
    const first = await visit(chat)
    await first.say('client-id-1', 'One')
    await expect.poll(first.texts).toHaveLength(2)
    await first.leave()
    const reload = await visit(chat, first.token)
    await expect.poll(reload.texts).toEqual(['One', 'Hello!'])
    expect(reload.entries).toEqual(first.entries)
    await reload.leave()
    const later = await visit(chat, first.token, '999999999999999.m000000001')
    await expect.poll(async () => later.say('client-id-2', 'Two')).toBe(200)
    expect(later.texts()).not.toContain('One')
    await later.leave()
  })

  test('rule 8: the end stands below the good-bye, and from there the visitor opens another chat, once', async () => {
    const short = await openChat('chat_short', {
      format: 1,
      id: 'chat_short',
      name: 'Short',
      languages: ['en'],
      blocks: {
        start: { type: 'start', exits: { next: 'hello' } },
        hello: { type: 'message', text: 'Hello!', exits: { next: 'ear' } },
        ear: { type: 'listen', exits: { message: 'bye' } },
        bye: { type: 'end', text: 'Good bye', outcome: 'done' },
      },
    })
    const visitor = await visit(short)
    const shown = () => visitor.entries.map(({ text, mark }) => text ?? mark)
    await visitor.post('open', { language: 'en' })
    await expect.poll(shown).toEqual(['began', 'Hello!'])
    await visitor.post('open', { language: 'en' })
    await visitor.say('client-id-1', 'Bye')
    await expect.poll(shown).toEqual(['began', 'Hello!', 'Bye', 'Good bye', 'ended'])
    const after = visitor.entries.at(-1)?.id
    await visitor.post('open', { language: 'en', after })
    await visitor.post('open', { language: 'en', after })
    await expect.poll(shown).toEqual(['began', 'Hello!', 'Bye', 'Good bye', 'ended', 'began', 'Hello!'])
    await visitor.leave()
  })

  test('one visitor never reads what another wrote', async () => {
    const [one, two] = [await visit(chat), await visit(chat)]
    await one.say('client-id-1', 'My number is 4711')
    await expect.poll(one.texts).toHaveLength(2)
    await two.say('client-id-1', 'Hello')
    await expect.poll(two.texts).toEqual(['Hello', 'Hello!'])
    await one.leave()
    await two.leave()
  })

  test('what an agent says through the API appears under the name of the agent', async () => {
    const line = await openChat('chat_line', queueFlow('chat_line'))
    const visitor = await visit(line)
    await visitor.say('client-id-1', 'A human, please')
    const [{ id }] = (await server.call('GET', `/api/conversations?connector=${line}`)).body.items
    await server.call('POST', `/api/conversations/${id}/agent`, { action: 'join', agent: { id: 'kim', name: 'Kim' } })
    await server.call('POST', `/api/conversations/${id}/agent`, { action: 'say', text: 'How can I help?' })
    await expect.poll(() => visitor.entries.at(-1)).toMatchObject({ from: 'agent', name: 'Kim', text: 'How can I help?' })
    await visitor.leave()
  })

  test('a receipt moves the status of the delivery that the API shows', async () => {
    const visitor = await visit(chat)
    await visitor.say('client-id-1', 'Hello')
    await expect.poll(visitor.texts).toHaveLength(2)
    const { delivery } = visitor.entries[1] ?? {}
    expect(await visitor.post('receipts', { status: 'read', deliveries: [delivery] })).toBe(200)
    const statuses = async () => (await server.call('GET', `/api/deliveries?connector=${chat}&status=read`)).body.items.map((item: { id: string }) => item.id)
    await expect.poll(statuses).toContain(delivery)
    await visitor.leave()
  })
})
