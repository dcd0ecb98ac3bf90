import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { letIn } from '../helpers/people.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const flowFile = (id: string, text = 'Hello!') => ({
  format: 1,
  id,
  name: `Flow ${id}`,
  note: 'Says hello.',
  tags: ['greetings'],
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', text, exits: { next: 'done' } },
    done: { type: 'end', outcome: 'greeted' },
  },
})
const list = async (query = '') => (await server.call('GET', `/api/flows${query}`)).body.items as { id: string }[]
const summaryOf = async (id: string) => (await list()).find(flow => flow.id === id)

describe('the list of flows', () => {
  test('says what a flow is for, how it looks and what is wrong with it', async () => {
    await server.call('POST', '/api/flows', flowFile('seen'))
    expect(await summaryOf('seen')).toMatchObject({
      name: 'Flow seen',
      note: 'Says hello.',
      tags: ['greetings'],
      blocks: 3,
      shape: {
        rows: [['entries'], ['talk'], ['finish']],
        lines: [
          [0, 1],
          [1, 2],
        ],
      },
      errors: 0,
      changed: false,
      live: null,
    })
    await server.call('PUT', '/api/flows/seen', {
      ...flowFile('seen'),
      blocks: { start: { type: 'start', exits: { next: 'ask' } }, ask: { type: 'queue', queue: 'nowhere' } },
    })
    expect(await summaryOf('seen')).toMatchObject({ errors: expect.any(Number) })
    expect((await server.call('GET', '/api/flows/seen')).body.draft.problems.length).toBeGreaterThan(0)
  })

  test('notices when the world around a flow changes', async () => {
    const ask = { type: 'queue', queue: 'night', exits: { ended: 'done', left: 'done' } }
    await server.call('POST', '/api/flows', { ...flowFile('caller'), blocks: { ...flowFile('x').blocks, hello: ask } })
    const errors = async () => ((await summaryOf('caller')) as unknown as { errors: number }).errors
    const before = await errors()
    await server.call('PUT', '/api/queues/night', { title: 'Night' })
    expect(await errors()).toBe(before - 1)
  })

  test('says when the draft differs from what is live', async () => {
    await server.call('POST', '/api/flows', flowFile('changing'))
    await server.call('POST', '/api/flows/changing/publish', {})
    expect(await summaryOf('changing')).toMatchObject({ changed: false, live: { version: 1 } })
    await server.call('PUT', '/api/flows/changing', flowFile('changing', 'Good morning!'))
    expect(await summaryOf('changing')).toMatchObject({ changed: true, live: { version: 1 } })
  })

  test('shows archived flows, others, or both', async () => {
    await server.call('POST', '/api/flows', flowFile('old'))
    expect((await server.call('POST', '/api/flows/old/archive')).body).toMatchObject({ id: 'old', archived: true })
    const ids = async (query: string) => (await list(query)).map(flow => flow.id)
    expect(await ids('?archived=true')).toEqual(['old'])
    expect(await ids('?archived=false')).not.toContain('old')
    expect(await ids('')).toContain('old')
    expect((await server.call('POST', '/api/flows/old/restore')).body).toMatchObject({ archived: false })
    expect(await ids('?archived=true')).toEqual([])
    expect((await server.call('GET', '/api/flows?archived=perhaps')).status).toBe(400)
  })
})

describe('the life of a flow', () => {
  test('making one never overwrites another', async () => {
    expect((await server.call('POST', '/api/flows', flowFile('once'))).status).toBe(201)
    const { status, body } = await server.call('POST', '/api/flows', flowFile('once', 'Other'))
    expect(status).toBe(409)
    expect(body.error).toMatchObject({ code: 'flow.exists', at: '/id' })
    expect((await server.call('GET', '/api/flows/once')).body.draft.file.blocks.hello.text).toBe('Hello!')
  })

  test('a flow that is not well-formed is not made', async () => {
    const { status, body } = await server.call('POST', '/api/flows', { ...flowFile('broken'), blocks: { start: { type: 'begin' } } })
    expect(status).toBe(422)
    expect(body.problems.length).toBeGreaterThan(0)
    expect(await summaryOf('broken')).toBeUndefined()
  })

  test('a copy has a name and an id of its own', async () => {
    await server.call('POST', '/api/flows', flowFile('original'))
    const copies = [await server.call('POST', '/api/flows/original/duplicate'), await server.call('POST', '/api/flows/original/duplicate')]
    expect(copies.map(copy => [copy.status, copy.body.id, copy.body.name])).toEqual([
      [201, 'original_copy', 'Flow original (copy)'],
      [201, 'original_copy_2', 'Flow original (copy)'],
    ])
    expect((await server.call('GET', '/api/flows/original_copy')).body.draft.file).toMatchObject({ id: 'original_copy', blocks: flowFile('x').blocks })
    const named = await server.call('POST', '/api/flows/original/duplicate', { id: 'twin', name: 'The twin' })
    expect(named.body).toMatchObject({ id: 'twin', name: 'The twin', live: null })
    expect((await server.call('POST', '/api/flows/original/duplicate', { id: 'twin' })).status).toBe(409)
  })

  test('a copy of a flow with the longest id has an id that is allowed', async () => {
    const id = `l${'o'.repeat(38)}g`
    await server.call('POST', '/api/flows', flowFile(id))
    expect((await server.call('POST', `/api/flows/${id}/duplicate`)).body.id).toMatch(/^lo+_copy$/)
  })

  test('a flow that a connector uses cannot be archived', async () => {
    const { status, body } = await server.call('POST', '/api/flows/support/archive')
    expect(status).toBe(409)
    expect(body.error.message).toContain('Sample chat')
  })

  test('a key that may write flows may publish them, a person of the role editor may not', async () => {
    await server.call('POST', '/api/flows', flowFile('rights'))
    const { key } = (await server.call('POST', '/api/keys', { name: 'writer', scopes: ['flows:write'] })).body
    const editor = await letIn(server, 'editor')
    expect((await editor.call('PUT', '/api/flows/rights', flowFile('rights', 'Hi!'))).status).toBe(200)
    for (const path of ['publish', 'versions/1/roll_back']) expect((await editor.call('POST', `/api/flows/rights/${path}`, {})).status).toBe(403)
    expect((await server.call('POST', '/api/flows/rights/publish', {}, { key })).body).toMatchObject({ version: 1 })
  })

  test('rolling back makes a new version of an older file and leaves the draft alone', async () => {
    await server.call('POST', '/api/flows', flowFile('back', 'One'))
    await server.call('POST', '/api/flows/back/publish', {})
    await server.call('PUT', '/api/flows/back', flowFile('back', 'Two'))
    await server.call('POST', '/api/flows/back/publish', {})
    await server.call('PUT', '/api/flows/back', flowFile('back', 'Three'))
    expect((await server.call('POST', '/api/flows/back/versions/1/roll_back', {})).body).toMatchObject({ version: 3 })
    const { items } = (await server.call('GET', '/api/flows/back/versions')).body
    expect(items.map((item: { version: number; note: string; live: boolean }) => [item.version, item.note, item.live])).toEqual([
      [3, 'Back to version 1', true],
      [2, '', false],
      [1, '', false],
    ])
    expect((await server.call('GET', '/api/flows/back/versions/3')).body.blocks.hello.text).toBe('One')
    expect((await server.call('GET', '/api/flows/back')).body.draft.file.blocks.hello.text).toBe('Three')
    expect((await server.call('POST', '/api/flows/back/versions/3/roll_back', {})).body).toMatchObject({ version: 3 })
    expect((await server.call('POST', '/api/flows/back/versions/9/roll_back', {})).status).toBe(404)
  })
})

describe('templates', () => {
  test('are the sample flows, each good enough to publish', async () => {
    const { items } = (await server.call('GET', '/api/templates')).body
    expect(items.map((item: { id: string }) => item.id)).toEqual(['multilingual', 'opening_hours', 'order_lookup', 'order_status', 'support'])
    for (const { file, note, shape } of items) {
      expect(note).not.toBe('')
      expect(shape.rows.length).toBeGreaterThan(1)
      const id = `from_${file.id}`
      expect((await server.call('POST', '/api/flows', { ...file, id })).body).toMatchObject({ id, errors: 0 })
    }
  })
})
