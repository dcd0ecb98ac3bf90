import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DomainError, seedOf } from '../../server/engine/index.ts'
import { isStoreDown, type Store } from '../../server/store/index.ts'
import { advance, openWorld, rest, says, type World } from './world.ts'

describe('accepting events', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.end())

  test('an event is in the log and answered once its call is answered', async () => {
    await world.hear('7', 'hi')
    const [event] = await world.log('7')
    expect(event).toMatchObject({ seq: 1, event: { message: { text: 'hi' } }, handling: { step: 1, conversation: 1 } })
    await rest()
    expect(world.texts()).toEqual(['echo hi'])
    expect(await world.deliveries('7')).toMatchObject([{ n: 1, status: 'sent', vendor_id: expect.stringContaining('v-') }])
  })

  test('rule 3: numbers follow the order of acceptance, and every contact has its own', async () => {
    await Promise.all([world.hear('7', 'a', 'b'), world.hear('8', 'c')])
    await world.hear('7', 'd')
    expect((await world.log('7')).map(event => event.seq)).toEqual([1, 2, 3])
    expect((await world.log('8')).map(event => event.seq)).toEqual([1])
  })

  test('rule 3: now never goes back within a contact', async () => {
    await world.hear('7', 'a')
    const before = (await world.contactOf('7')).last_now
    // The clock of the next process is behind, as after a correction of the machine's time.
    const earlier = await world.crash({ startsAt: before - 5000 })
    await earlier.runtime.accept('c1', [says('7', 'later', 'b')])
    await rest()
    const handled = (await earlier.log('7')).map(event => event.handling?.now ?? 0)
    expect(handled.at(-1)).toBeGreaterThanOrEqual(before)
    world = earlier
  })

  test('a repeated event is acknowledged and ignored, also in one call and while the first is on its way', async () => {
    const event = says('7', 'same', 'hi')
    await Promise.all([world.runtime.accept('c1', [event, event]), world.runtime.accept('c1', [event])])
    await world.runtime.accept('c1', [event])
    await rest()
    expect(await world.log('7')).toHaveLength(1)
    expect(world.texts()).toEqual(['echo hi'])
    expect((await world.runtime.metrics.duplicates.get()).values[0]?.value).toBe(3)
  })

  test('the same person on two connectors is two contacts', async () => {
    await world.end()
    world = await openWorld({ connectors: [{ id: 'c1' }, { id: 'c2' }] })
    await Promise.all([world.runtime.accept('c1', [says('7', 'x', 'one')]), world.runtime.accept('c2', [says('7', 'x', 'two')])])
    const [one] = await world.store.contacts.byAddress('c1', ['7'])
    const [two] = await world.store.contacts.byAddress('c2', ['7'])
    expect(one?.id).not.toBe(two?.id)
  })

  test('a first message twice at once makes one contact', async () => {
    await Promise.all([world.hear('7', 'a'), world.hear('7', 'b')])
    expect(await world.log('7')).toHaveLength(2)
  })

  test('what is known of a person is filled in and never overwritten by the messenger', async () => {
    await world.runtime.accept('c1', [says('7', 'a', 'hi', { profile: { first_name: 'Ada', username: 'ada' } })])
    await world.runtime.accept('c1', [says('7', 'b', 'hi', { profile: { first_name: 'A.', username: 'lovelace', last_name: 'L' } })])
    expect((await world.contactOf('7')).conversation.contact).toMatchObject({ first_name: 'Ada', username: 'lovelace', last_name: 'L' })
    expect((await world.log('7'))[1]?.profile).toEqual({ username: 'lovelace', last_name: 'L' })
  })

  test('rule 32: what cannot be used is kept aside and does not touch its neighbours', async () => {
    const aside = { kind: 'kept_aside', reason: 'group_chat', message: 'A group.', body: '{"g":1}' } as const
    await world.runtime.accept('c1', [aside, says('7', 'a', 'hi')])
    expect((await world.store.keptAside.list({ limit: 5 })).rows).toMatchObject([{ connector: 'c1', reason: 'group_chat', body: '{"g":1}' }])
    expect(await world.log('7')).toHaveLength(1)
  })

  test('rule 32: events go to the connector of their account when it has the same secret, else aside', async () => {
    await world.end()
    world = await openWorld({
      connectors: [
        { id: 'c1', account_id: 'page1' },
        { id: 'c2', account_id: 'page2' },
      ],
    })
    const event = { ...says('7', 'a', 'hi'), account: 'page2' }
    await world.runtime.accept('c1', [event], account => account.connector === 'c2')
    expect(await world.store.contacts.byAddress('c2', ['7'])).toHaveLength(1)
    await world.runtime.accept('c1', [{ ...event, external_id: 'b' }], () => false)
    await world.runtime.accept('c1', [{ ...event, external_id: 'c', account: 'page3' }], () => true)
    expect((await world.store.keptAside.list({ limit: 5 })).rows.map(row => [row.reason, row.account]).sort()).toEqual([
      ['unknown_account', 'page2'],
      ['unknown_account', 'page3'],
    ])
  })

  test('a call for a connector that is not there is refused', async () => {
    await expect(world.runtime.accept('nowhere', [])).rejects.toMatchObject({ code: 'connector.unknown' })
  })

  test('an own event says what became of it, and what was not possible', async () => {
    await world.hear('7', 'hi')
    const { id } = await world.contactOf('7')
    const agent = { id: 'g', name: 'Grace' }
    await expect(world.runtime.acceptInternal(id, { type: 'agent_said', agent, text: 'x' })).resolves.toMatchObject({ refused: 'No agent has it.' })
    await expect(world.runtime.acceptInternal(id, { type: 'agent_noted', agent, text: 'x' })).resolves.toMatchObject({ seq: 3 })
    await expect(world.runtime.acceptInternal('nobody', { type: 'contact_left' })).rejects.toMatchObject({ code: 'contact.unknown' })
  })

  test('a note of the engine stays with the event', async () => {
    await world.hear('7', 'note careful')
    expect((await world.log('7'))[0]?.handling?.trace).toContainEqual({ kind: 'message', code: 'note', why: 'careful' })
  })
})

describe('rule 5: one commit a turn', () => {
  /** Counts what the store is asked to do. */
  function counting(counts: { reads: number; writes: number; commits: number }) {
    return (store: Store): Store => {
      const count = <T extends object>(repository: T, reads: readonly (keyof T)[]): T => {
        const own = { ...repository }
        for (const name of reads) {
          const original = repository[name]
          if (typeof original !== 'function') continue
          own[name] = ((...given: unknown[]) => {
            counts.reads++
            return original.apply(repository, given)
          }) as T[typeof name]
        }
        return own
      }
      return {
        ...store,
        events: count(store.events, ['seen', 'waiting']),
        contacts: count(store.contacts, ['byId', 'byAddress']),
        timers: count(store.timers, ['of']),
        deliveries: count(store.deliveries, ['queuedOf', 'latest', 'byId']),
        flows: count(store.flows, ['versionsByNumber']),
        commit: writes => {
          counts.commits++
          counts.writes += writes.length
          return store.commit(writes)
        },
      }
    }
  }

  test('rule 5: a plain turn costs at most 6 statements, sending included', async () => {
    const counts = { reads: 0, writes: 0, commits: 0 }
    const world = await openWorld({ wrap: counting(counts) })
    await world.hear('7', 'first')
    await rest()
    Object.assign(counts, { reads: 0, writes: 0, commits: 0 })
    await world.hear('7', 'second')
    await rest()
    expect(world.texts()).toEqual(['echo first', 'echo second'])
    expect(counts.reads + counts.writes).toBeLessThanOrEqual(6)
    await world.end()
  })

  test('rule 5: everything that arrives together shares a commit', async () => {
    const counts = { reads: 0, writes: 0, commits: 0 }
    const world = await openWorld({ wrap: counting(counts) })
    const before = counts.commits
    await Promise.all(Array.from({ length: 64 }, (_, i) => world.hear(`p${i}`, 'hi')))
    expect(counts.commits - before).toBeLessThanOrEqual(4)
    await world.end()
  })

  test('rule 5: a lost race repeats the lane, and nothing is handled twice', async () => {
    let raced = false
    const world = await openWorld({
      wrap: store => ({
        ...store,
        commit: async writes => {
          // Somebody else steps first, once.
          if (!raced && writes.some(write => write.sql.startsWith('update "contacts" set "profile"'))) {
            raced = true
            const [contact] = await store.contacts.byAddress('c1', ['7'])
            if (contact) await store.commit(store.contacts.update([{ ...contact, revision: contact.revision + 1 }]))
          }
          return store.commit(writes)
        },
      }),
    })
    await world.hear('7', 'first')
    await world.hear('7', 'second')
    await rest()
    expect(raced).toBe(true)
    expect((await world.log('7')).map(event => event.handling?.step)).toEqual([1, 2])
    expect(world.texts()).toEqual(['echo first', 'echo second'])
    await world.end()
  })

  test('rule 32: a store that is down is told, and nothing is half accepted', async () => {
    const world = await openWorld()
    await world.hear('7', 'first')
    await rest()
    const refuse = new DomainError('store.down', { message: 'Full.', retry: 'later' })
    const commit = world.store.commit
    Object.assign(world.store, { commit: () => Promise.reject(refuse) })
    await expect(world.hear('7', 'lost')).rejects.toSatisfy(isStoreDown)
    Object.assign(world.store, { commit })
    await world.hear('7', 'second')
    await rest()
    expect((await world.log('7')).map(event => event.seq)).toEqual([1, 2])
    expect(world.texts()).toEqual(['echo first', 'echo second'])
    await world.end()
  })
})

describe('rule 31: order', () => {
  test('rule 31: what waits is sorted by the messenger, else by time', async () => {
    const world = await openWorld()
    await world.runtime.accept('c1', [
      says('7', 'c', 'third', { order: 3, at: 5 }),
      says('7', 'a', 'first', { order: 1, at: 9 }),
      says('7', 'b', 'second', { order: 2, at: 1 }),
    ])
    await rest()
    expect(world.texts()).toEqual(['echo first', 'echo second', 'echo third'])
    await world.end()
  })

  test('rule 31: nothing is held by default', async () => {
    const world = await openWorld()
    await world.hear('7', 'a')
    await world.hear('7', 'b')
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo b'])
    await world.end()
  })

  test('rule 31: with reorder_ms an event after a recent one is held that long and comes in order', async () => {
    const world = await openWorld({ connectors: [{ reorder_ms: 500 }] })
    await world.runtime.accept('c1', [says('7', 'a', 'ONE', { order: 1 })])
    await world.runtime.accept('c1', [says('7', 'c', 'THREE', { order: 3 })])
    await rest()
    expect(world.texts()).toEqual(['echo ONE'])
    await world.clock.pass(300)
    await world.runtime.accept('c1', [says('7', 'b', 'TWO', { order: 2 })])
    await world.clock.pass(199)
    expect(world.texts()).toEqual(['echo ONE'])
    await world.clock.pass(1)
    expect(world.texts()).toEqual(['echo ONE', 'echo TWO', 'echo THREE'])
    await world.end()
  })

  test('rule 31: held events survive a crash', async () => {
    const first = await openWorld({ connectors: [{ reorder_ms: 500 }] })
    await first.hear('7', 'ONE')
    await first.hear('7', 'TWO')
    const world = await first.crash()
    await world.clock.pass(600)
    expect((await world.log('7')).map(event => event.handling?.step)).toEqual([1, 2])
    expect(world.texts()).toContain('echo TWO')
    await world.end()
  })
})

describe('rule 27: when a step throws', () => {
  test('rule 27: it is not tried again; the safety net acts and the error is on record', async () => {
    let runs = 0
    const world = await openWorld({
      advance: (...given) => {
        runs++
        return advance(...given)
      },
    })
    await world.hear('7', 'say half; throw')
    await rest()
    expect(runs).toBe(1)
    expect(world.texts()).toEqual(['An agent will help you.'])
    const [event] = await world.log('7')
    expect(event?.handling?.error).toContain('a bug in a block')
    expect((await world.contactOf('7')).conversation.owner).toBe('queue')
    await world.end()
  })

  test('rule 27: an effect that cannot be carried out drops the whole step', async () => {
    const world = await openWorld({
      advance: (conversation, event, context) => {
        const result = advance(conversation, event, context)
        // What a mistake in the engine could hand over.
        const broken = JSON.parse('{"type":"send","delivery":9,"kind":"message","wait":0}')
        return { ...result, effects: [...result.effects, broken] }
      },
    })
    await world.hear('7', 'hi')
    await rest()
    expect(world.texts()).toEqual(['An agent will help you.'])
    await world.end()
  })

  test('rule 27: an event in hand at two crashes goes to the safety net unrun, and its neighbours run', async () => {
    const fatal: typeof advance = (conversation, event, context) => {
      if (event.type === 'message_received' && event.message.text === 'fatal') throw new Error('would have killed the process')
      return advance(conversation, event, context)
    }
    const first = await openWorld({ advance: fatal })
    await first.hear('7', 'hi')
    const { id, last_seq } = await first.contactOf('7')
    // As two processes left it that died with the event in hand.
    const [contact] = await first.store.contacts.byId([id])
    if (!contact) throw new Error('The contact is gone.')
    const event = { type: 'message_received', message: { id: 'f', text: 'fatal' } } as const
    await first.store.commit([
      ...first.store.events.insert([
        { contact: id, seq: last_seq + 1, connector: 'c1', external_id: 'f', at: 2e6, order_key: null, received_at: 0, event, profile: null, handling: null },
      ]),
      ...first.store.contacts.update([{ ...contact, last_seq: last_seq + 1, revision: contact.revision + 1, crashes: 2 }]),
    ])
    let unrun = true
    const world = await first.crash({
      advance: (...given) => {
        if (given[1].type === 'message_received' && given[1].message.text === 'fatal') unrun = false
        return fatal(...given)
      },
    })
    await rest()
    expect(unrun).toBe(true)
    expect((await world.log('7')).at(-1)?.handling?.error).toContain('twice')
    expect((await world.contactOf('7')).crashes).toBe(0)
    await world.hear('7', 'again')
    await rest()
    expect(world.texts().slice(-2)).toEqual(['An agent will help you.', 'echo again'])
    await world.end()
  })

  test('rule 27: after a crash an event is durable, and counted, before it is taken in hand', async () => {
    const seen: unknown[] = []
    const first = await openWorld()
    await first.hear('7', 'hi')
    const world: World = await first.crash({
      advance: (conversation, event, context) => {
        seen.push(event.type)
        return advance(conversation, event, context)
      },
      wrap: store => ({
        ...store,
        commit: async writes => {
          for (const write of writes) {
            if (/^insert into "events"/.test(write.sql)) seen.push('accepted')
            if (/^update "contacts" set "crashes"/.test(write.sql)) seen.push('in hand')
          }
          await store.commit(writes)
        },
      }),
    })
    await world.hear('7', 'careful')
    await rest()
    expect(seen).toEqual(['accepted', 'in hand', 'message_received'])
    await world.clock.pass(60_001)
    seen.length = 0
    await world.hear('7', 'normal')
    expect(seen).toEqual(['message_received', 'accepted'])
    await world.end()
  })
})

describe('rule 38: what a repetition needs', () => {
  test('rule 38: a handled event keeps now and release, and the seed comes from conversation and number', async () => {
    const seeds: number[] = []
    const world = await openWorld({
      advance: (conversation, event, context) => {
        seeds.push(context.seed)
        return advance(conversation, event, context)
      },
    })
    await world.hear('7', 'a')
    await world.hear('7', 'b')
    const { id } = await world.contactOf('7')
    expect(seeds).toEqual([seedOf(`${id}-0`, 1), seedOf(`${id}-1`, 2)])
    expect((await world.log('7'))[0]?.handling).toMatchObject({ now: world.clock.now(), release: 'test' })
    await world.end()
  })
})
