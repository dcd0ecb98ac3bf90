import { afterEach, describe, expect, test } from 'vitest'
import type { Advance } from '../../server/runtime/index.ts'
import type { Store } from '../../server/store/index.ts'
import { flowRow, versionRow } from '../store/rows.ts'
import { openWorld, rest, type World } from './world.ts'

/** Each message is a block to wait in. */
const advance: Advance = (conversation, event) => {
  if (event.type !== 'message_received') return { conversation, effects: [], trace: [] }
  const block = event.message.text
  const session = { flow: 'support', version: 1, at: block, wait: conversation.waits + 1 }
  return {
    conversation: { ...conversation, number: 1, owner: 'flow', session, waits: conversation.waits + 1 },
    effects: [],
    trace: [...(conversation.session ? [{ kind: 'left' as const, block: conversation.session.at, exit: 'next' }] : []), { kind: 'waits', block }],
  }
}

const compile = { file: '{"format":1,"id":"support","name":"Support","languages":["en"],"blocks":{"start":{"type":"start"}}}', hash: 'h1', created_at: 0 }

let world: World
afterEach(() => world.end())

async function open(wrap?: (store: Store) => Store): Promise<void> {
  world = await openWorld({ advance, ...(wrap ? { wrap } : {}) })
  await world.store.commit([
    ...world.store.flows.insert(flowRow()),
    ...world.store.flows.insertVersion(versionRow(compile)),
    ...world.store.flows.setLive('support', 1, 1),
  ])
  await world.runtime.flows.refresh()
}

const counts = async () =>
  Object.fromEntries(
    (await world.store.blockCounts.sum({ flow: 'support', version: 1, span: 3_600_000, since: 0 })).map(({ counted, block, exit, count }) => [
      `${counted} ${block} ${exit}`.trim(),
      count,
    ]),
  )

describe('live counts', () => {
  test('follow what is handled, a moment later', async () => {
    await open()
    await world.hear('7', 'menu', 'ask')
    await world.hear('8', 'menu')
    await rest()
    expect(await counts()).toEqual({})
    await world.clock.pass(1000)
    expect(await counts()).toEqual({ conversation: 2, 'came menu': 2, 'exit menu next': 1, 'came ask': 1 })
    expect(await world.store.paths.waiting('support')).toEqual([
      { version: 1, block: 'ask', count: 1 },
      { version: 1, block: 'menu', count: 1 },
    ])
  })

  test('are exact after a crash: nothing is lost and nothing counts twice', async () => {
    await open()
    await world.hear('7', 'menu', 'ask')
    await rest()
    await world.clock.pass(1000)
    await world.hear('7', 'end')
    await world.hear('8', 'menu')
    await rest()
    world = await world.crash()
    await world.clock.pass(5000)
    expect(await counts()).toEqual({ conversation: 2, 'came menu': 2, 'exit menu next': 1, 'came ask': 1, 'exit ask next': 1, 'came end': 1 })
  })

  test('wait for a store that is down, and lose nothing', async () => {
    let isDown = false
    await open(store => ({
      ...store,
      paths: {
        ...store.paths,
        of: async ids => {
          if (isDown) throw new Error('The store is down.')
          return store.paths.of(ids)
        },
      },
    }))
    isDown = true
    await world.hear('7', 'menu')
    await rest()
    await world.clock.pass(1000)
    expect(await counts()).toEqual({})
    isDown = false
    await world.clock.pass(1000)
    expect(await counts()).toEqual({ conversation: 1, 'came menu': 1 })
  })

  test('of a contact that another server counted meanwhile are read again', async () => {
    let race: (() => Promise<void>) | undefined
    await open(store => ({
      ...store,
      paths: {
        ...store.paths,
        stepsAfter: async (path, limit) => {
          const steps = await store.paths.stepsAfter(path, limit)
          await race?.()
          return steps
        },
      },
    }))
    await world.hear('7', 'menu')
    await rest()
    race = async () => {
      race = undefined
      const { id } = await world.contactOf('7')
      const path = { contact: id, conversation: 1, step: 1, seq: 1, flow: 'support', version: 1, hash: 'h1', waits: null, passes: {} }
      await world.store.commit(world.store.paths.save(path, null))
    }
    await world.clock.pass(3000)
    expect(await counts()).toEqual({})
    await world.hear('7', 'ask')
    await rest()
    await world.clock.pass(1000)
    expect(await counts()).toEqual({ conversation: 1, 'came menu': 1, 'exit menu next': 1, 'came ask': 1 })
  })

  test('that nobody can ask for any more are removed', async () => {
    await open()
    await world.hear('7', 'menu')
    await rest()
    await world.clock.pass(1000)
    await world.clock.pass(8 * 86_400_000)
    expect(await counts()).toEqual({})
  })
})
