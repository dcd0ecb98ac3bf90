import { afterEach, describe, expect, it } from 'vitest'
import { validate } from '../../server/cli/validate.ts'
import { makeFolder, runCommand } from '../helpers/terminal.ts'
import { ASKS, ASKS_TEST, canonical } from './small-flows.ts'

let made: ReturnType<typeof makeFolder>
afterEach(() => made.remove())

function run(files: Readonly<Record<string, unknown>>, words: readonly string[], more: { colours?: boolean } = {}) {
  made = makeFolder(files)
  return runCommand(validate, words, { folder: made.folder, ...more })
}

const lost = { ...ASKS, blocks: { ...ASKS.blocks, start: { type: 'start', exits: { next: 'color' } } } }
const waits = { ...ASKS, blocks: { ...ASKS.blocks, colour: { ...ASKS.blocks.colour, timeout: undefined, exits: { answered: 'thanks', invalid: 'late' } } } }
const long = { ...ASKS, blocks: { ...ASKS.blocks, late: { type: 'abandon', text: 'x'.repeat(2500) } } }

describe('parley validate', () => {
  it('has nothing to say about good flows and tests', async () => {
    const { exit, out, err } = await run({ 'flows/asks.json': canonical(ASKS), 'flows/asks.test.json': ASKS_TEST }, ['flows'])
    expect({ exit, out, err }).toEqual({ exit: 0, out: '2 files: no problems.', err: '' })
  })

  it('says where an error is, what it is and what to do', async () => {
    const { exit, out } = await run({ 'asks.json': canonical(lost) }, ['asks.json'])
    expect(exit).toBe(1)
    const [first, second] = out.split('\n')
    expect(first).toMatch(/^asks\.json:\d+:\d+ error .*“color”.*\(unknown_block at \/blocks\/start\/exits\/next\)$/)
    expect(second).toMatch(/^ {4}\S/)
    const line = Number(/:(\d+):/.exec(first ?? '')?.[1])
    expect(canonical(lost).split('\n')[line - 1]).toContain('"next": "color"')
  })

  it('lets warnings pass, but not with --strict', async () => {
    const files = { 'asks.json': canonical(waits) }
    const { exit, out } = await run(files, ['asks.json'])
    expect(exit).toBe(0)
    expect(out).toContain('warning')
    made.remove()
    expect((await run(files, ['asks.json', '--strict'])).exit).toBe(1)
  })

  it('checks the limits of the channels it is told', async () => {
    const files = { 'asks.json': canonical(long) }
    expect((await run(files, ['asks.json', '--strict'])).exit).toBe(0)
    made.remove()
    const { exit, out } = await run(files, ['asks.json', '--strict', '--channels', 'telegram, messenger'])
    expect(exit).toBe(1)
    expect(out).toContain('Messenger')
  })

  it('names the channels there are for one there is not', async () => {
    const { exit, err } = await run({ 'asks.json': ASKS }, ['asks.json', '--channels', 'telegramm'])
    expect(exit).toBe(2)
    expect(err).toMatch(/^parley: There is no channel “telegramm”\. There are: .*telegram/)
  })

  it('says the line of a JSON mistake', async () => {
    const { exit, out } = await run({ 'broken.json': '{\n  "format": 1,\n  "id" "x"\n}\n' }, ['broken.json'])
    expect(exit).toBe(1)
    expect(out).toContain('broken.json:3:8 error A colon is expected after “id”')
  })

  it('reads flow tests as strictly', async () => {
    const { exit, out } = await run({ 'asks.test.json': { flow: 'asks', tests: [{ name: 'x', steps: [{ costumer: 'hi' }] }] } }, ['asks.test.json'])
    expect(exit).toBe(1)
    expect(out).toMatch(/asks\.test\.json:\d+:\d+ error .*costumer/)
  })

  it('answers everything as JSON', async () => {
    const { exit, out } = await run({ 'a.json': canonical(ASKS), 'b.json': canonical(lost) }, ['a.json', 'b.json', '--json'])
    expect(exit).toBe(1)
    const answer = JSON.parse(out)
    expect(answer.ok).toBe(false)
    expect(answer.files).toMatchObject([
      { file: 'a.json', ok: true, problems: [] },
      { file: 'b.json', ok: false },
    ])
    expect(answer.files[1].problems[0]).toMatchObject({ code: 'unknown_block', severity: 'error', at: '/blocks/start/exits/next', file: 'b.json', column: 9 })
  })

  it('refuses a file that is not there, also as JSON', async () => {
    const { exit, err } = await run({}, ['nothing.json'])
    expect({ exit, err }).toEqual({ exit: 2, err: 'parley: There is no file nothing.json.' })
    made.remove()
    const json = await run({}, ['nothing.json', '--json'])
    expect({ exit: json.exit, err: json.err, code: JSON.parse(json.out).error.code }).toEqual({ exit: 2, err: '', code: 'cli.wrong_usage' })
  })

  it('uses colours only where it may', async () => {
    const files = { 'asks.json': canonical(lost) }
    expect((await run(files, ['asks.json'])).out).not.toContain('\u001b')
    made.remove()
    expect((await run(files, ['asks.json'], { colours: true })).out).toContain('\u001b[31merror\u001b[39m')
  })
})
