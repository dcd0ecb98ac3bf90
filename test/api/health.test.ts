import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findStaleFiles } from '../../server/generate.ts'
import { connectBot } from '../helpers/bot.ts'
import { type FakeTelegram, startFakeTelegram, textUpdate } from '../helpers/fake-telegram.ts'
import { echoFlow } from '../helpers/flow-files.ts'
import { startTestServer, type TestServer } from '../helpers/server.ts'

let server: TestServer
let telegram: FakeTelegram
const web = mkdtempSync(join(tmpdir(), 'parley-web-'))

beforeAll(async () => {
  mkdirSync(join(web, 'assets'))
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Parley</title>')
  writeFileSync(join(web, 'assets', 'designer-1a2b.js'), '// code')
  server = await startTestServer({}, { web })
  telegram = await startFakeTelegram()
})
afterAll(async () => {
  await server.close()
  await telegram.close()
  rmSync(web, { recursive: true })
})

/** The value of a metric, summed over its labels. */
async function metric(name: string): Promise<number | undefined> {
  const { text } = await server.call('GET', '/metrics', undefined, { key: null })
  const values = text.split('\n').filter(line => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return values.length === 0 ? undefined : values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

describe('operating', () => {
  test('a server that runs is healthy and ready', async () => {
    expect((await server.call('GET', '/healthz', undefined, { key: null })).body).toEqual({ status: 'ok' })
    expect((await server.call('GET', '/readyz', undefined, { key: null })).body).toEqual({ status: 'ready' })
  })

  test('metrics count what is accepted, known, handled and sent, and measure what waits', async () => {
    const bot = await connectBot(server, telegram, echoFlow('counted'))
    const update = textUpdate(801, 'Hello')
    await bot.take(update)
    await bot.take(update)
    await telegram.waitSent(1, 801)
    expect(await metric('parley_accepted_total')).toBe(1)
    expect(await metric('parley_duplicates_total')).toBe(1)
    expect(await metric('parley_handled_total')).toBeGreaterThanOrEqual(1)
    await expect.poll(() => metric('parley_sent_total')).toBe(1)
    const { text } = await server.call('GET', '/metrics', undefined, { key: null })
    for (const name of ['failed_total', 'inbox_waiting', 'inbox_age_seconds', 'outbox_queued', 'outbox_age_seconds', 'step_seconds', 'timers_late_seconds']) {
      expect(text).toContain(`# TYPE parley_${name} `)
    }
  })

  test('metrics are text that Prometheus reads', async () => {
    const { headers } = await server.call('GET', '/metrics', undefined, { key: null })
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  })

  test('the first page is served without a key and with a strict policy; built files may be kept for ever', async () => {
    const page = await fetch(`${server.url}/`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page.headers.get('x-powered-by')).toBeNull()
    const asset = await fetch(`${server.url}/assets/designer-1a2b.js`)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect((await fetch(`${server.url}/assets/..%2f..%2fpackage.json`)).status).toBe(404)
  })

  test('the description of the API is what the server serves and what is committed', async () => {
    const { openapi, paths } = await (await fetch(`${server.url}/api/openapi.json`)).json()
    expect(openapi).toBe('3.1.0')
    expect(Object.keys(paths)).toContain('/api/flows/{id}/publish')
    expect(await findStaleFiles()).not.toContain('schemas/openapi.json')
  })
})
