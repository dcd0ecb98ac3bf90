import { describe, expect, test } from 'vitest'
import type { SendResult } from '../../server/channels/channel.ts'
import { openWorld, rest, says } from './world.ts'

const failed = (level: 'message' | 'contact' | 'account'): SendResult => ({ type: 'failed', failure: { level, code: `send.${level}`, message: 'No.' } })
const again = (after_ms?: number, whole_account = false): SendResult => ({
  type: 'retry',
  whole_account,
  code: 'send.busy',
  message: 'Busy.',
  ...(after_ms === undefined ? {} : { after_ms }),
})

describe('sending', () => {
  test('rule 30: the next message of a contact goes only after the one before is committed, other contacts do not wait', async () => {
    const world = await openWorld()
    const open: (() => void)[] = []
    world.channel.answer = delivery =>
      delivery.contact === '7'
        ? new Promise(resolve => open.push(() => resolve({ type: 'sent', vendor_id: delivery.id })))
        : { type: 'sent', vendor_id: delivery.id }
    await world.hear('7', 'a', 'b')
    await world.hear('8', 'c')
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo c'])
    open.shift()?.()
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo c', 'echo b'])
    expect((await world.deliveries('7')).map(row => row.status)).toEqual(['sent', 'queued'])
    open.shift()?.()
    await rest()
    await world.end()
  })

  test('rule 30: parts are one row each, with their own vendor id', async () => {
    const world = await openWorld()
    await world.hear('7', 'two x')
    await rest()
    expect(await world.deliveries('7')).toMatchObject([
      { n: 1, first: 1, delivery: 1, message: { text: 'x1' }, vendor_id: expect.stringMatching(/\.1$/) },
      { n: 2, first: 1, delivery: 2, message: { text: 'x2' }, vendor_id: expect.stringMatching(/\.2$/) },
    ])
    await world.end()
  })

  test('rule 30: replacing a whole sent message names it, replacing a split one sends a new one', async () => {
    const world = await openWorld()
    await world.hear('7', 'say x')
    await rest()
    await world.hear('7', 'replace 1')
    await rest()
    expect(world.channel.sent.at(-1)?.replaces).toBe(world.channel.sent[0] && `v-${world.channel.sent[0].id}`)
    await world.hear('8', 'two x')
    await rest()
    await world.hear('8', 'replace 2')
    await rest()
    expect(world.channel.sent.at(-1)).not.toHaveProperty('replaces')
    await world.end()
  })

  test('a delivery that was in flight at a crash goes again, under the same id and before the next', async () => {
    const first = await openWorld()
    first.channel.answer = () => new Promise(() => {})
    await first.hear('7', 'a', 'b')
    await rest()
    const [inFlight] = first.channel.sent
    first.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    const world = await first.crash()
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo a', 'echo b'])
    expect(world.channel.sent[1]?.id).toBe(inFlight?.id)
    await world.end()
  })

  test('rule 15: typing belongs to the delivery: it is shown, and the message waits that long', async () => {
    const world = await openWorld()
    await world.hear('7', 'type 800')
    await rest()
    expect(world.channel.typed).toEqual(['7'])
    expect(world.texts()).toEqual([])
    await world.clock.pass(800)
    expect(world.texts()).toEqual(['typed'])
    await world.end()
  })

  test('rule 15: answers to presses do not wait for the outbox', async () => {
    const world = await openWorld()
    world.channel.answer = () => again()
    await world.hear('7', 'say x; press p1')
    await rest()
    expect(world.channel.pressed).toEqual(['p1'])
    await world.end()
  })
})

describe('rule 6: pacing', () => {
  test('rule 6: a connector sends no faster than its rate, and a contact no faster than its own', async () => {
    const world = await openWorld({ connectors: [{ rate: { per_second: 10, burst: 2, per_contact: 1, per_contact_burst: 1 } }] })
    await world.hear('7', 'a', 'b')
    await world.hear('8', 'c')
    await world.hear('9', 'd')
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo c'])
    await world.clock.pass(100)
    expect(world.texts()).toEqual(['echo a', 'echo c', 'echo d'])
    await world.clock.pass(899)
    expect(world.texts()).toHaveLength(3)
    await world.clock.pass(1)
    expect(world.texts()).toHaveLength(4)
    await world.end()
  })

  test('rule 6: with another api_root than the vendor there is no pacing unless it is asked for', async () => {
    const world = await openWorld({ connectors: [{ settings: { api_root: 'http://127.0.0.1:9' } }] })
    expect(world.runtime.connectors.get('c1')?.rate.per_second).toBe(0)
    await world.end()
    const paced = await openWorld()
    expect(paced.runtime.connectors.get('c1')?.rate.per_second).toBeGreaterThan(0)
    await paced.end()
  })

  test('rule 6: retry_after of the account holds every contact and survives a crash', async () => {
    const first = await openWorld()
    first.channel.answer = () => again(5000, true)
    await first.hear('7', 'a')
    await rest()
    await first.hear('8', 'b')
    await rest()
    expect(first.texts()).toEqual(['echo a'])
    first.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    const world = await first.crash()
    await world.clock.pass(4900)
    expect(world.texts()).toEqual(['echo a'])
    await world.clock.pass(200)
    expect([...world.texts()].sort()).toEqual(['echo a', 'echo a', 'echo b'])
    await world.end()
  })
})

describe('rule 28: failures', () => {
  test('rule 28: a message that cannot be sent fails alone, and the flow is told', async () => {
    const world = await openWorld()
    world.channel.answer = delivery => (delivery.message.text === 'echo a' ? failed('message') : { type: 'sent', vendor_id: delivery.id })
    await world.hear('7', 'a', 'b')
    await rest()
    expect((await world.deliveries('7')).map(row => [row.message.text, row.status])).toEqual([
      ['echo a', 'failed'],
      ['echo b', 'sent'],
    ])
    expect((await world.log('7')).at(-1)?.event).toMatchObject({ type: 'delivery_failed', delivery: 1, level: 'message', reason: 'send.message' })
    await world.end()
  })

  test('rule 28: a contact out of reach takes everything queued along, and contact_blocked is logged', async () => {
    const world = await openWorld()
    world.channel.answer = () => failed('contact')
    await world.hear('7', 'a', 'b', 'c')
    await rest()
    expect((await world.deliveries('7')).map(row => row.failure?.code)).toEqual(['send.contact', 'send.unreachable', 'send.unreachable'])
    expect(world.texts()).toEqual(['echo a'])
    expect((await world.log('7')).map(event => event.event.type).slice(-2)).toEqual(['contact_blocked', 'delivery_failed'])
    await world.end()
  })

  test('rule 28: a broken account stops its connector, nothing fails, and it goes on when it is repaired', async () => {
    const world = await openWorld()
    world.channel.answer = () => failed('account')
    await world.hear('7', 'a')
    await rest()
    await world.hear('8', 'b')
    await rest()
    expect(world.texts()).toEqual(['echo a'])
    expect(await world.store.connectors.byId('c1')).toMatchObject({ problem: { code: 'send.account' } })
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    const connector = await world.store.connectors.byId('c1')
    if (!connector) throw new Error('The connector is gone.')
    await world.store.commit(world.store.connectors.update({ ...connector, problem: null, secrets: { token: 'new' } }))
    await world.runtime.connectors.refresh('c1')
    await rest()
    expect([...world.texts()].sort()).toEqual(['echo a', 'echo a', 'echo b'])
    await world.end()
  })

  test('rule 28: what can be tried again is tried again, later each time, and its contact waits', async () => {
    const world = await openWorld()
    world.channel.answer = () => again()
    await world.hear('7', 'a', 'b')
    await world.clock.pass(1000)
    expect(world.texts()).toEqual(['echo a', 'echo a'])
    await world.clock.pass(1999)
    expect(world.texts()).toHaveLength(2)
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    await world.clock.pass(1)
    expect(world.texts()).toEqual(['echo a', 'echo a', 'echo a', 'echo b'])
    expect((await world.deliveries('7'))[0]).toMatchObject({ status: 'sent', attempts: 3 })
    await world.end()
  })

  test('rule 28: the head gives up after its time, an announcement sooner', async () => {
    const world = await openWorld({ limits: { message_patience_ms: 60_000, announcement_patience_ms: 5000 } })
    world.channel.answer = () => again()
    await world.hear('7', 'say x')
    await world.hear('8', 'announce')
    await world.clock.pass(20_000)
    expect(await world.deliveries('8')).toMatchObject([{ status: 'failed', failure: { code: 'send.gave_up' } }])
    expect(await world.deliveries('7')).toMatchObject([{ status: 'queued' }])
    await world.clock.pass(60_000)
    expect(await world.deliveries('7')).toMatchObject([{ status: 'failed', failure: { code: 'send.gave_up' } }])
    await world.end()
  })

  test('rule 28: a resend is a new delivery at the tail', async () => {
    const world = await openWorld()
    world.channel.answer = () => failed('message')
    await world.hear('7', 'a')
    await rest()
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    await world.hear('7', 'b')
    await rest()
    const { id } = await world.contactOf('7')
    await world.runtime.resend(id, 1)
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo b', 'echo a'])
    expect((await world.deliveries('7')).at(-1)).toMatchObject({ n: 3, delivery: 1, resend_of: 1, status: 'sent' })
    await expect(world.runtime.resend(id, 2)).rejects.toMatchObject({ code: 'delivery.not_failed' })
    await expect(world.runtime.resend(id, 99)).rejects.toMatchObject({ code: 'delivery.unknown' })
    await world.hear('7', 'c')
    await rest()
    expect((await world.deliveries('7')).at(-1)).toMatchObject({ n: 4, delivery: 3 })
    await world.end()
  })
})

describe('receipts', () => {
  const receipt = { kind: 'receipt', external_id: 'r', contact: '7', at: 0 } as const

  test('rule 30: statuses only move forward, and a watermark covers all earlier ones', async () => {
    const world = await openWorld()
    await world.hear('7', 'a', 'b')
    await rest()
    const [first] = await world.deliveries('7')
    await world.runtime.accept('c1', [{ ...receipt, status: 'read', watermark: world.clock.now() }])
    await world.runtime.accept('c1', [{ ...receipt, status: 'delivered', vendor_ids: [first?.vendor_id ?? ''] }])
    expect((await world.deliveries('7')).map(row => row.status)).toEqual(['read', 'read'])
    await world.end()
  })

  test('rule 29: a failed receipt fails the delivery and tells the flow once', async () => {
    const world = await openWorld()
    await world.hear('7', 'a')
    await rest()
    const [first] = await world.deliveries('7')
    const failure = { level: 'message', code: 'send.undelivered', message: 'No.' } as const
    const part = { ...receipt, status: 'failed', vendor_ids: [first?.vendor_id ?? ''], failure } as const
    await world.runtime.accept('c1', [part])
    await world.runtime.accept('c1', [part])
    expect(await world.deliveries('7')).toMatchObject([{ status: 'failed', failure: { code: 'send.undelivered' } }])
    expect((await world.log('7')).filter(event => event.event.type === 'delivery_failed')).toHaveLength(1)
    await world.end()
  })

  test('a receipt that overtakes the commit of its send is not lost', async () => {
    const world = await openWorld()
    let told = Promise.resolve()
    world.channel.answer = delivery => {
      told = world.runtime.accept('c1', [{ ...receipt, status: 'delivered', vendor_ids: ['early'] }])
      return { type: 'sent', vendor_id: delivery.message.text === 'echo a' ? 'early' : delivery.id }
    }
    await world.hear('7', 'a')
    await world.clock.pass(1000)
    await told
    expect(await world.deliveries('7')).toMatchObject([{ status: 'delivered' }])
    await world.end()
  })
})

describe('connectors', () => {
  test('a token is replaced without losing a message', async () => {
    const world = await openWorld()
    const opened: (() => void)[] = []
    world.channel.answer = delivery => new Promise(resolve => opened.push(() => resolve({ type: 'sent', vendor_id: delivery.id })))
    await world.hear('7', 'a', 'b')
    await rest()
    const refreshed = world.runtime.connectors.refresh('c1')
    await rest()
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id })
    for (const open of opened) open()
    await refreshed
    await world.hear('7', 'c')
    await rest()
    expect(world.texts()).toEqual(['echo a', 'echo b', 'echo c'])
    await world.end()
  })

  test('a disabled connector keeps what is queued until it is enabled', async () => {
    const world = await openWorld()
    const row = await world.store.connectors.byId('c1')
    if (!row) throw new Error('The connector is gone.')
    await world.store.commit(world.store.connectors.update({ ...row, enabled: false }))
    await world.runtime.connectors.refresh('c1')
    await world.hear('7', 'a')
    await rest()
    expect(world.texts()).toEqual([])
    await world.store.commit(world.store.connectors.update(row))
    await world.runtime.connectors.refresh('c1')
    await rest()
    expect(world.texts()).toEqual(['echo a'])
    await world.end()
  })

  test('the last words of an address go to its new one', async () => {
    const world = await openWorld()
    world.channel.answer = delivery => ({ type: 'sent', vendor_id: delivery.id, ...(delivery.contact === '7' ? { moved_to: '70' } : {}) })
    await world.hear('7', 'a')
    await rest()
    await world.runtime.accept('c1', [says('70', 'n', 'b')])
    await rest()
    expect(world.channel.sent.map(delivery => delivery.contact)).toEqual(['7', '70'])
    expect(await world.log('70')).toHaveLength(2)
    await world.end()
  })
})
