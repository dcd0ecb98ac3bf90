/** The server dies while it moves running conversations to a new version; the next start goes on, and each is moved once. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Flow } from '../../server/engine/index.ts'
import { PLAIN, plainTexts } from '../helpers/crash/flows.ts'
import { until } from '../helpers/crash/until.ts'
import { type CrashWorld, openCrashWorld, sentByChat } from '../helpers/crash/world.ts'
import type { ParleyProcess } from '../helpers/server-process.ts'

const CONTACTS = 8
let world: CrashWorld
let nextChat = 5000

beforeAll(async () => {
  world = await openCrashWorld([PLAIN])
  await world.stop()
})
afterAll(() => world?.end())

/** Waits in the same block and says something else afterwards. */
function versionSaying(text: string): Flow {
  return { ...PLAIN, blocks: { ...PLAIN.blocks, echo: { type: 'message', text: `${text} {{ message.text }}`, exits: { next: 'ear' } } } }
}

/** Handled moves of the newest decision, as another process sees them. */
function countMoves(version: number): { readonly events: number; readonly contacts: number } {
  const db = new Database(join(world.dir, 'parley.db'), { readonly: true })
  try {
    const query = `select count(*) as events, count(distinct contact) as contacts from events
      where type = 'conversation_moved' and step is not null and json_extract(body, '$.version') = ? and trace not like '%conversation.not_moved%'`
    return db.prepare<[number], { events: number; contacts: number }>(query).get(version) ?? { events: 0, contacts: 0 }
  } finally {
    db.close()
  }
}

async function movesOf(
  parley: ParleyProcess,
): Promise<readonly { version: number; moved: number; stayed: number; total: number; finished_at: number | null }[]> {
  const { items } = (await parley.call('GET', `/api/flows/${PLAIN.id}/moves`)) as { items: never }
  return items
}

test.each([
  ['in the middle of a batch', 'step.after_commit:3'],
  ['before a step of it is stored', 'step.before_commit:4'],
  ['before the batch is counted', 'move.before_progress:1'],
])('killed %s, every conversation is moved once and none is forgotten', async (when, crashAt) => {
  const [bot] = world.bots
  if (!bot) throw new Error('no bot')
  const chats = Array.from({ length: CONTACTS }, () => nextChat++)
  const first = await world.start()
  world.write(bot, new Map(chats.map(chat => [chat, plainTexts(chat, 1)])))
  await world.settle(20_000, () => chats.every(chat => sentByChat(bot).has(chat)))
  await first.call('PUT', `/api/flows/${PLAIN.id}`, versionSaying(when))
  await world.stop()

  const dying = await world.start({ crashAt })
  await dying.call('POST', `/api/flows/${PLAIN.id}/publish`, { moves: { ear: 'move' } }).catch(() => {})
  expect(await dying.gone).toBe('SIGKILL')
  await world.noteKill(crashAt)

  const next = await world.start()
  await until('the decision is carried out', async () => (await movesOf(next)).at(0)?.finished_at !== null)
  const [move] = await movesOf(next)
  expect(move).toMatchObject({ moved: move?.total, stayed: 0 })
  expect(move?.total).toBeGreaterThanOrEqual(CONTACTS)
  expect(countMoves(move?.version ?? 0)).toEqual({ events: move?.total, contacts: move?.total })

  world.write(bot, new Map(chats.map(chat => [chat, ['on']])))
  await world.settle(20_000, () => chats.every(chat => sentByChat(bot).get(chat)?.length === 2))
  expect(chats.map(chat => sentByChat(bot).get(chat)?.at(-1)?.text)).toEqual(chats.map(() => `${when} on`))
  await world.stop()
})
