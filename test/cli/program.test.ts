import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Command, JSON_OPTION } from '../../server/cli/command.ts'
import { DomainError } from '../../server/engine/index.ts'
import { makeFolder, runCommand } from '../helpers/terminal.ts'
import { ASKS, canonical } from './small-flows.ts'

const root = resolve(import.meta.dirname, '../..')

/** A whole process; what is typed into it comes from a pipe. */
function start(program: string, words: readonly string[], more: { cwd?: string; input?: string; env?: Record<string, string> } = {}) {
  const child = spawn(program, words, { cwd: more.cwd ?? root, env: { ...process.env, NO_COLOR: '1', ...more.env } })
  let [out, err] = ['', '']
  child.stdout.on('data', chunk => {
    out += chunk
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  child.stdin.end(more.input ?? '')
  return new Promise<{ exit: number | null; out: string; err: string }>(done => child.on('close', exit => done({ exit, out, err })))
}

const parley = (words: readonly string[], more: Parameters<typeof start>[2] = {}) =>
  start(join(root, 'node_modules/.bin/tsx'), [join(root, 'server/cli/index.ts'), ...words], more)

describe('the command line as a process', () => {
  it('lists its commands and keeps answers and complaints apart', async () => {
    const [help, wrong] = await Promise.all([parley([]), parley(['tset'])])
    expect(help).toMatchObject({ exit: 0, err: '' })
    for (const name of ['serve', 'validate', 'format', 'test', 'simulate', 'export', 'import', 'publish'])
      expect(help.out).toMatch(new RegExp(`^ {2}${name} `, 'm'))
    expect(help.out).toContain('Exit codes: 0 done, 1 problems')
    expect(wrong).toEqual({ exit: 2, out: '', err: "parley: unknown command 'tset'\n(Did you mean test?)\n" })
  })

  it('reads what is piped into simulate', async () => {
    const made = makeFolder({ 'asks.json': canonical(ASKS) })
    const run = await parley(['simulate', 'asks.json'], { cwd: made.folder, input: 'hi\nblue\n/save asks.test.json' })
    const tested = await parley(['test', '.'], { cwd: made.folder })
    made.remove()
    expect(run).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('bot    It will be blue.') })
    expect(tested).toMatchObject({ exit: 0, out: expect.stringContaining('1 test passed in 1 file.') })
  })

  it('says in one line that serve cannot start', async () => {
    const { exit, out, err } = await parley(['serve'], { env: { PORT: 'three thousand' } })
    expect({ exit, out, err }).toEqual({ exit: 1, out: '', err: 'parley: PORT must be a number from 0 to 65535, not “three thousand”.\n' })
  })

  it('says in one line that Node is too old', async () => {
    const made = makeFolder()
    const old = join(made.folder, 'old.mjs')
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })\n")
    const { exit, out, err } = await start(process.execPath, ['--import', pathToFileURL(old).href, join(root, 'server/cli/launch.mjs'), 'test'])
    made.remove()
    expect(exit).toBe(1)
    expect(out).toBe('')
    expect(err).toMatch(/^parley: .*Node 20\.19.*18\.20\.4.*\n$/)
  })
})

describe('a command', () => {
  const throwing = (error: Error): Command => ({
    name: 'fail',
    summary: 'fail',
    words: ['[words...]', 'words'],
    options: [['--level <name>', 'a level'], JSON_OPTION],
    examples: ['parley fail'],
    run: async () => {
      throw error
    },
  })
  const refusal = (code: string) => new DomainError(code, { message: 'It is so.', hint: 'Do that.', at: '/x' })

  it.each([
    ['flow.unknown', 1],
    ['cli.wrong_usage', 2],
    ['cli.unreachable', 3],
    ['store.down', 3],
    ['store.unwritable', 3],
  ])('that is refused with %s ends with %i', async (code, exit) => {
    expect(await runCommand(throwing(refusal(code)), [], { folder: '/' })).toEqual({ exit, out: '', err: 'parley: It is so. Do that.' })
    const json = await runCommand(throwing(refusal(code)), ['--json'], { folder: '/' })
    expect({ ...json, out: JSON.parse(json.out) }).toEqual({ exit, out: { error: { code, message: 'It is so.', hint: 'Do that.', at: '/x' } }, err: '' })
  })

  it('never shows a stack trace, unless PARLEY_DEBUG asks for it', async () => {
    const plain = await runCommand(throwing(new TypeError('x is not a function\n    at y')), [], { folder: '/' })
    expect(plain).toEqual({ exit: 1, out: '', err: 'parley: Parley made a mistake: x is not a function. Set PARLEY_DEBUG=1 to see where.' })
    const debug = await runCommand(throwing(new TypeError('x')), [], { folder: '/', environment: { PARLEY_DEBUG: '1' } })
    expect(debug.err).toMatch(/\n\s+at /)
  })

  it.each([
    [['--colour'], "parley: unknown option '--colour'"],
    [['--level'], "parley: option '--level <name>' argument missing"],
  ])('called with %s is called wrongly', async (words, message) => {
    const { exit, out, err } = await runCommand(throwing(new Error('never')), words, { folder: '/' })
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toContain(message)
    expect(err).toContain('(parley fail --help shows how it is called)')
  })

  it('shows examples and exit codes in its help', async () => {
    const { exit, out } = await runCommand(throwing(new Error('never')), ['--help'], { folder: '/' })
    expect(exit).toBe(0)
    expect(out).toContain('Examples:\n  $ parley fail')
    expect(out).toContain('Exit codes:')
  })
})
