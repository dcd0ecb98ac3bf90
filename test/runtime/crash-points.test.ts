/** The server dies at every named moment, in quiet times and while it is careful after a crash, and nothing is lost or out of order. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Checkpoint } from '../../server/runtime/index.ts'
import { busyAnswers, busyFlow, busyTexts } from '../helpers/crash/flows.ts'
import { judge } from '../helpers/crash/judge.ts'
import { type CrashWorld, openCrashWorld, sentByChat } from '../helpers/crash/world.ts'
import { photoUpdate } from '../helpers/fake-telegram.ts'

/** Where to die, and at which passing. Those of publishing have a test of their own. */
const POINTS: Readonly<Record<Exclude<Checkpoint, 'move.before_progress'>, number>> = {
  'inbox.before_commit': 7,
  'inbox.after_commit': 7,
  'step.before_commit': 9,
  'step.after_commit': 9,
  'step.in_hand': 6,
  'outbox.before_send': 8,
  'outbox.after_send': 8,
  'outbox.after_settle': 8,
  'timer.before_fire': 2,
  'queue.before_answer': 2,
  'file.before_settle': 1,
  'http.before_call': 2,
  'http.before_answer': 2,
}
/** Only passed while the server is careful. */
const CAREFUL_ONLY: readonly Checkpoint[] = ['step.in_hand']

const CONTACTS = 6
const UPDATES = 8

describe.each([
  ['in quiet times', 0],
  ['while it is careful', 60_000],
])('killed %s', (_when, carefulMs) => {
  let world: CrashWorld
  let nextChat = 1000

  beforeAll(async () => {
    world = await openCrashWorld([busyFlow])
    await world.kill('before the first test')
  })

  afterAll(() => world?.end())

  const points = Object.entries(POINTS).filter(([point]) => carefulMs > 0 || !CAREFUL_ONLY.includes(point as Checkpoint))

  test.each(points)('at %s nothing is lost, doubled or out of order', async (point, passing) => {
    const [bot] = world.bots
    if (!bot) throw new Error('no bot')
    const chats = Array.from({ length: CONTACTS }, () => nextChat++)
    const parley = await world.start({ crashAt: `${point}:${passing}`, carefulMs })
    world.write(bot, new Map(chats.map(chat => [chat, busyTexts(chat, UPDATES)])))
    if (point === 'file.before_settle') {
      bot.fake.addFile(`photo-${nextChat}-large`, Buffer.from([0xff, 0xd8, 0xff, 0xe0]))
      void bot.fake.pushUpdate(photoUpdate(nextChat++))
    }
    expect(await parley.gone).toBe('SIGKILL')
    await world.noteKill(point)

    await world.start({ carefulMs })
    await world.settle(20_000, () => {
      const sent = sentByChat(bot)
      return chats.every(chat => sent.get(chat)?.at(-1)?.text === 'Nobody was free')
    })
    // Only after a crash is the next start careful.
    await (carefulMs > 0 ? world.kill('after everything was done') : world.stop())
    const verdict = judge(world, (_bot, texts) => busyAnswers(texts))
    expect(verdict.violations).toEqual([])
    expect(verdict.netted).toBe(0)
  })
})
