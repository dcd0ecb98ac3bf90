import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, SCOPES } from '../../server/api/route.ts'
import { ROUTES } from '../../server/api/routes.ts'
import { ADMIN_KEY, startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
const keys = new Map<string, string>()

beforeAll(async () => {
  server = await startTestServer()
  for (const scope of SCOPES) keys.set(scope, (await server.call('POST', '/api/keys', { name: `only ${scope}`, scopes: [scope] })).body.key)
})
afterAll(() => server.close())

const guarded = ROUTES.filter(route => route.scope !== 'public')
const scoped = guarded.filter(route => route.scope !== 'any')
const named = (routes: readonly Route[]) => routes.map(route => ({ name: `${route.method} ${route.path}`, route }))
const addressOf = (route: Route) => route.path.replaceAll(/\{\w+\}/g, 'nobody')
const bodyOf = (route: Route) => (route.body === undefined ? undefined : {})

describe('who may call', () => {
  test.each(named(guarded))('$name asks an anonymous caller for a key', async ({ route }) => {
    const { status, headers, body } = await server.call(route.method, addressOf(route), bodyOf(route), { key: null })
    expect(status).toBe(401)
    expect(body.error.code).toBe('request.no_key')
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })

  test.each(named(guarded))('$name refuses a key nobody made', async ({ route }) => {
    expect((await server.call(route.method, addressOf(route), bodyOf(route), { key: 'parley_invented-key' })).status).toBe(401)
  })

  test.each(named(scoped))('$name refuses a key with every scope but its own', async ({ route }) => {
    // A key that may write flows may publish them too.
    const others = SCOPES.filter(scope => scope !== route.scope && scope !== 'admin' && !(route.scope === 'flows:publish' && scope === 'flows:write'))
    const { key } = (await server.call('POST', '/api/keys', { name: 'others', scopes: others })).body
    const { status, body } = await server.call(route.method, addressOf(route), bodyOf(route), { key })
    expect(status).toBe(403)
    expect(body.error.message).toContain(route.scope)
  })

  test.each(named(guarded))('$name lets in a key with just its scope', async ({ route }) => {
    const { status } = await server.call(route.method, addressOf(route), bodyOf(route), {
      key: keys.get(route.scope === 'any' ? 'flows:read' : route.scope) ?? '',
    })
    expect([401, 403]).not.toContain(status)
  })

  test.each(named(ROUTES.filter(route => route.scope === 'public')))('$name needs no key', async ({ route }) => {
    const { status } = await server.call(route.method, route.path, undefined, { key: null })
    expect([401, 403, 404]).not.toContain(status)
  })

  test('a revoked key opens nothing any more', async () => {
    const { id, key } = (await server.call('POST', '/api/keys', { name: 'short', scopes: ['flows:read'] })).body
    expect((await server.call('GET', '/api/flows', undefined, { key })).status).toBe(200)
    expect((await server.call('DELETE', `/api/keys/${id}`)).status).toBe(204)
    expect((await server.call('GET', '/api/flows', undefined, { key })).status).toBe(401)
  })

  test('the list of keys shows no key', async () => {
    const { text } = await server.call('GET', '/api/keys')
    for (const key of [ADMIN_KEY, ...keys.values()]) expect(text).not.toContain(key)
  })

  test('a scope nobody knows is refused with its place', async () => {
    const { status, body } = await server.call('POST', '/api/keys', { name: 'odd', scopes: ['flows:read', 'flow'] })
    expect(status).toBe(422)
    expect(body.error.at).toBe('/scopes/1')
  })
})

describe('what cannot be read', () => {
  const refusals: readonly { name: string; method: string; path: string; body?: string; headers?: Record<string, string>; status: number; code: string }[] = [
    { name: 'an address that is none', method: 'GET', path: '/api/nothing', status: 404, code: 'request.not_found' },
    { name: 'a broken escape', method: 'GET', path: '/api/flows/%ZZ', status: 404, code: 'request.not_found' },
    { name: 'a method that is not possible', method: 'PATCH', path: '/api/flows/support', status: 405, code: 'request.wrong_method' },
    { name: 'malformed JSON', method: 'POST', path: '/api/connectors', body: '{"channel":', status: 400, code: 'request.malformed_json' },
    { name: 'a malformed flow file', method: 'PUT', path: '/api/flows/x', body: '{"format":', status: 400, code: 'request.malformed_json' },
    {
      name: 'a form',
      method: 'POST',
      path: '/api/connectors',
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 415,
      code: 'request.wrong_content_type',
    },
    { name: 'more than 1 MB', method: 'POST', path: '/api/connectors', body: `"${'x'.repeat(1_000_001)}"`, status: 413, code: 'request.too_large' },
    { name: 'a flow file of more than 4 MB', method: 'PUT', path: '/api/flows/x', body: `"${'x'.repeat(4_000_001)}"`, status: 413, code: 'request.too_large' },
    { name: 'an unknown key in a body', method: 'POST', path: '/api/keys', body: '{"name":"a","scope":["admin"]}', status: 422, code: 'request.wrong_shape' },
    { name: 'an unknown parameter', method: 'GET', path: '/api/flows?page=2', status: 400, code: 'request.wrong_parameter' },
    { name: 'a limit above 200', method: 'GET', path: '/api/conversations?limit=201', status: 400, code: 'request.wrong_parameter' },
    { name: 'a cursor that is not ours', method: 'GET', path: '/api/conversations?cursor=abc', status: 400, code: 'store.bad_cursor' },
    { name: 'a cursor of another list', method: 'GET', path: '/api/flows?cursor=abc', status: 400, code: 'store.bad_cursor' },
  ]
  test.each(refusals)('$name is refused with $status in the one shape', async ({ method, path, body, headers, status, code }) => {
    const answer = await server.call(method, path, body, headers ? { headers } : {})
    expect(answer.status).toBe(status)
    expect(answer.body.error.code).toBe(code)
    for (const key of ['message', 'hint', 'at']) expect(answer.body.error[key]).not.toBe('')
  })

  test('a method that is not possible says which are', async () => {
    const { headers } = await server.call('PATCH', '/api/flows/support', {})
    expect(headers.get('allow')).toBe('GET, HEAD, PUT')
  })

  test('a list is read page by page without gaps', async () => {
    const whole = (await server.call('GET', '/api/channels')).body.items
    const pages = []
    let next = ''
    do {
      const page = (await server.call('GET', `/api/channels?limit=3${next && `&cursor=${next}`}`)).body
      pages.push(...page.items)
      next = page.next ?? ''
    } while (next !== '')
    expect(pages).toEqual(whole)
  })

  test('answers name neither Express nor a version of anything', async () => {
    const { headers } = await server.call('GET', '/api/nothing')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})
