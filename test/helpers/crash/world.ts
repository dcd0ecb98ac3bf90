/** A server that may die at any moment, and the world around it that does not: two bots of a fake Telegram, their contacts, one folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Flow } from '../../../server/engine/index.ts'
import { answerJson, startFakeApi } from '../fake-api.ts'
import { type FakeTelegram, type SentMessage, startFakeTelegram, textUpdate } from '../fake-telegram.ts'
import { connectBot, freePort, type ParleyProcess, startParley } from '../server-process.ts'
import { buildServer } from './build.ts'
import { until } from './until.ts'
import { countWorkLeft } from './work-left.ts'

/** A bot and everything that was ever said to its contacts. */
export interface Bot {
  readonly fake: FakeTelegram
  readonly connector: string
  readonly flow: Flow
  /** By chat, what was written there, in order. */
  readonly written: Map<number, readonly string[]>
  /** Ids of updates, by chat in the order they were pushed. */
  readonly updates: Map<number, readonly number[]>
}

/** A kill, and how many messages of each bot the dead process had sent. */
export interface Kill {
  readonly at: string
  readonly sent: ReadonlyMap<Bot, number>
}

/** How a start differs. */
export interface StartOptions {
  /** As in PARLEY_CRASH_AT. */
  readonly crashAt?: string
  readonly carefulMs?: number
  /** The test kills it before it is done. */
  readonly isKilled?: boolean
}

/** The world of a crash test. */
export interface CrashWorld {
  readonly dir: string
  readonly bots: readonly Bot[]
  readonly kills: readonly Kill[]
  /** Updates that the server has answered with 200, of all bots. */
  acknowledged(): number
  /** Starts the server. Resolves when it listens, or is gone already; rejects when it ends by itself. */
  start(options?: StartOptions): Promise<ParleyProcess>
  /** Writes down that the server is gone; `kill` does it itself. */
  noteKill(at: string): Promise<void>
  kill(at: string): Promise<void>
  /** Contacts write, in turns; Telegram hands everything to the server from now on. */
  write(bot: Bot, texts: ReadonlyMap<number, readonly string[]>): void
  /** Waits until everything is acknowledged, `isComplete`, handled and settled; the Bot API works from now on. */
  settle(mostMs: number, isComplete: () => boolean): Promise<void>
  /** Stops the server as an operator would. */
  stop(): Promise<void>
  end(): Promise<void>
}

const SECRET = 'crash-webhook-secret'

/** Starts fakes and server, one bot for each flow. A flow that calls an API is told where it is; the API says back what it is asked. */
export async function openCrashWorld(flows: readonly (Flow | ((api: string) => Flow))[]): Promise<CrashWorld> {
  const built = await buildServer()
  const dir = mkdtempSync(join(tmpdir(), 'parley-crash-'))
  const port = await freePort()
  const api = await startFakeApi(({ path }, response) => answerJson(response, { said: new URL(path, 'http://api').searchParams.get('said') }))
  const kills: Kill[] = []
  let acknowledged = 0
  let running: ParleyProcess | undefined

  const start: CrashWorld['start'] = async ({ crashAt, carefulMs, isKilled = false } = {}) => {
    running = startParley({
      args: [built.file],
      dir,
      port,
      environment: {
        HTTP_ALLOW: '127.0.0.1',
        ...(crashAt === undefined ? {} : { PARLEY_CRASH_AT: crashAt }),
        ...(carefulMs === undefined ? {} : { TEST_CAREFUL_MS: String(carefulMs) }),
      },
    })
    const { ready, gone } = running
    await Promise.race([ready, gone]).catch(() => {})
    if (crashAt === undefined && !isKilled) await ready
    return running
  }

  const parley = await start()
  const bots: Bot[] = []
  for (const [index, given] of flows.entries()) {
    const flow = typeof given === 'function' ? given(api.root) : given
    const fake = await startFakeTelegram({ token: `${7_000_000_001 + index}:fake-token`, second_ms: 3, record_requests: false })
    const connector = await connectBot(parley, { flow, token: fake.token, api_root: fake.root, webhook_secret: SECRET })
    await parley.call('POST', `/api/connectors/${connector}/webhook`)
    bots.push({ fake, connector, flow, written: new Map(), updates: new Map() })
  }

  const world: CrashWorld = {
    dir,
    bots,
    kills,
    acknowledged: () => acknowledged,
    start,
    noteKill: async at => {
      // What it wrote into its connections before it died still arrives.
      await until('the dead server was heard to the end', async () => {
        const open = await Promise.all(bots.map(bot => bot.fake.connections()))
        return open.every(count => count === 0)
      })
      kills.push({ at, sent: new Map(bots.map(bot => [bot, bot.fake.sent().length])) })
    },
    kill: async at => {
      await running?.kill()
      await world.noteKill(at)
    },
    write: (bot, texts) => {
      const longest = Math.max(...[...texts.values()].map(list => list.length))
      for (let n = 0; n < longest; n++) {
        for (const [chat, list] of texts) {
          const text = list[n]
          if (text === undefined) continue
          const update = textUpdate(chat, text)
          bot.written.set(chat, [...(bot.written.get(chat) ?? []), text])
          bot.updates.set(chat, [...(bot.updates.get(chat) ?? []), update.update_id])
          void bot.fake.pushUpdate(update).then(() => acknowledged++)
        }
      }
    },
    settle: async (mostMs, isComplete) => {
      for (const { fake } of bots) fake.clearFailures()
      await until('every update is acknowledged', () => bots.every(bot => bot.fake.pending() === 0), mostMs)
      await until('every contact has read everything', isComplete, mostMs)
      await until('everything is handled and settled', () => countWorkLeft(dir) === 0, mostMs)
    },
    stop: async () => {
      await running?.stop()
    },
    end: async () => {
      await running?.kill()
      await Promise.all([...bots.map(bot => bot.fake.close()), api.close()])
      rmSync(dir, { recursive: true, force: true })
      built.remove()
    },
  }
  return world
}

/** Messages of a bot by chat, in the order of sending. */
export function sentByChat(bot: Bot): ReadonlyMap<number, readonly SentMessage[]> {
  const chats = new Map<number, SentMessage[]>()
  for (const message of bot.fake.sent()) {
    const chat = Number(message.chat)
    const list = chats.get(chat)
    if (list) list.push(message)
    else chats.set(chat, [message])
  }
  return chats
}
