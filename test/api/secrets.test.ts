import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { letIn, type Person } from '../helpers/people.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let editor: Person
beforeAll(async () => {
  server = await startTestServer()
  editor = await letIn(server, 'editor')
})
afterAll(() => server.close())

const flow = {
  format: 1,
  id: 'shop',
  name: 'Shop',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'call' } },
    call: {
      type: 'http',
      url: 'https://shop.example.com/',
      headers: [{ name: 'Authorization', value: 'Bearer {{ secrets.shop_key }}' }],
      exits: { success: 'end', refused: 'end', error: 'end', timeout: 'end' },
    },
    end: { type: 'end' },
  },
}

describe('secrets', () => {
  test('are made, listed and changed without ever being shown', async () => {
    const made = await server.call('PUT', '/api/secrets/shop_key', { value: 'hunter2', allowed_hosts: ['Shop.Example.com', '*.example.org'] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'shop_key', allowed_hosts: ['shop.example.com', '*.example.org'] })
    const changed = await server.call('PUT', '/api/secrets/shop_key', { allowed_hosts: ['api.example.com'] })
    expect(changed.status).toBe(200)
    const list = await server.call('GET', '/api/secrets')
    expect(list.body.items).toMatchObject([{ name: 'shop_key', allowed_hosts: ['api.example.com'] }])
    expect((await server.call('GET', '/api/secrets/shop_key')).body).toEqual(list.body.items[0])
    expect(made.text + changed.text + list.text).not.toContain('hunter2')
  })

  test('an editor sees their names and cannot change them', async () => {
    expect((await editor.call('GET', '/api/secrets')).body.items).toHaveLength(1)
    expect((await editor.call('PUT', '/api/secrets/shop_key', { allowed_hosts: ['evil.example.com'] })).status).toBe(403)
    expect((await editor.call('DELETE', '/api/secrets/shop_key')).status).toBe(403)
  })

  test('a flow that uses one is warned in the list and in the editor until it is made', async () => {
    const uses = { ...flow, id: 'uses_another', blocks: JSON.parse(JSON.stringify(flow.blocks).replace('shop_key', 'another_key')) }
    await server.call('PUT', '/api/flows/uses_another', uses)
    const told = async () => {
      const listed = (await server.call('GET', '/api/flows')).body.items.find(({ id }: { id: string }) => id === 'uses_another')
      const { problems } = (await server.call('GET', '/api/flows/uses_another')).body.draft
      return [listed.warnings, problems.filter(({ code }: { code: string }) => code === 'unknown_secret').length]
    }
    expect(await told()).toEqual([1, 1])
    await server.call('PUT', '/api/secrets/another_key', { value: 'x', allowed_hosts: ['shop.example.com'] })
    expect(await told()).toEqual([0, 0])
    await server.call('DELETE', '/api/secrets/another_key')
    expect(await told()).toEqual([1, 1])
  })

  const refusals = [
    { name: 'a name with a space', path: 'shop%20key', body: { value: 'x', allowed_hosts: ['a.example.com'] }, status: 422, code: 'secret.wrong_name' },
    { name: 'a new one without a value', path: 'other_key', body: { allowed_hosts: ['a.example.com'] }, status: 422, code: 'secret.no_value' },
    { name: 'no hosts', path: 'other_key', body: { value: 'x', allowed_hosts: [] }, status: 422, code: 'request.wrong_shape' },
    {
      name: 'an address instead of a host',
      path: 'other_key',
      body: { value: 'x', allowed_hosts: ['https://a.example.com/'] },
      status: 422,
      code: 'request.wrong_shape',
    },
    { name: 'every host there is', path: 'other_key', body: { value: 'x', allowed_hosts: ['*'] }, status: 422, code: 'request.wrong_shape' },
  ]
  test.each(refusals)('$name is refused', async ({ path, body, status, code }) => {
    const answer = await server.call('PUT', `/api/secrets/${path}`, body)
    expect(answer.status).toBe(status)
    expect(answer.body.error.code).toBe(code)
  })

  test('a flow that names one that does not exist is published with a warning', async () => {
    expect((await server.call('POST', '/api/flows', flow)).status).toBe(201)
    const codes = async () => (await server.call('GET', '/api/flows/shop')).body.draft.problems.map((problem: { code: string }) => problem.code)
    expect(await codes()).not.toContain('unknown_secret')
    expect((await server.call('DELETE', '/api/secrets/shop_key')).status).toBe(204)
    expect(await codes()).toContain('unknown_secret')
    expect((await server.call('POST', '/api/flows/shop/publish', {})).status).toBe(200)
    expect((await server.call('DELETE', '/api/secrets/shop_key')).body.error.code).toBe('secret.unknown')
  })
})
