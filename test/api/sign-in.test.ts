import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookiesOf, letIn, PASSWORD, type Person, personOf, signIn, tokenOf } from '../helpers/people.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

const ADMIN = { ADMIN_EMAIL: 'Chief@Example.com', ADMIN_PASSWORD: 'long enough for all' }

/** The address in the last line that a start prints. */
const linkIn = (server: TestServer) => tokenOf(/https?:\S+\/welcome#\S+/.exec(server.running.greeting)?.[0] ?? 'http://nowhere/')

describe('the first administrator', () => {
  let server: TestServer
  let administrator = ''
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.close())

  test('is asked for while there is nobody', async () => {
    expect((await server.call('GET', '/api/sign_in', undefined, { key: null })).body).toEqual({ needs_first_administrator: true })
  })

  test('is made by the link that the start prints, once', async () => {
    const first = (name: string) => ({ name, email: `${name}@Example.com`, password: PASSWORD })
    const old = linkIn(server)
    server = await server.restart()
    const token = linkIn(server)
    expect(token).not.toBe('')
    expect((await server.call('GET', `/api/welcome?token=${old}`, undefined, { key: null })).status).toBe(404)
    expect((await server.call('GET', `/api/welcome?token=${token}`, undefined, { key: null })).body).toEqual({ email: null, name: null, role: 'administrator' })
    expect((await server.call('POST', '/api/welcome', { token, password: PASSWORD }, { key: null })).body.error.at).toBe('/name')
    const answers = await Promise.all(['Ada', 'Bob'].map(name => server.call('POST', '/api/welcome', { ...first(name), token }, { key: null })))
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 404])
    const me = answers.find(answer => answer.status === 200)?.body
    expect(me).toMatchObject({ email: `${me.name.toLowerCase()}@example.com`, role: 'administrator', scopes: ['admin'] })
    expect((await server.call('GET', '/api/users')).body.items).toHaveLength(1)
    administrator = me.email
    expect((await server.call('POST', '/api/welcome', { ...first('Eve'), token }, { key: null })).body.error.code).toBe('welcome.dead_link')
    expect((await server.call('GET', '/api/sign_in', undefined, { key: null })).body).toEqual({ needs_first_administrator: false })
  })

  test('is not asked for again at the next start', async () => {
    server = await server.restart()
    expect(server.running.greeting).not.toContain('welcome')
    await expect(signIn(server, administrator.toUpperCase())).resolves.toBeDefined()
  })
})

describe('ADMIN_EMAIL and ADMIN_PASSWORD', () => {
  test('make the first administrator, and change nobody later', async () => {
    const server = await startTestServer(ADMIN)
    expect(server.running.greeting).not.toContain('welcome')
    const chief = await signIn(server, 'chief@example.com', ADMIN.ADMIN_PASSWORD)
    expect((await chief.call('GET', '/api/me')).body).toMatchObject({ email: 'chief@example.com', role: 'administrator' })
    expect((await chief.call('PATCH', '/api/me', { password: PASSWORD, old_password: ADMIN.ADMIN_PASSWORD })).status).toBe(200)
    const again = await server.restart()
    await expect(signIn(again, 'chief@example.com')).resolves.toBeDefined()
    await expect(signIn(again, 'chief@example.com', ADMIN.ADMIN_PASSWORD)).rejects.toThrow('sign_in.refused')
    await again.close()
  })

  test('a password is nowhere in the data', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'parley-test-'))
    const server = await startTestServer({ ...ADMIN, DATA_DIR: dir })
    await server.running.close()
    const bytes = Buffer.concat([await readFile(join(dir, 'parley.db')), await readFile(join(dir, 'parley.db-wal')).catch(() => Buffer.alloc(0))])
    expect(bytes.includes('chief@example.com')).toBe(true)
    expect(bytes.includes(ADMIN.ADMIN_PASSWORD)).toBe(false)
    await rm(dir, { recursive: true, force: true })
  })
})

describe('signing in', () => {
  let server: TestServer
  let chief: Person
  beforeAll(async () => {
    server = await startTestServer(ADMIN)
    chief = await signIn(server, 'chief@example.com', ADMIN.ADMIN_PASSWORD)
  })
  afterAll(() => server.close())

  test('gives a cookie that no script reads and no foreign page sends', async () => {
    const { headers } = await server.call('POST', '/api/sign_in', { email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD }, { key: null })
    const [cookie] = headers.getSetCookie()
    expect(cookie).toMatch(/^parley\.session_token=/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toContain('Secure')
  })

  test('gives a Secure cookie behind https', async () => {
    const behind = await startTestServer({ ...ADMIN, PUBLIC_URL: 'https://chat.example.com' })
    const { headers } = await behind.call('POST', '/api/sign_in', { email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD }, { key: null })
    expect(headers.getSetCookie()[0]).toMatch(/^__Secure-parley\.session_token=.*Secure/)
    const person = personOf(behind, headers.getSetCookie()[0]?.split(';')[0] ?? '')
    expect((await person.call('GET', '/api/me')).status).toBe(200)
    expect((await person.call('PATCH', '/api/me', { name: 'New' }, { origin: 'https://chat.example.com' })).status).toBe(200)
    await behind.close()
  })

  test.each([
    { name: 'a wrong password', email: 'chief@example.com', password: 'not the right one' },
    { name: 'somebody unknown', email: 'nobody@example.com', password: PASSWORD },
    { name: 'what is no e-mail', email: 'chief', password: PASSWORD },
    { name: 'an empty password', email: 'chief@example.com', password: '' },
  ])('$name is refused in the same words', async ({ email, password }) => {
    const { status, body, headers } = await server.call('POST', '/api/sign_in', { email, password }, { key: null })
    expect(status).toBe(401)
    expect(body.error).toMatchObject({ code: 'sign_in.refused', message: 'E-mail and password do not belong together.' })
    expect(headers.getSetCookie()).toEqual([])
  })

  test('from a foreign page is refused', async () => {
    const credentials = { email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD }
    const { body } = await server.call('POST', '/api/sign_in', credentials, { key: null, headers: { origin: 'https://elsewhere.example' } })
    expect(body.error.code).toBe('request.foreign_origin')
  })

  test('an invented or changed cookie is nobody', async () => {
    for (const cookie of ['parley.session_token=abc', 'parley.session_token=abc.def', chief.cookie.slice(0, -6)]) {
      expect((await personOf(server, cookie).call('GET', '/api/me')).status).toBe(401)
    }
  })

  test('a write with a cookie but without any origin is refused', async () => {
    const { body } = await server.call('PATCH', '/api/me', { name: 'X' }, { key: null, headers: { cookie: chief.cookie } })
    expect(body.error.code).toBe('request.foreign_origin')
    const sameSite = { cookie: chief.cookie, 'sec-fetch-site': 'same-origin' }
    expect((await server.call('PATCH', '/api/me', { name: 'Chief' }, { key: null, headers: sameSite })).status).toBe(200)
  })

  test('a key beside a cookie wins', async () => {
    const { body } = await server.call('GET', '/api/me', undefined, { headers: { cookie: chief.cookie } })
    expect(body).toMatchObject({ name: 'API_KEY', role: null, email: null })
  })

  test('signing out ends the cookie', async () => {
    const guest = await signIn(server, 'chief@example.com', ADMIN.ADMIN_PASSWORD)
    expect((await guest.call('POST', '/api/sign_out')).status).toBe(204)
    expect((await guest.call('GET', '/api/me')).status).toBe(401)
    expect((await chief.call('GET', '/api/me')).status).toBe(200)
  })

  test('a new password needs the old one and signs out everywhere else', async () => {
    const mail = 'changer@example.com'
    const here = await letIn(server, 'viewer', mail)
    const elsewhere = await signIn(server, mail)
    const wrong = await here.call('PATCH', '/api/me', { password: 'another long one', old_password: 'not the old one' })
    expect(wrong.body.error.code).toBe('sign_in.refused')
    const changed = await here.call('PATCH', '/api/me', { name: 'Changed', password: 'another long one', old_password: PASSWORD })
    expect(changed.body.name).toBe('Changed')
    expect((await elsewhere.call('GET', '/api/me')).status).toBe(401)
    expect((await personOf(server, cookiesOf(changed)).call('GET', '/api/me')).status).toBe(200)
  })

  test('wrong passwords for one e-mail are limited, whatever their number of addresses', async () => {
    const own = await startTestServer(ADMIN)
    const attempt = (password: string, n: number) =>
      own.call('POST', '/api/sign_in', { email: 'chief@example.com', password }, { key: null, headers: { 'x-forwarded-for': `192.0.2.${n}` } })
    for (let n = 0; n < 20; n++) expect((await attempt('guess number one', n)).status).toBe(401)
    const { status, body } = await attempt(ADMIN.ADMIN_PASSWORD, 30)
    expect(status).toBe(429)
    expect(body.error.code).toBe('sign_in.too_many')
    await own.close()
  })

  test('calls from one address are limited', async () => {
    const own = await startTestServer(ADMIN)
    const statuses = []
    for (let n = 0; n < 31; n++) statuses.push((await own.call('POST', '/api/sign_in', { email: `u${n}`, password: '' }, { key: null })).status)
    expect(statuses.filter(status => status === 429)).toHaveLength(1)
    await own.close()
  })
})

describe('users', () => {
  let server: TestServer
  let chief: Person
  beforeAll(async () => {
    server = await startTestServer(ADMIN)
    chief = await signIn(server, 'chief@example.com', ADMIN.ADMIN_PASSWORD)
  })
  afterAll(() => server.close())

  test('are let in by a link that works once', async () => {
    const made = await chief.call('POST', '/api/users', { name: 'Grace', email: 'Grace@Example.com', role: 'editor' })
    expect(made.status).toBe(201)
    expect(made.body.user).toMatchObject({ name: 'Grace', email: 'grace@example.com', role: 'editor', active: true, invited: true, last_seen_at: null })
    const token = tokenOf(made.body.link.url)
    expect((await server.call('GET', `/api/welcome?token=${token}`, undefined, { key: null })).body).toMatchObject({ name: 'Grace', role: 'editor' })
    const short = await server.call('POST', '/api/welcome', { token, password: 'short' }, { key: null })
    expect(short.body.error.at).toBe('/password')
    expect((await server.call('POST', '/api/welcome', { token, password: PASSWORD }, { key: null })).status).toBe(200)
    expect((await server.call('POST', '/api/welcome', { token, password: PASSWORD }, { key: null })).status).toBe(404)
    const { items } = (await chief.call('GET', '/api/users')).body
    expect(items.find((user: { name: string }) => user.name === 'Grace')).toMatchObject({ invited: false, last_seen_at: expect.any(Number) })
  })

  test('an e-mail belongs to one user', async () => {
    const { status, body } = await chief.call('POST', '/api/users', { name: 'Other', email: 'CHIEF@example.com', role: 'viewer' })
    expect(status).toBe(409)
    expect(body.error.at).toBe('/email')
  })

  test('a new link ends the older one, and sets a new password', async () => {
    const grace = await letIn(server, 'viewer', 'twice@example.com')
    const { items } = (await chief.call('GET', '/api/users')).body
    const { id } = items.find((user: { email: string }) => user.email === 'twice@example.com')
    const [first, second] = [await chief.call('POST', `/api/users/${id}/link`), await chief.call('POST', `/api/users/${id}/link`)].map(answer =>
      tokenOf(answer.body.url),
    )
    expect((await server.call('GET', `/api/welcome?token=${first}`, undefined, { key: null })).status).toBe(404)
    expect((await server.call('POST', '/api/welcome', { token: second, password: 'quite another one' }, { key: null })).status).toBe(200)
    expect((await grace.call('GET', '/api/me')).status).toBe(401)
    await expect(signIn(server, 'twice@example.com')).rejects.toThrow('sign_in.refused')
    await expect(signIn(server, 'twice@example.com', 'quite another one')).resolves.toBeDefined()
  })

  test('who is not active is out at once and cannot come back', async () => {
    const gone = await letIn(server, 'agent', 'gone@example.com')
    const { id } = (await gone.call('GET', '/api/me')).body
    expect((await chief.call('PATCH', `/api/users/${id}`, { active: false })).body.active).toBe(false)
    expect((await gone.call('GET', '/api/me')).status).toBe(401)
    await expect(signIn(server, 'gone@example.com')).rejects.toThrow('sign_in.refused')
    await chief.call('PATCH', `/api/users/${id}`, { active: true })
    await expect(signIn(server, 'gone@example.com')).resolves.toBeDefined()
  })

  test('a new role counts from the next call', async () => {
    const person = await letIn(server, 'viewer', 'risen@example.com')
    const { id } = (await person.call('GET', '/api/me')).body
    await chief.call('PATCH', `/api/users/${id}`, { role: 'publisher' })
    expect((await person.call('GET', '/api/me')).body.scopes).toContain('flows:publish')
  })

  test('the last administrator stays one', async () => {
    const { id } = (await chief.call('GET', '/api/me')).body
    for (const change of [{ role: 'editor' }, { active: false }]) {
      expect((await chief.call('PATCH', `/api/users/${id}`, change)).body.error.code).toBe('user.last_administrator')
    }
    expect((await chief.call('DELETE', `/api/users/${id}`)).status).toBe(409)
    await letIn(server, 'administrator', 'second@example.com')
    expect((await chief.call('PATCH', `/api/users/${id}`, { role: 'administrator', name: 'The chief' })).body.name).toBe('The chief')
  })

  test('who is removed is gone with every cookie', async () => {
    const person = await letIn(server, 'viewer', 'removed@example.com')
    const { id } = (await person.call('GET', '/api/me')).body
    expect((await chief.call('DELETE', `/api/users/${id}`)).status).toBe(204)
    expect((await person.call('GET', '/api/me')).status).toBe(401)
    expect((await chief.call('GET', '/api/users')).text).not.toContain('removed@example.com')
  })
})

describe('the pages of the designer', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.close())

  test('run no script that is not a file of ours', async () => {
    const { headers } = await server.call('GET', '/flows/support', undefined, { key: null })
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})
