import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../server/engine/index.ts'
import { MOST_FILE_BYTES } from '../../server/runtime/index.ts'
import { openWorld, rest, says, type World } from './world.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const photo = (contact: string, id: string) =>
  says(contact, id, '', {
    event: { type: 'message_received', message: { id, text: '', attachments: [{ kind: 'image', name: 'a.txt', mime: 'text/plain' }] } },
    files: [{ attachment: 0, ref: 'secret-ref' }],
  })

async function fileOf(world: World, contact: string) {
  const [event] = await world.log(contact)
  const id = event?.event.type === 'message_received' ? event.event.message.attachments?.[0]?.file : undefined
  if (id === undefined) throw new Error('The event names no file.')
  return id
}

/** Disk work takes real time; asks again until it is done. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 500; i++) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await rest()
  }
  throw new Error('It never came.')
}

describe('rule 42: files', () => {
  test('rule 42: vendor media is fetched in the background, kept under its hash, its type read from the bytes', async () => {
    const world = await openWorld()
    world.channel.fetched = async () => ({ bytes: png })
    await world.runtime.accept('c1', [photo('7', 'a'), photo('8', 'b')])
    const id = await fileOf(world, '7')
    const file = await eventually(() => world.runtime.files.read(id))
    expect(file).toMatchObject({ mime: 'image/png', name: 'a.txt', size: png.length })
    expect(readFileSync(file.path).equals(png)).toBe(true)
    const other = await eventually(async () => world.runtime.files.read(await fileOf(world, '8')))
    expect(other.path).toBe(file.path)
    expect(readFileSync(join(world.place.dir, 'parley.db-wal')).includes('secret-ref')).toBe(false)
    await world.end()
  })

  test('rule 42: fetching is tried again, also after a crash, and gives up with a reason', async () => {
    const first = await openWorld()
    first.channel.fetched = async () => {
      throw new DomainError('file.vendor', { message: 'Not now.', retry: 'later' })
    }
    await first.runtime.accept('c1', [photo('7', 'a')])
    const id = await fileOf(first, '7')
    await eventually(async () => ((await first.store.files.byId([id]))[0]?.attempts ? true : undefined))
    first.channel.fetched = async () => ({ bytes: png })
    const world = await first.crash()
    await world.clock.pass(5000)
    expect(await eventually(() => world.runtime.files.read(id))).toMatchObject({ mime: 'image/png' })
    world.channel.fetched = async () => {
      throw new DomainError('file.vendor', { message: 'Gone for good.' })
    }
    await world.runtime.accept('c1', [photo('8', 'b')])
    const lost = await fileOf(world, '8')
    const row = await eventually(async () => (await world.store.files.byId([lost])).find(file => file.status === 'failed'))
    expect(row).toMatchObject({ problem: 'Gone for good.', ref: null })
    await world.end()
  })

  test('rule 42: more than 20 MB is refused', async () => {
    const world = await openWorld()
    const put = world.runtime.files.put(Buffer.alloc(MOST_FILE_BYTES + 1), { name: null, connector: null, contact: null })
    await expect(put).rejects.toMatchObject({ code: 'file.too_big' })
    await world.end()
  })

  test('rule 42: an address is good only as it was signed, and for a day', async () => {
    const world = await openWorld()
    const url = new URL(world.runtime.files.urlOf('abc'))
    const [expires, signature] = [url.searchParams.get('expires') ?? '', url.searchParams.get('signature') ?? '']
    const { files } = world.runtime
    expect(url.pathname).toBe('/files/abc')
    expect(files.isSigned('abc', expires, signature)).toBe(true)
    expect(files.isSigned('abd', expires, signature)).toBe(false)
    expect(files.isSigned('abc', `${Number(expires) + 1}`, signature)).toBe(false)
    expect(files.isSigned('abc', 'x', signature)).toBe(false)
    await world.clock.pass(25 * 3_600_000)
    expect(files.isSigned('abc', expires, signature)).toBe(false)
    await world.end()
  })
})

describe('rule 39: erasing', () => {
  test('rule 39: texts, files and the address are gone, and what is queued is not sent', async () => {
    const world = await openWorld()
    world.channel.answer = () => ({ type: 'retry', whole_account: false, code: 'send.busy', message: 'Busy.' })
    const file = await world.runtime.files.put(png, { name: 'ada.png', connector: 'c1', contact: null })
    await world.hear('7', 'my name is Ada')
    const { id } = await world.contactOf('7')
    await world.store.commit(world.store.files.update([{ ...file, contact: id }]))
    await rest()
    await world.runtime.erase(id)
    const tries = world.channel.sent.length
    await world.clock.pass(60_000)
    expect(world.channel.sent).toHaveLength(tries)
    expect(
      JSON.stringify([await world.store.contacts.byId([id]), await world.store.events.ofConversation(id, 1), await world.store.deliveries.latest(id, 9)]),
    ).not.toContain('Ada')
    expect(readdirSync(join(world.place.dir, 'files')).flatMap(folder => readdirSync(join(world.place.dir, 'files', folder)))).toEqual([])
    await rest()
    await world.hear('7', 'hello again')
    expect((await world.contactOf('7')).id).not.toBe(id)
    expect(existsSync(join(world.place.dir, 'files'))).toBe(true)
    await world.end()
  })
})
