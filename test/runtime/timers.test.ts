import { describe, expect, test } from 'vitest'
import { openWorld, rest, says } from './world.ts'

describe('timers', () => {
  test('fire once, on time, without waiting for a message', async () => {
    const world = await openWorld()
    await world.hear('7', 'timer 5000')
    await world.clock.pass(4999)
    expect(world.texts()).toEqual([])
    await world.clock.pass(1)
    expect(world.texts()).toEqual(['fired wait'])
    await world.clock.pass(300_000)
    expect(world.texts()).toEqual(['fired wait'])
    expect((await world.log('7')).map(event => event.event.type)).toEqual(['message_received', 'timer_fired'])
    await world.end()
  })

  test('are replaced, cancelled, paused and resumed with the time left', async () => {
    const world = await openWorld()
    await world.hear('7', 'timer 5000')
    await world.hear('8', 'timer 5000')
    await world.hear('9', 'timer 5000')
    await world.clock.pass(2000)
    await world.hear('7', 'timer 5000')
    await world.hear('8', 'cancel')
    await world.hear('9', 'pause')
    await world.clock.pass(4000)
    expect(world.texts()).toEqual([])
    await world.clock.pass(1000)
    expect(world.texts()).toEqual(['fired wait'])
    await world.hear('9', 'resume')
    await world.clock.pass(2999)
    expect(world.texts()).toHaveLength(1)
    await world.clock.pass(1)
    expect(world.texts()).toEqual(['fired wait', 'fired wait'])
    await world.end()
  })

  test('rule 18: a timer does not run while a delivery decided before it is unsent, then it runs in full', async () => {
    const world = await openWorld()
    let open = () => {}
    world.channel.answer = delivery =>
      new Promise(resolve => {
        open = () => resolve({ type: 'sent', vendor_id: delivery.id })
      })
    await world.hear('7', 'say x; held 5000')
    await world.clock.pass(60_000)
    expect(world.texts()).toEqual(['x'])
    open()
    await rest()
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    await world.clock.pass(4999)
    expect(world.texts()).toEqual(['x'])
    await world.clock.pass(1)
    expect(world.texts()).toEqual(['x', 'fired wait'])
    await world.end()
  })

  test('rule 18: every delivery before it counts, not only the first', async () => {
    const world = await openWorld()
    world.channel.answer = delivery => (delivery.message.text === 'y' ? new Promise(() => {}) : { type: 'sent', vendor_id: delivery.id })
    await world.hear('7', 'say x; say y; held 5000')
    await world.clock.pass(6000)
    expect(world.texts()).toEqual(['x', 'y'])
    expect(await world.store.timers.of([(await world.contactOf('7')).id])).toMatchObject([{ due_at: null, after_delivery: 2 }])
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    const next = await world.crash()
    await next.clock.pass(5001)
    expect(next.texts()).toEqual(['x', 'y', 'y', 'fired wait'])
    await next.end()
  })

  test('rule 18: a contact out of reach settles everything, so the timer starts', async () => {
    const world = await openWorld()
    world.channel.answer = () => ({ type: 'failed', failure: { level: 'contact', code: 'send.blocked', message: 'No.' } })
    await world.hear('7', 'say x; say y; held 5000')
    await world.clock.pass(5000)
    expect((await world.log('7')).map(event => event.event.type)).toContain('timer_fired')
    await world.end()
  })

  test('rule 18: a failed delivery starts the timer too, also after a crash', async () => {
    const first = await openWorld()
    first.channel.answer = () => new Promise(() => {})
    await first.hear('7', 'say x; held 5000')
    await rest()
    first.channel.answer = delivery =>
      delivery.message.text === 'x'
        ? { type: 'failed', failure: { level: 'message', code: 'send.bad', message: 'No.' } }
        : { type: 'sent', vendor_id: delivery.id }
    const world = await first.crash()
    await world.clock.pass(5001)
    expect(world.texts().at(-1)).toBe('fired wait')
    await world.end()
  })

  test('rule 18: one that is overdue at the start waits for its grace, so that a repeated message comes first', async () => {
    const first = await openWorld()
    await first.hear('7', 'timer 5000')
    await first.store.commit(first.store.timers.save((await first.store.timers.of([(await first.contactOf('7')).id])).map(timer => ({ ...timer, due_at: 5 }))))
    const world = await first.crash({ limits: { timer_grace_ms: 1000 } })
    await world.clock.pass(999)
    expect(world.texts()).toEqual([])
    await world.runtime.accept('c1', [says('7', 'late', 'cancel', { at: 1 })])
    await world.clock.pass(5000)
    expect(world.texts()).toEqual([])
    await world.end()
  })

  test('rule 18: a message from before the timer was due goes first when both wait', async () => {
    const world = await openWorld({ connectors: [{ reorder_ms: 10_000 }] })
    await world.hear('7', 'timer 5000')
    await world.clock.pass(4000)
    await world.clock.pass(1000)
    expect(world.texts()).toEqual(['fired wait'])
    await world.hear('8', 'timer 5000')
    await world.clock.pass(1500)
    // Held back because it follows closely, and from before the timer is due.
    await world.runtime.accept('c1', [says('8', 'held', 'say early', { at: world.clock.now() })])
    await world.clock.pass(3500)
    expect(world.texts().slice(1)).toEqual(['early', 'fired wait'])
    await world.end()
  })

  test('survive a crash and fire late rather than never', async () => {
    const first = await openWorld()
    await first.hear('7', 'timer 600000')
    const world = await first.crash()
    await world.clock.pass(700_000)
    expect(world.texts()).toEqual(['fired wait'])
    await world.end()
  })
})
