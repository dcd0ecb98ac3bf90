import { describe, expect, test } from 'vitest'
import { isOpen } from '../../server/desk/index.ts'
import type { Queue } from '../../server/store/index.ts'
import { openWorld, rest, type World } from './world.ts'

const sales: Queue = { slug: 'sales', title: 'Sales', hours: null, max_size: null, max_wait_ms: null, staffing: 'ignore', created_at: 1, updated_at: 1 }

async function openWithQueue(queue: Partial<Queue> = {}): Promise<World> {
  const world = await openWorld()
  await world.store.commit(world.store.queues.save({ ...sales, ...queue }))
  await world.queues.refresh()
  return world
}

describe('queues', () => {
  test('rule 24: nobody needs to be on shift by default, and each one hears their place', async () => {
    const world = await openWithQueue()
    await world.hear('7', 'queue sales')
    await rest()
    await world.hear('8', 'queue sales')
    await rest()
    expect(world.texts()).toEqual(['queue_joined 1', 'queue_joined 2'])
    await world.hear('7', 'leave sales')
    await world.hear('8', 'position sales')
    await rest()
    expect(world.texts().at(-1)).toBe('queue_position 1')
    expect((await world.store.places.all()).map(place => place.status)).toEqual(['waiting'])
    await world.end()
  })

  test.each([
    ['full', { max_size: 0 }],
    ['closed', { hours: { time_zone: 'UTC', week: {} } }],
    ['nobody_on_shift', { staffing: 'required' as const }],
  ])('rule 24: a queue that is %s refuses, and takes who is forced', async (reason, queue) => {
    const world = await openWithQueue(queue)
    await world.hear('7', 'queue sales')
    await rest()
    expect(world.texts()).toEqual([`refused ${reason}`])
    expect(await world.store.places.all()).toEqual([])
    await world.hear('8', 'force sales')
    await rest()
    expect(world.texts().at(-1)).toBe('queue_joined 1')
    await world.end()
  })

  test('rule 24: who is forced into a queue that was deleted waits in default', async () => {
    const world = await openWithQueue()
    await world.hear('7', 'force gone')
    await rest()
    expect(await world.store.places.all()).toMatchObject([{ queue: 'default', status: 'waiting' }])
    await world.end()
  })

  test('a crash between joining and the answer asks again', async () => {
    const first = await openWithQueue()
    await first.hear('7', 'queue sales')
    await rest()
    const places = await first.store.places.all()
    await first.store.commit(first.store.places.save(places.map(place => ({ ...place, status: 'joining' as const }))))
    const world = await first.crash()
    await rest()
    expect((await world.store.places.all()).map(place => place.status)).toEqual(['waiting'])
    expect(world.texts().at(-1)).toBe('queue_joined 1')
    await world.end()
  })

  test('who leaves before the answer arrives keeps no place', async () => {
    const world = await openWithQueue()
    await world.hear('7', 'queue sales', 'leave sales')
    await rest()
    expect(await world.store.places.all()).toEqual([])
    expect(world.queues.waiting('sales')).toEqual([])
    await world.end()
  })
})

describe('opening hours', () => {
  const hours = { time_zone: 'Europe/Berlin', week: { mon: [['09:00', '17:00'] as const], fri: [['22:00', '02:00'] as const] }, closed: ['2026-11-23'] }
  test.each([
    ['2026-11-16T08:00:00Z', true, 'nine in Berlin'],
    ['2026-11-16T07:59:00Z', false, 'a minute before'],
    ['2026-11-16T16:00:00Z', false, 'five in Berlin'],
    ['2026-11-23T10:00:00Z', false, 'a closed day'],
    ['2026-11-20T22:30:00Z', true, 'past eleven on a Friday'],
    ['2026-11-21T00:30:00Z', true, 'after midnight'],
    ['2026-11-21T01:30:00Z', false, 'after the night'],
    ['2026-07-13T07:00:00Z', true, 'nine in summer'],
  ])('%s is %s: %s', (time, open) => {
    expect(isOpen(hours, Date.parse(time))).toBe(open)
  })
  test('no hours: always open', () => {
    expect(isOpen(null, 0)).toBe(true)
  })
})
