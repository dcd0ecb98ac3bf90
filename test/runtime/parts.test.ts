import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoffMs } from '../../server/runtime/backoff.ts'
import { sortEvents } from '../../server/runtime/event-order.ts'
import { createFlows } from '../../server/runtime/flows.ts'
import { createGroupCommit } from '../../server/runtime/group-commit.ts'
import { createBucket } from '../../server/runtime/pacing.ts'
import { LostRace, type Write } from '../../server/store/index.ts'
import { openTestStore } from '../helpers/stores.ts'
import { flowRow, versionRow } from '../store/rows.ts'
import { openWorld, rest } from './world.ts'

const write = (sql: string): Write => ({ sql, parameters: [] })

describe('group commit', () => {
  test('units of one moment share a commit, and one that loses its race does not take the others along', async () => {
    const commits: string[][] = []
    const group = createGroupCommit(
      {
        commit: async writes => {
          const lost = writes.findIndex(({ sql }) => sql === 'late')
          if (lost >= 0) throw new LostRace(lost, 'late')
          commits.push(writes.map(({ sql }) => sql))
        },
      },
      { patienceMs: 3 },
    )
    const results = await Promise.allSettled([group.commit([write('a'), write('b')]), group.commit([write('c'), write('late')]), group.commit([write('d')])])
    expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(commits).toEqual([['a', 'b', 'd']])
  })

  test('what can wait goes with the next commit, before it, and alone when there is none', async () => {
    const commits: string[][] = []
    const store = { commit: async (writes: readonly Write[]) => void commits.push(writes.map(({ sql }) => sql)) }
    const group = createGroupCommit(store, { patienceMs: 60_000 })
    const patient = group.commit([write('patient')], true)
    await rest()
    expect(commits).toEqual([])
    await Promise.all([patient, group.commit([write('now')])])
    expect(commits).toEqual([['patient', 'now']])
    const last = group.commit([write('last')], true)
    await group.settled()
    await last
    const alone = createGroupCommit(store, { patienceMs: 1 })
    await alone.commit([write('alone')], true)
    expect(commits).toEqual([['patient', 'now'], ['last'], ['alone']])
  })

  test('a store that is down fails everybody who asked', async () => {
    const group = createGroupCommit({ commit: () => Promise.reject(new Error('down')) }, { patienceMs: 3 })
    const results = await Promise.allSettled([group.commit([write('a')]), group.commit([write('b')])])
    expect(results.map(result => result.status)).toEqual(['rejected', 'rejected'])
  })
})

describe('rule 31: the order of waiting events', () => {
  test('rule 31: it is a real order whatever came in, and the messenger is obeyed', () => {
    const event = fc.record({ at: fc.integer({ min: 0, max: 5 }), order_key: fc.option(fc.integer({ min: 0, max: 5 })) })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), fc.nat(), (list, turn) => {
        const events = list.map((one, index) => ({ ...one, seq: index + 1 }))
        const sorted = sortEvents(events)
        const from = turn % Math.max(1, events.length)
        expect(sortEvents([...events.slice(from), ...events.slice(0, from)])).toEqual(sorted)
        const keys = sorted.flatMap(one => one.order_key ?? [])
        expect(keys).toEqual([...keys].sort((a, b) => a - b))
      }),
    )
  })
})

describe('pacing and backing off', () => {
  test('a bucket lets a burst through and then keeps its rate', () => {
    const bucket = createBucket(2, 2)
    bucket.take(0)
    bucket.take(0)
    expect(bucket.waitMs(0)).toBe(500)
    expect(bucket.waitMs(500)).toBe(0)
  })

  test('tries grow apart, up to five minutes, never sooner than asked', () => {
    expect([1, 2, 3].map(attempts => backoffMs(attempts, undefined, 0.5))).toEqual([1000, 2000, 4000])
    expect(backoffMs(30, undefined, 0.5)).toBe(300_000)
    expect(backoffMs(1, 7000, 0)).toBe(7000)
  })
})

describe('flows in memory', () => {
  test('rule 22: live versions are there from the start, pinned ones after they were loaded once', async () => {
    const place = await openTestStore()
    const { store } = place
    await store.commit([
      ...store.flows.insert(flowRow()),
      ...[1, 2].flatMap(version => store.flows.insertVersion(versionRow({ version, hash: `h${version}` }))),
    ])
    await store.commit(store.flows.setLive('support', 2, 1))
    let compiled = 0
    const flows = createFlows(store, { info: () => {}, warn: () => {}, error: () => {} }, ({ flow, version, hash }) => {
      compiled++
      // Only identity matters here.
      return { id: flow, version, hash } as unknown as ReturnType<NonNullable<Parameters<typeof createFlows>[2]>>
    })
    await flows.refresh()
    expect(flows.flowOf('support')?.version).toBe(2)
    expect(flows.flowOf('support', 1)).toBeUndefined()
    const session = { flow: 'support', version: 1, at: 'x', wait: 1 }
    const conversation = {
      contact: { id: 'a', channel: 'x' },
      number: 1,
      owner: 'flow',
      session,
      opened_at: 0,
      last_message_at: 0,
      sends: 0,
      waits: 1,
    } as const
    await flows.loadFor(conversation)
    expect(flows.loadFor(conversation)).toBeUndefined()
    expect(flows.flowOf('support', 1)?.hash).toBe('h1')
    expect(compiled).toBe(2)
    await flows.loadFor({ ...conversation, session: { ...session, version: 9 } })
    expect(flows.loadFor({ ...conversation, session: { ...session, version: 9 } })).toBeUndefined()
    await place.end()
  })
})

describe('stopping', () => {
  test('a shutdown finishes what is in hand, refuses what comes, and keeps the rest', async () => {
    const world = await openWorld()
    world.channel.answer = () => ({ type: 'retry', whole_account: false, code: 'send.busy', message: 'Busy.' })
    await world.hear('7', 'a', 'b')
    await rest()
    await world.runtime.stop()
    await expect(world.hear('8', 'c')).rejects.toMatchObject({ code: 'runtime.stopping' })
    expect(await world.store.facts.get('runtime.running')).toBe('no')
    expect(await world.deliveries('7')).toMatchObject([{ status: 'queued' }, { status: 'queued' }])
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    const next = await world.crash()
    await next.clock.pass(2000)
    expect(next.texts().slice(-2)).toEqual(['echo a', 'echo b'])
    await next.end()
  })

  test('metrics say what happened', async () => {
    const world = await openWorld()
    await world.hear('7', 'a')
    await rest()
    const text = await world.runtime.metrics.registry.metrics()
    expect(text).toContain('parley_accepted_total{channel="telegram"} 1')
    expect(text).toContain('parley_sent_total{channel="telegram"} 1')
    expect(text).toContain('parley_inbox_waiting 0')
    await world.end()
  })
})

describe('checkpoints', () => {
  test('a named moment kills the process at its n-th passing and nowhere else', () => {
    const script = `import { checkpoint } from ${JSON.stringify(`${process.cwd()}/server/runtime/checkpoints.ts`)}; for (let i = 1; i < 4; i++) { console.log(i); checkpoint('timer.before_fire'); checkpoint('step.after_commit') }`
    const run = () =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, PARLEY_CRASH_AT: 'step.after_commit:2' },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    expect(run).toThrow(expect.objectContaining({ signal: 'SIGKILL', stdout: '1\n2\n' }))
  })
})
