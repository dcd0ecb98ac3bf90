import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { echoFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.call('PUT', '/api/flows/echo', echoFlow('echo'))
})
afterAll(() => server.close())

const file = { flow: 'echo', tests: [{ name: 'it answers', steps: [{ customer: 'hi' }, { bot: 'Hello!' }] }] }

describe('flow tests of the API', () => {
  test('a flow without tests has an empty file', async () => {
    const { status, body, headers } = await server.call('GET', '/api/flows/echo/tests')
    expect(status).toBe(200)
    expect(body).toMatchObject({ file: { flow: 'echo', tests: [] }, etag: '"0"', updated_at: null })
    expect(headers.get('etag')).toBe('"0"')
    expect((await server.call('GET', '/api/flows/nowhere/tests')).status).toBe(404)
    expect((await server.call('PUT', '/api/flows/nowhere/tests', { ...file, flow: 'nowhere' })).status).toBe(404)
  })

  test('tests are stored beside the draft, the same file twice is one revision, and a stale file is refused', async () => {
    const first = await server.call('PUT', '/api/flows/echo/tests', file, { headers: { 'if-match': '"0"' } })
    expect(first).toMatchObject({ status: 200, body: { etag: '"1"' } })
    expect((await server.call('PUT', '/api/flows/echo/tests', file)).body.etag).toBe('"1"')
    const stale = await server.call('PUT', '/api/flows/echo/tests', { ...file, tests: [] }, { headers: { 'if-match': '"0"' } })
    expect(stale).toMatchObject({ status: 412, body: { error: { code: 'flow.stale_tests' } } })
    expect((await server.call('GET', '/api/flows/echo/tests')).body.file).toEqual(file)
  })

  test('a file that is none, or of another flow, is refused with the place', async () => {
    const broken = await server.call('PUT', '/api/flows/echo/tests', { flow: 'echo', tests: [{ name: 'x', steps: [{ cusstomer: 'hi' }] }] })
    expect(broken).toMatchObject({ status: 422, body: { error: { code: 'flow.tests_not_well_formed' } } })
    expect(broken.body.problems[0].at).toContain('/tests/0/steps/0')
    expect((await server.call('PUT', '/api/flows/echo/tests', { ...file, flow: 'other' })).body.error.code).toBe('flow.other_id')
  })
})
