import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltParley, buildParley, makeDataDir, type ParleyProcess, startParley } from '../helpers/parley-process.ts'

const API_KEY = 'the-key-of-the-environment'
const SECRET_TEXT = 'my card number is 4711'

let built: BuiltParley
let data: { readonly path: string; remove(): Promise<void> }
const running: ParleyProcess[] = []

beforeAll(async () => {
  built = await buildParley()
})
afterAll(() => built.remove())
beforeAll(async () => {
  data = await makeDataDir()
})
afterEach(async () => {
  for (const process of running.splice(0)) {
    process.child.kill('SIGKILL')
    await process.ended
  }
})
afterAll(() => data.remove())

function start(environment: Readonly<Record<string, string>>, nodeArgs: readonly string[] = []): ParleyProcess {
  const process = startParley(built, ['serve'], { PORT: '0', DATA_DIR: data.path, ...environment }, nodeArgs)
  running.push(process)
  return process
}

/** Exit code and lines on standard error of a start that fails. */
async function failure(environment: Readonly<Record<string, string>>, nodeArgs: readonly string[] = []) {
  const process = start(environment, nodeArgs)
  const code = await process.ended
  return { code, lines: process.errors().trim().split('\n') }
}

describe('parley serve', () => {
  test('the first start has the sample flows live, says where to click, and an answer waits there', async () => {
    const process = start({ API_KEY })
    const chat = await process.chat
    expect(process.output()).toMatch(/^Parley runs\. Talk to the sample flow: http:\/\/127\.0\.0\.1:\d+\/chat\/demo$/m)
    expect(await (await fetch(`${chat}/config.json`)).json()).toMatchObject({ id: 'demo', title: 'Customer support' })
    const headers = { authorization: `Bearer ${API_KEY}` }
    const { items } = await (await fetch(new URL('/api/flows', chat), { headers })).json()
    expect(items.map((flow: { id: string; live: object | null }) => [flow.id, flow.live !== null])).toEqual([
      ['multilingual', true],
      ['opening_hours', true],
      ['order_lookup', true],
      ['order_status', true],
      ['support', true],
    ])
    const { token } = await (await fetch(`${chat}/session`, { method: 'POST' })).json()
    const visitor = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = await fetch(`${chat}/messages`, { method: 'POST', headers: visitor, body: JSON.stringify({ client_id: 'client-id-1', text: 'Hello' }) })
    expect(sent.status).toBe(200)
    const conversation = async () => {
      const list = await (await fetch(new URL('/api/conversations', chat), { headers })).json()
      return (await fetch(new URL(`/api/conversations/${list.items[0].id}`, chat), { headers })).json()
    }
    await expect.poll(async () => (await conversation()).messages[1]?.text).toMatch(/^Hello there! What can I do for you/)
  })

  test('SIGTERM drains and ends with 0; the next start goes on with everything and makes nothing twice', async () => {
    const first = start({ API_KEY })
    const chat = await first.chat
    const headers = { authorization: `Bearer ${API_KEY}` }
    const before = await (await fetch(new URL('/api/conversations', chat), { headers })).json()
    await fetch(new URL('/api/connectors/demo', chat), { method: 'DELETE', headers })
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    expect(first.errors()).toBe('')
    const second = start({ API_KEY })
    const url = await second.chat
    expect(second.output()).toMatch(/^Parley runs: http:/m)
    expect(await (await fetch(`${url}/api/conversations`, { headers })).json()).toEqual(before)
    expect((await (await fetch(`${url}/api/connectors`, { headers })).json()).items).toEqual([])
  })

  test('SIGINT ends an open stream and the server with it', async () => {
    const own = await makeDataDir()
    const process = start({ DATA_DIR: own.path })
    const chat = await process.chat
    const { token } = await (await fetch(`${chat}/session`, { method: 'POST' })).json()
    const stream = await fetch(`${chat}/events`, { headers: { authorization: `Bearer ${token}` } })
    process.child.kill('SIGINT')
    expect(await process.ended).toBe(0)
    await stream.body?.cancel().catch(() => undefined)
    await own.remove()
  })

  test('rule 7: a second server on the same data stops with a sentence', async () => {
    const own = await makeDataDir()
    await start({ DATA_DIR: own.path }).chat
    const { code, lines } = await failure({ DATA_DIR: own.path })
    expect(code).toBe(1)
    expect(lines).toEqual([`parley: Another Parley server already uses the folder ${own.path}. Stop it first, or give this one a DATA_DIR of its own.`])
    await own.remove()
  })

  test('rule 7: the lock of a killed server is free at once', async () => {
    const own = await makeDataDir()
    const first = start({ DATA_DIR: own.path })
    await first.chat
    first.child.kill('SIGKILL')
    await first.ended
    expect(await start({ DATA_DIR: own.path }).chat).toMatch(/demo$/)
    await own.remove()
  })

  test('wrong settings stop the start with one line each', async () => {
    const { code, lines } = await failure({ PORT: 'http', LOG_LEVEL: 'loud' })
    expect(code).toBe(1)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toBe('parley: PORT must be a number from 0 to 65535, not “http”.')
  })

  test('PostgreSQL is said not to be in this release', async () => {
    const { code, lines } = await failure({ DATABASE_URL: 'postgres://db' })
    expect(code).toBe(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('PostgreSQL is not in this release')
  })

  test('a busy port stops the start with one line', async () => {
    const other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const own = await makeDataDir()
    const { code, lines } = await failure({ PORT: String(port), DATA_DIR: own.path })
    expect(code).toBe(1)
    expect(lines).toEqual([`parley: Port ${port} of 127.0.0.1 is taken by another program. Set PORT to a free one, or stop the other program.`])
    await new Promise(resolve => other.close(resolve))
    await own.remove()
  })

  test('a folder that cannot be written stops the start with one line', async () => {
    const file = join(built.folder, 'a-file')
    writeFileSync(file, '')
    const { code, lines } = await failure({ DATA_DIR: join(file, 'data') })
    expect(code).toBe(1)
    expect(lines).toEqual([`parley: The folder ${join(file, 'data')} cannot be written. Set DATA_DIR to a folder that this user may write.`])
  })

  test('a host this machine does not have stops the start with one line', async () => {
    const own = await makeDataDir()
    const { code, lines } = await failure({ HOST: '192.0.2.1', DATA_DIR: own.path })
    expect(code).toBe(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('Set HOST to')
    await own.remove()
  })

  test.each(['18.20.4', '20.18.1', '22.13.0', '21.7.3'])('Node %s is refused with one line before anything newer is loaded', async version => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`
    const { code, lines } = await failure({}, ['--import', pretend])
    expect(code).toBe(1)
    expect(lines).toEqual([`parley: Parley needs Node 20.19, 22.14 or 24 and later; this is Node ${version}. Install a newer one from nodejs.org.`])
  })

  test('the log holds neither secrets nor what people write', async () => {
    const own = await makeDataDir()
    const process = start({ DATA_DIR: own.path, API_KEY, LOG_LEVEL: 'trace' })
    const chat = await process.chat
    const { token } = await (await fetch(`${chat}/session`, { method: 'POST' })).json()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    await fetch(`${chat}/messages`, { method: 'POST', headers, body: JSON.stringify({ client_id: 'client-id-1', text: SECRET_TEXT }) })
    const key = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' }
    const botToken = '123456:a-token-that-looks-like-one_1234567'
    const body = JSON.stringify({
      channel: 'telegram',
      name: 'Bot',
      flow: 'support',
      settings: { api_root: 'http://127.0.0.1:9' },
      secrets: { token: botToken },
    })
    const { id } = await (await fetch(new URL('/api/connectors', chat), { method: 'POST', headers: key, body })).json()
    await fetch(new URL(`/hooks/${id}`, chat), { method: 'POST', body: JSON.stringify({ text: SECRET_TEXT }) })
    await fetch(new URL(`/api/connectors/${id}/test`, chat), { method: 'POST', headers: key })
    process.child.kill('SIGTERM')
    await process.ended
    expect(process.output()).toContain('webhook refused')
    for (const secret of [SECRET_TEXT, API_KEY, token, botToken]) expect(process.output() + process.errors()).not.toContain(secret)
    await own.remove()
  })
})
