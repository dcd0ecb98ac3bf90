import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../server/cli/command.ts'
import { exportFlows } from '../../server/cli/export.ts'
import { importFlows } from '../../server/cli/import.ts'
import { publish } from '../../server/cli/publish.ts'
import { type RunningServer, startServer } from '../../server/main.ts'
import { readSettings } from '../../server/settings.ts'
import { acquireLock, openStore } from '../../server/store/index.ts'
import { makeFolder, runCommand } from '../helpers/terminal.ts'
import { ASKS, ASKS_TEST, canonical } from './small-flows.ts'

const KEY = 'a-key-for-tests-only'
const better = { ...ASKS, blocks: { ...ASKS.blocks, thanks: { ...ASKS.blocks.thanks, text: 'A fine colour.' } } }
const broken = { ...ASKS, blocks: { ...ASKS.blocks, start: { type: 'start', exits: { next: 'nowhere' } } } }
const files = { 'asks.json': canonical(ASKS), 'better.json': canonical(better), 'broken.json': canonical(broken), 'asks.test.json': ASKS_TEST }

describe('stored flows without a server', () => {
  let made: ReturnType<typeof makeFolder>
  beforeEach(() => {
    made = makeFolder(files)
  })
  afterEach(() => made.remove())
  const run = (command: Command, ...words: string[]) =>
    runCommand(command, words, { folder: made.folder, environment: { DATA_DIR: join(made.folder, 'data') } })
  const read = (name: string) => readFileSync(join(made.folder, name), 'utf8')

  it('rule 07: writing commands open the store when no server holds it', async () => {
    expect(await run(importFlows, 'asks.json')).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('asks.json stored as the draft of asks (new)') })
    expect(await run(publish, 'asks', '--note', 'First')).toMatchObject({ exit: 0, err: '', out: 'asks is live as version 1.' })
    expect(await run(exportFlows, 'asks')).toMatchObject({ exit: 0, err: '', out: 'flows/asks.json written\n1 flow exported.' })
    expect(read('flows/asks.json')).toBe(canonical(ASKS))
    const store = await openStore({ dir: join(made.folder, 'data') })
    const versions = await store.flows.versions('asks')
    await store.close()
    expect(versions).toMatchObject([{ version: 1, note: 'First', author: 'Command line', file: canonical(ASKS) }])
  })

  it('leaves nothing locked behind, also after a failure', async () => {
    await run(importFlows, 'asks.json')
    await run(publish, 'nobody')
    acquireLock(join(made.folder, 'data')).release()
  })

  it('exports the draft or what is live, and does not touch a file that is the same', async () => {
    await run(importFlows, 'asks.json')
    await run(publish, 'asks')
    await run(importFlows, 'better.json')
    expect((await run(exportFlows, 'asks', '--stdout')).out).toBe(canonical(better).trimEnd())
    expect((await run(exportFlows, '--all', '--live', '--stdout')).out).toBe(canonical(ASKS).trimEnd())
    await run(exportFlows, '--all')
    expect(JSON.parse((await run(exportFlows, '--all', '--json')).out)).toEqual({
      ok: true,
      files: [{ flow: 'asks', file: 'flows/asks.json', changed: false }],
    })
  })

  it('leaves flows without a live version out of --all --live, and refuses one by name', async () => {
    await run(importFlows, 'asks.json')
    expect(await run(exportFlows, '--all', '--live')).toMatchObject({ exit: 0, out: '0 flows exported.' })
    expect(await run(exportFlows, 'asks', '--live')).toMatchObject({ exit: 1, err: expect.stringContaining('Flow “asks” was never published.') })
  })

  it('publishes the same draft only once', async () => {
    await run(importFlows, 'asks.json')
    await run(publish, 'asks')
    expect((await run(publish, 'asks')).out).toBe('asks is live as version 1.')
    await run(importFlows, 'better.json')
    expect((await run(publish, 'asks')).out).toBe('asks is live as version 2.')
  })

  it('decides what becomes of running conversations; a server that starts later carries it out', async () => {
    await run(importFlows, 'asks.json')
    await run(publish, 'asks')
    await run(importFlows, 'better.json')
    expect((await run(publish, 'asks', '--move', 'colour=move, thanks=stay')).out).toBe('asks is live as version 2. 0 conversations to move or start again.')
    const store = await openStore({ dir: join(made.folder, 'data') })
    const [move] = (await store.moves.ofFlow('asks', { limit: 5 })).rows
    await store.close()
    expect(move).toMatchObject({ version: 2, choices: { colour: 'move' }, author: 'Command line', total: 0, finished_at: null })
  })

  it('refuses choices that cannot be read, and blocks that are not there', async () => {
    await run(importFlows, 'asks.json')
    for (const choices of ['colour', 'colour=go', '=move', 'colour=move;thanks=move']) {
      expect(await run(publish, 'asks', '--move', choices)).toMatchObject({ exit: 2, err: expect.stringContaining('is no choice for --move.') })
    }
    expect(await run(publish, 'asks', 'others', '--move', 'colour=move')).toMatchObject({ exit: 2, err: expect.stringContaining('blocks of one flow') })
    expect(await run(publish, 'asks', '--move', 'size=move')).toMatchObject({ exit: 1, out: expect.stringContaining('has no block “size”') })
  })

  it('rule 33: stores a draft with errors, says where they are, and does not publish it', async () => {
    const imported = await run(importFlows, 'broken.json')
    expect(imported.exit).toBe(0)
    expect(imported.out).toMatch(/broken\.json:\d+:\d+ error .*“nowhere”/)
    const published = await run(publish, 'asks')
    expect(published.exit).toBe(1)
    expect(published.out).toContain('(unknown_block at /blocks/start/exits/next)')
    expect(JSON.parse((await run(publish, 'asks', '--json')).out)).toMatchObject({ ok: false, flows: [{ flow: 'asks', ok: false }] })
  })

  it('rule 33: stores nothing when one file is not well-formed', async () => {
    const other = makeFolder({ ...files, 'x.json': '{ "format": 1 }' })
    const surroundings = { folder: other.folder, environment: { DATA_DIR: join(other.folder, 'data') } }
    const { exit, out } = await runCommand(importFlows, ['asks.json', 'x.json'], surroundings)
    expect(exit).toBe(1)
    expect(out).toMatch(/^x\.json:1:1 error /)
    expect(out).toContain('Nothing was stored.')
    expect(existsSync(join(other.folder, 'data'))).toBe(false)
    const twice = await runCommand(importFlows, ['asks.json', 'better.json'], surroundings)
    expect(twice).toMatchObject({ exit: 1, out: expect.stringContaining('The flow “asks” is in asks.json too.') })
    other.remove()
  })

  it('goes on with the other flows when one cannot be published', async () => {
    await run(importFlows, 'asks.json')
    expect(await run(publish, 'nobody', 'asks')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('asks is live as version 1.'),
      err: 'parley: 1 flow not published.',
    })
  })

  it('knows flows that name each other when they come together', async () => {
    const queue = { type: 'queue', queue: 'default', while_waiting: 'asks', exits: { ended: 'late', timeout: 'late', full: 'late', unavailable: 'late' } }
    const calls = { ...ASKS, id: 'a_caller', blocks: { start: { type: 'start', exits: { next: 'team' } }, team: queue, late: ASKS.blocks.late } }
    const other = makeFolder({ 'a_caller.json': calls, 'asks.json': canonical(ASKS) })
    const surroundings = { folder: other.folder, environment: { DATA_DIR: join(other.folder, 'data') } }
    expect((await runCommand(importFlows, ['a_caller.json'], surroundings)).out).toContain('unknown_flow')
    rmSync(join(other.folder, 'data'), { recursive: true })
    expect((await runCommand(importFlows, ['a_caller.json', 'asks.json'], surroundings)).out).not.toContain('unknown_flow')
    other.remove()
  })

  it('keeps flow tests with their flow when it is told to', async () => {
    expect((await run(importFlows, 'asks.json', 'asks.test.json', '--tests')).out).toContain('asks.test.json stored as the tests of asks')
    expect((await run(exportFlows, 'asks')).out).not.toContain('test.json')
    expect(await run(exportFlows, 'asks', '--tests')).toMatchObject({ exit: 0, out: expect.stringContaining('flows/asks.test.json written') })
    expect(JSON.parse(read('flows/asks.test.json'))).toEqual(ASKS_TEST)
  })

  it('does not make an empty store to read from', async () => {
    for (const [command, words] of [
      [exportFlows, ['asks']],
      [publish, ['asks']],
    ] as const) {
      expect(await run(command, ...words)).toMatchObject({
        exit: 3,
        err: expect.stringMatching(/^parley: There is no data of Parley in the folder .*Set DATA_DIR/),
      })
    }
    expect(existsSync(join(made.folder, 'data'))).toBe(false)
  })

  it('is called with ids or --all, not both and not neither', async () => {
    expect(await run(exportFlows)).toMatchObject({ exit: 2 })
    expect(await run(exportFlows, 'asks', '--all')).toMatchObject({ exit: 2 })
    expect(await run(importFlows, 'asks.json', '--url', 'localhost:3000')).toMatchObject({ exit: 2, err: expect.stringContaining('http://127.0.0.1:3000') })
  })

  it('rule 07: says what is missing when a server holds the folder and there is no key', async () => {
    const lock = acquireLock(join(made.folder, 'data'))
    const { exit, err } = await run(importFlows, 'asks.json')
    lock.release()
    expect(exit).toBe(3)
    expect(err).toMatch(
      /^parley: A server holds .*, so this goes through it at http:\/\/127\.0\.0\.1:3000, which needs an API key\. Give one with --key or PARLEY_API_KEY\.$/,
    )
  })
})

describe('stored flows through a running server', () => {
  let made: ReturnType<typeof makeFolder>
  let server: RunningServer
  beforeAll(async () => {
    made = makeFolder({ ...files, 'no-samples/read.me': 'Sample flows would only be in the way here.' })
    const environment = { DATA_DIR: join(made.folder, 'data'), HOST: '127.0.0.1', PORT: '0', API_KEY: KEY, LOG_LEVEL: 'silent' }
    server = await startServer(readSettings(environment), { flows: join(made.folder, 'no-samples') })
  })
  afterAll(async () => {
    await server.close()
    made.remove()
  })
  const near = (): Record<string, string> => ({ DATA_DIR: join(made.folder, 'data'), PORT: new URL(server.url).port, API_KEY: KEY })
  const run = (environment: Readonly<Record<string, string>>, command: Command, ...words: string[]) =>
    runCommand(command, words, { folder: made.folder, environment })

  it('rule 07: writing commands go through the API while a server holds the folder', async () => {
    expect(await run(near(), importFlows, 'asks.json')).toMatchObject({ exit: 0, err: '', out: expect.stringContaining(`1 draft stored in ${server.url}`) })
    expect(await run(near(), publish, 'asks', '--note', 'First')).toMatchObject({ exit: 0, err: '', out: 'asks is live as version 1.' })
    expect((await run(near(), publish, 'asks', '--move', 'colour=move')).out).toBe('asks is live as version 1. 0 conversations to move or start again.')
    expect(await run(near(), exportFlows, 'asks', '--folder', 'out')).toMatchObject({ exit: 0, err: '' })
    expect(readFileSync(join(made.folder, 'out/asks.json'), 'utf8')).toBe(canonical(ASKS))
    expect((await run(near(), exportFlows, '--all', '--live', '--stdout')).out).toBe(canonical(ASKS).trimEnd())
    const versions = await fetch(`${server.url}/api/flows/asks/versions`, { headers: { authorization: `Bearer ${KEY}` } })
    expect(await versions.json()).toMatchObject({ items: [{ version: 1, note: 'First' }] })
  })

  it('goes to a server that is named, with the key that is named', async () => {
    const environment = { PARLEY_URL: `${server.url}/`, PARLEY_API_KEY: KEY }
    expect(await run(environment, importFlows, 'broken.json')).toMatchObject({ exit: 0, out: expect.stringMatching(/broken\.json:\d+:\d+ error .*“nowhere”/) })
    expect(await run({}, publish, 'asks', '--url', server.url, '--key', KEY)).toMatchObject({
      exit: 1,
      out: expect.stringContaining('unknown_block at /blocks/start/exits/next'),
    })
    expect(await run(environment, exportFlows, 'nobody')).toMatchObject({ exit: 1, err: expect.stringContaining('There is no flow “nobody”.') })
  })

  it('does not show the key of this machine to a server that is named', async () => {
    expect(await run({ API_KEY: KEY, PARLEY_URL: server.url }, exportFlows, '--all')).toMatchObject({
      exit: 3,
      err: expect.stringContaining('needs an API key'),
    })
  })

  it('keeps flow tests there too', async () => {
    expect(await run(near(), importFlows, 'asks.json', 'asks.test.json', '--tests')).toMatchObject({ exit: 0, err: '' })
    expect(await run(near(), exportFlows, 'asks', '--tests', '--folder', 'tested')).toMatchObject({ exit: 0, err: '' })
    expect(JSON.parse(readFileSync(join(made.folder, 'tested/asks.test.json'), 'utf8'))).toEqual(ASKS_TEST)
  })

  it('says that the key is wrong', async () => {
    const { exit, err } = await run({ PARLEY_URL: server.url, PARLEY_API_KEY: 'another-key-altogether' }, exportFlows, '--all')
    expect(exit).toBe(3)
    expect(err).toContain('Give a key with --key or PARLEY_API_KEY.')
  })
})

describe('a server that is none', () => {
  it('is not there', async () => {
    const port = await freePort()
    const environment = { PARLEY_URL: `http://127.0.0.1:${port}`, PARLEY_API_KEY: KEY }
    const { exit, err } = await runCommand(exportFlows, ['--all'], { folder: '/', environment })
    expect({ exit, err }).toEqual({
      exit: 3,
      err: `parley: No server answers at http://127.0.0.1:${port}. Start it with \`parley serve\`, or name another one with --url or PARLEY_URL.`,
    })
  })

  it.each([
    [200, '<html>Hello</html>', 'is not a Parley server'],
    [404, 'not here', 'is not a Parley server'],
    [
      503,
      '{"error":{"code":"store.down","message":"The disk is full.","hint":"Free some space.","at":""}}',
      'cannot do it now: The disk is full. Free some space.',
    ],
  ])('answers %i with %s', async (status, body, message) => {
    const other = await listen((_request, response) => response.writeHead(status).end(body))
    const environment = { PARLEY_URL: addressOf(other), PARLEY_API_KEY: KEY }
    const result = await runCommand(exportFlows, ['--all'], { folder: '/', environment })
    other.closeAllConnections()
    other.close()
    expect(result).toMatchObject({ exit: 3, err: expect.stringContaining(message) })
  })
})

function listen(handle: Parameters<typeof createServer>[1] & object): Promise<Server> {
  return new Promise(resolve => {
    const server = createServer(handle).listen(0, '127.0.0.1', () => resolve(server))
  })
}

function addressOf(server: Server): string {
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

async function freePort(): Promise<string> {
  const server = await listen(() => {})
  const { port } = new URL(addressOf(server))
  await new Promise(resolve => server.close(resolve))
  return port
}
