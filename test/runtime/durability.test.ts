/** What "acknowledged" stands on, on a whole server: the writer's settings, the order of commit and answer, and a disk that is full. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../server/store/index.ts'
import { PLAIN } from '../helpers/crash/flows.ts'
import { until } from '../helpers/crash/until.ts'
import { type FakeTelegram, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const SECRET = 'durability-secret'
const CHAT = 77

let fake: FakeTelegram
let server: TestServer
let store: Store
let connector: string
/** Called when a commit of the server has returned; the server hears of it afterwards. */
let afterCommit: () => Promise<void>

beforeEach(async () => {
  afterCommit = async () => {}
  fake = await startFakeTelegram({ second_ms: 5 })
  server = await startTestServer(
    {},
    {
      aroundStore: opened => {
        store = opened
        return {
          ...opened,
          commit: async writes => {
            await opened.commit(writes)
            await afterCommit()
          },
        }
      },
    },
  )
  await server.call('PUT', `/api/flows/${PLAIN.id}`, PLAIN)
  await server.call('POST', `/api/flows/${PLAIN.id}/publish`, {})
  const made = await server.call('POST', '/api/connectors', {
    channel: 'telegram',
    name: 'Bot',
    flow: PLAIN.id,
    settings: { api_root: fake.root },
    secrets: { token: fake.token, webhook_secret: SECRET },
  })
  connector = made.body.id
})

afterEach(async () => {
  await server.close()
  await fake.close()
})

/** Posts a text as Telegram does. */
function post(text: string): Promise<Response> {
  return fetch(`${server.url}/hooks/${connector}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify(textUpdate(CHAT, text)),
  })
}

/** Events of contacts, as another process would see them. */
function countEvents(): number {
  const db = new Database(join(server.dir, 'parley.db'), { readonly: true })
  try {
    return db.prepare<[], { count: number }>('select count(*) as count from events').get()?.count ?? 0
  } finally {
    db.close()
  }
}

/** What Telegram says went wrong with the webhook last. */
async function lastWebhookError(): Promise<string> {
  const answer = await fetch(`${fake.root}/bot${fake.token}/getWebhookInfo`)
  const { result } = (await answer.json()) as { result: { last_error_message?: string } }
  return result.last_error_message ?? ''
}

describe('the live writer', () => {
  test('runs WAL with synchronous FULL', async () => {
    expect((await post('first')).status).toBe(200)
    // Asked on the connection that writes: the setting is that connection's own.
    await store.commit([
      { sql: `insert into facts (name, value) select 'test.synchronous', synchronous from pragma_synchronous`, parameters: [] },
      { sql: `insert into facts (name, value) select 'test.journal_mode', journal_mode from pragma_journal_mode`, parameters: [] },
    ])
    expect(await store.facts.get('test.synchronous')).toBe('2')
    expect(await store.facts.get('test.journal_mode')).toBe('wal')
  })
})

describe('the webhook', () => {
  test('answers 200 after the commit has returned, not before', async () => {
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    let committed = 0
    afterCommit = () => {
      committed = countEvents()
      return held
    }
    let answered = false
    const answer = post('first').finally(() => {
      answered = true
    })
    await until('the event is committed', () => committed === 1)
    // The answer to another call shows that everything an answer needs had its turn.
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect(answered).toBe(false)
    letGo()
    expect((await answer).status).toBe(200)
  })

  test('says 503 while the disk is full, and nothing is lost or doubled once there is room', async () => {
    expect((await post('first')).status).toBe(200)
    await fake.waitSent(1, CHAT)
    // A page limit is the smallest full disk there is: SQLite answers it with the same SQLITE_FULL.
    await store.commit([{ sql: 'pragma max_page_count = 1', parameters: [] }])
    const refused: Response[] = []
    await until('the disk is full', async () => {
      const answer = await post(`filler ${'x'.repeat(4000)}`)
      if (answer.status !== 200) refused.push(answer)
      return refused.length > 0
    })
    expect(refused[0]?.status).toBe(503)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    const before = countEvents()

    // Telegram keeps what was not acknowledged and tries again.
    await server.call('POST', `/api/connectors/${connector}/webhook`)
    const text = `in need ${'x'.repeat(4000)}`
    const arrival = fake.pushUpdate(textUpdate(CHAT, text))
    await until('Telegram was refused', async () => (await lastWebhookError()).includes('503'))
    await store.commit([{ sql: 'pragma max_page_count = 1000000', parameters: [] }])
    expect((await arrival).attempts).toBeGreaterThan(1)
    expect(countEvents()).toBe(before + 1)
    await until('the answer is there', () => fake.sent(CHAT).some(message => message.text === `Heard ${text}`))
    expect(fake.sent(CHAT).filter(message => message.text === `Heard ${text}`)).toHaveLength(1)
    expect((await post('after')).status).toBe(200)
  })
})
