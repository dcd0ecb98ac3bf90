import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { echoFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const unpublishable = (id: string) => ({ format: 1, id, name: 'Half', languages: ['en'], blocks: { start: { type: 'start', exits: { next: 'gone' } } } })

describe('flows', () => {
  test('a new draft is stored, listed and read back', async () => {
    const put = await server.call('PUT', '/api/flows/fresh', echoFlow('fresh'))
    expect(put.status).toBe(201)
    expect(put.body).toMatchObject({ id: 'fresh', draft: { revision: 1, etag: '"1"' }, problems: [{ code: 'first_message_unread', severity: 'warning' }] })
    const { body, headers } = await server.call('GET', '/api/flows/fresh')
    expect(headers.get('etag')).toBe('"1"')
    expect(body).toMatchObject({
      id: 'fresh',
      name: 'Flow fresh',
      draft: { file: echoFlow('fresh'), problems: [{ code: 'first_message_unread' }] },
      live: null,
    })
    const list = await server.call('GET', '/api/flows')
    expect(list.body.items.map((flow: { id: string }) => flow.id)).toContain('fresh')
  })

  test('If-Match refuses a stale draft with 412 and takes the present one and *', async () => {
    await server.call('PUT', '/api/flows/shared', echoFlow('shared', 'One'))
    await server.call('PUT', '/api/flows/shared', echoFlow('shared', 'Two'))
    const stale = await server.call('PUT', '/api/flows/shared', echoFlow('shared', 'Three'), { headers: { 'if-match': '"1"' } })
    expect(stale.status).toBe(412)
    expect((await server.call('GET', '/api/flows/shared')).body.draft.file).toEqual(echoFlow('shared', 'Two'))
    const fresh = await server.call('PUT', '/api/flows/shared', echoFlow('shared', 'Three'), { headers: { 'if-match': '"2"' } })
    expect(fresh.body.draft.etag).toBe('"3"')
    expect((await server.call('PUT', '/api/flows/shared', echoFlow('shared', 'Four'), { headers: { 'if-match': '*' } })).status).toBe(200)
    expect((await server.call('PUT', '/api/flows/shared', echoFlow('shared', 'Five'))).status).toBe(200)
  })

  test('If-Match on a flow that is not there is refused', async () => {
    expect((await server.call('PUT', '/api/flows/nowhere', echoFlow('nowhere'), { headers: { 'if-match': '*' } })).status).toBe(412)
  })

  test('saving the same file again keeps its ETag', async () => {
    const first = await server.call('PUT', '/api/flows/same', echoFlow('same'))
    const second = await server.call('PUT', '/api/flows/same', echoFlow('same'))
    expect(second.status).toBe(200)
    expect(second.body.draft).toEqual(first.body.draft)
  })

  test('rule 33: what is not well-formed is refused with its places and nothing is stored', async () => {
    const { status, body } = await server.call('PUT', '/api/flows/broken', { ...echoFlow('broken'), blocks: { start: { type: 'stat' } } })
    expect(status).toBe(422)
    expect(body.error).toMatchObject({ code: 'flow.not_well_formed', at: '/blocks/start/type' })
    expect(body.problems[0]).toMatchObject({ severity: 'error', at: '/blocks/start/type' })
    expect((await server.call('GET', '/api/flows/broken')).status).toBe(404)
  })

  test('rule 33: a draft with errors is stored with its problems, and never published', async () => {
    const put = await server.call('PUT', '/api/flows/half', unpublishable('half'))
    expect(put.status).toBe(201)
    expect(put.body.problems).toContainEqual(expect.objectContaining({ severity: 'error', block: 'start' }))
    const published = await server.call('POST', '/api/flows/half/publish', { note: 'Too early' })
    expect(published.status).toBe(422)
    expect(published.body.error.code).toBe('flow.not_publishable')
    expect(published.body.problems).toContainEqual(expect.objectContaining({ severity: 'error', block: 'start' }))
    expect((await server.call('GET', '/api/flows/half/versions')).body.items).toEqual([])
  })

  test('the file must be the flow that the address names', async () => {
    const { status, body } = await server.call('PUT', '/api/flows/one', echoFlow('other'))
    expect(status).toBe(422)
    expect(body.error).toMatchObject({ code: 'flow.other_id', at: '/id' })
  })

  test('publishing makes versions, sets the newest live and keeps the files byte for byte', async () => {
    await server.call('PUT', '/api/flows/grows', echoFlow('grows', 'One'))
    const first = await server.call('POST', '/api/flows/grows/publish', { note: 'The first' })
    expect(first.body).toEqual({ version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    await server.call('PUT', '/api/flows/grows', echoFlow('grows', 'Two'))
    const second = await server.call('POST', '/api/flows/grows/publish')
    expect(second.body.version).toBe(2)
    const { body } = await server.call('GET', '/api/flows/grows/versions')
    expect(body.items).toMatchObject([
      { version: 2, note: '', live: true },
      { version: 1, note: 'The first', live: false, author: 'API_KEY', hash: first.body.hash },
    ])
    const one = await server.call('GET', '/api/flows/grows/versions/1')
    expect(one.headers.get('content-type')).toBe('application/json')
    expect(one.body).toEqual(echoFlow('grows', 'One'))
    expect(one.text.endsWith('}\n')).toBe(true)
    const again = await server.call('PUT', '/api/flows/grows', one.text)
    expect(again.status).toBe(200)
    await server.call('POST', '/api/flows/grows/publish')
    expect((await server.call('GET', '/api/flows/grows/versions/3')).text).toBe(one.text)
  })

  test('publishing an unchanged draft answers the version that is live', async () => {
    await server.call('PUT', '/api/flows/still', echoFlow('still'))
    const first = await server.call('POST', '/api/flows/still/publish', { note: 'Once' })
    const second = await server.call('POST', '/api/flows/still/publish', { note: 'Twice' })
    expect(second.body).toEqual(first.body)
    expect((await server.call('GET', '/api/flows/still/versions')).body.items).toHaveLength(1)
  })

  test('two who publish at once make one version', async () => {
    await server.call('PUT', '/api/flows/race', echoFlow('race'))
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.call('POST', '/api/flows/race/publish')))
    expect(answers.map(answer => answer.body.version)).toEqual([1, 1, 1, 1])
  })

  test('a flow and a version that are not there are 404', async () => {
    for (const path of [
      '/api/flows/nobody',
      '/api/flows/nobody/versions',
      '/api/flows/nobody/versions/1',
      '/api/flows/support/versions/99',
      '/api/flows/support/versions/x',
    ]) {
      expect((await server.call('GET', path)).status, path).toBe(404)
    }
    expect((await server.call('POST', '/api/flows/nobody/publish', {})).status).toBe(404)
  })

  test('a draft and its versions survive a restart', async () => {
    await server.call('PUT', '/api/flows/stays', echoFlow('stays'))
    await server.call('POST', '/api/flows/stays/publish', { note: 'Kept' })
    const before = (await server.call('GET', '/api/flows/stays')).body
    server = await server.restart()
    expect((await server.call('GET', '/api/flows/stays')).body).toEqual(before)
  })
})
