/**
 * The server is killed over and over at random moments, also while it starts, under the load of 20,000 updates: half of them to a plain
 * flow, half to one with a question, timers and a queue behind a Bot API that fails. CRASH_SEED repeats the moments of a run.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { busyAnswers, busyFlow, busyTexts, PLAIN, plainAnswers, plainTexts } from '../helpers/crash/flows.ts'
import { describe, judge } from '../helpers/crash/judge.ts'
import { until } from '../helpers/crash/until.ts'
import { type Bot, type CrashWorld, openCrashWorld } from '../helpers/crash/world.ts'
import { failures } from '../helpers/fake-telegram.ts'

const UPDATES = 20_000
const KILLS = 100
/** Kept below 30 messages a minute, so that the flood guard stays out of it. */
const EACH = 20
const CONTACTS = UPDATES / EACH
/** One start in so many is killed before it is done. */
const KILLED_STARTING = 5

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
const random = randomFrom(seed)
let world: CrashWorld

beforeAll(async () => {
  world = await openCrashWorld([PLAIN, busyFlow])
})

afterAll(() => world?.end())

test(`${KILLS} kills over ${UPDATES} updates lose nothing, keep the order, and double only what was in flight`, { timeout: 600_000 }, async () => {
  const started = performance.now()
  const [plain, busy] = world.bots
  if (!plain || !busy) throw new Error('no bots')
  for (const rule of [
    { every: 41, fail: failures.internal },
    { every: 59, fail: failures.badGateway },
    { every: 67, fail: failures.resetBefore },
    { every: 73, fail: failures.resetAfter },
    { every: 1009, fail: failures.tooMany(1) },
  ]) {
    busy.fake.failNext({ method: 'sendMessage', times: 0, ...rule })
  }
  for (const [bot, texts] of [
    [plain, plainTexts],
    [busy, busyTexts],
  ] as const) {
    world.write(bot, new Map(Array.from({ length: CONTACTS / 2 }, (_, index) => [index + 1, texts(index + 1, EACH)])))
  }

  const step = UPDATES / (KILLS + 1)
  for (let kill = 1; kill <= KILLS; kill++) {
    const moment = Math.round((kill - 1 + random()) * step)
    await until(`${moment} updates are acknowledged`, () => world.acknowledged() >= moment)
    // Some milliseconds on, so that it is not always right behind an answer.
    await until('the moment has come', () => random() < 0.3)
    await world.kill(`${world.acknowledged()} acknowledged`)
    if (kill % KILLED_STARTING === 0) {
      const starting = world.start({ isKilled: true })
      await until('it has begun to start', () => random() < 0.02)
      await world.kill('while it starts')
      await starting
    }
    await world.start()
  }
  expect(world.acknowledged()).toBeLessThan(UPDATES)
  await world.settle(300_000, () => isAllRead(plain, plainAnswers) && isAllRead(busy, busyAnswers))
  await world.stop()

  const verdict = judge(world, (bot, texts) => (bot === plain ? plainAnswers(texts) : busyAnswers(texts)))
  console.log(`seed ${seed}: ${describe(verdict)}, ${Math.round((performance.now() - started) / 1000)} s`)
  expect(verdict.violations).toEqual([])
  expect(verdict.updates).toBe(UPDATES)
  expect(verdict.kills).toBeGreaterThanOrEqual(KILLS)
})

/** Whether everybody has read their last answer; whoever is with the safety net will not, and is counted by the judge. */
function isAllRead(bot: Bot, answersOf: (texts: readonly string[]) => readonly string[]): boolean {
  const last = new Map<number, string>()
  for (const message of bot.fake.sent()) last.set(Number(message.chat), message.text)
  return [...bot.written].every(([chat, texts]) => last.get(chat) === answersOf(texts).at(-1) || isWithAgents(last.get(chat)))
}

function isWithAgents(text: string | undefined): boolean {
  return text !== undefined && !/^(Hello|Your name|Thanks|Heard|Moment|Done|Queued|Nobody)/.test(text)
}

/** Numbers from 0 to below 1 that depend on the seed only (mulberry32). */
function randomFrom(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
