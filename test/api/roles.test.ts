import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES, type Role, scopesOfRole } from '../../server/api/roles.ts'
import type { Route } from '../../server/api/route.ts'
import { ROUTES } from '../../server/api/routes.ts'
import { letIn, type Person } from '../helpers/people.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
const people = new Map<Role, Person>()

beforeAll(async () => {
  server = await startTestServer()
  for (const role of ROLES) people.set(role, await letIn(server, role))
  // The walk below calls everything once: none of it may end the session it walks with.
})
afterAll(() => server.close())

const guarded = ROUTES.filter(route => route.scope !== 'public' && route.path !== '/api/sign_out')
const rows = guarded.flatMap(route => ROLES.map(role => ({ name: `${route.method} ${route.path}`, role, route, may: mayCall(role, route) })))
const addressOf = (route: Route) => route.path.replaceAll(/\{\w+\}/g, 'nobody')
const bodyOf = (route: Route) => (route.body === undefined ? undefined : {})

function mayCall(role: Role, { scope }: Route): boolean {
  const scopes: readonly string[] = scopesOfRole(role)
  return scope === 'any' || scopes.includes('admin') || scopes.includes(scope)
}

describe('what a role may do', () => {
  test.each(rows.filter(row => row.may))('$name lets in the role $role', async ({ role, route }) => {
    const { status } = (await people.get(role)?.call(route.method, addressOf(route), bodyOf(route))) ?? {}
    expect([401, 403]).not.toContain(status)
  })

  test.each(rows.filter(row => !row.may))('$name refuses the role $role', async ({ role, route }) => {
    const { status, body } = (await people.get(role)?.call(route.method, addressOf(route), bodyOf(route))) ?? {}
    expect(status).toBe(403)
    expect(body.error.code).toBe('request.wrong_scope')
    expect(body.error.message).toContain(role)
  })

  test.each(guarded.filter(route => route.method !== 'GET').map(route => ({ name: `${route.method} ${route.path}`, route })))(
    '$name refuses the cookie of an administrator from a foreign page',
    async ({ route }) => {
      const { status, body } =
        (await people.get('administrator')?.call(route.method, addressOf(route), bodyOf(route), { origin: 'https://elsewhere.example' })) ?? {}
      expect(status).toBe(403)
      expect(body.error.code).toBe('request.foreign_origin')
    },
  )

  const expected: readonly { role: Role; may: readonly string[]; mayNot: readonly string[] }[] = [
    { role: 'viewer', may: ['flows:read', 'conversations:read'], mayNot: ['flows:write', 'flows:publish', 'connectors:write', 'admin'] },
    { role: 'editor', may: ['flows:write'], mayNot: ['flows:publish', 'connectors:write', 'admin'] },
    { role: 'publisher', may: ['flows:write', 'flows:publish'], mayNot: ['connectors:write', 'admin'] },
    { role: 'agent', may: ['conversations:read', 'conversations:write', 'queues:read'], mayNot: ['flows:write', 'queues:write', 'admin'] },
    { role: 'supervisor', may: ['conversations:write', 'queues:write', 'deliveries:write'], mayNot: ['flows:write', 'admin'] },
    { role: 'administrator', may: ['admin'], mayNot: [] },
  ]
  test.each(expected)('the role $role is what it says', async ({ role, may, mayNot }) => {
    const { body } = (await people.get(role)?.call('GET', '/api/me')) ?? {}
    expect(body).toMatchObject({ role, email: `${role}@example.com`, name: `The ${role}` })
    expect(body.scopes).toEqual(expect.arrayContaining([...may]))
    for (const scope of mayNot) expect(body.scopes).not.toContain(scope)
  })
})
