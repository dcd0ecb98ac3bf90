import { afterAll, beforeAll, expect, test } from 'vitest'
import { echoFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.call('PUT', '/api/flows/echo', echoFlow('echo'))
  await server.call('POST', '/api/flows/echo/publish', {})
})
afterAll(() => server.close())

test('open conversations of a flow are counted by version, owner and waiting block', async () => {
  expect((await server.call('GET', '/api/flows/echo/running')).body).toEqual({ items: [] })
  expect((await server.call('GET', '/api/flows/nowhere/running')).status).toBe(404)
})
