import { afterEach, describe, expect, it } from 'vitest'
import { test } from '../../server/cli/test.ts'
import { makeFolder, runCommand } from '../helpers/terminal.ts'
import { ASKS, ASKS_TEST, canonical } from './small-flows.ts'

let made: ReturnType<typeof makeFolder>
afterEach(() => made.remove())

function run(files: Readonly<Record<string, unknown>>, words: readonly string[] = []) {
  made = makeFolder(files)
  return runCommand(test, words, { folder: made.folder })
}

const flow = { 'flows/asks.json': canonical(ASKS) }
const silence = { flow: 'asks', tests: [{ name: 'silence ends it', steps: [{ customer: 'hi' }, { pass: '10 min' }, { expect: { outcome: 'abandoned' } }] }] }

describe('parley test', () => {
  it('plays the tests of flows/ and tells what they did not cover', async () => {
    const { exit, out } = await run({ ...flow, 'flows/asks.test.json': ASKS_TEST })
    expect(exit).toBe(0)
    expect(out.split('\n')).toEqual([
      'flows/asks.test.json',
      '  ✓ a colour is chosen',
      'Coverage of asks: blocks 3 of 4, exits 2 of 4 (50 %); not covered: late, colour.invalid, colour.timeout',
      '1 test passed in 1 file.',
    ])
  })

  it('adds up what several files of a flow cover', async () => {
    const { out } = await run({ ...flow, 'flows/asks.test.json': ASKS_TEST, 'flows/silence.test.json': silence }, ['flows', '--json'])
    const { coverage } = JSON.parse(out)
    expect(coverage).toMatchObject([{ flow: 'asks', percent: 75, blocks: { covered: 4, all: 4, missed: [] }, exits: { missed: ['colour.invalid'] } }])
  })

  it('says which step of a failed test expected what', async () => {
    const failing = { flow: 'asks', tests: [...ASKS_TEST.tests, { name: 'red', steps: [{ customer: 'hi' }, { bot: 'Which color?' }] }] }
    const { exit, out } = await run({ ...flow, 'flows/asks.test.json': failing })
    expect(exit).toBe(1)
    expect(out).toContain('  ✗ red\n')
    expect(out).toMatch(/asks\.test\.json:\d+:\d+ step 2: Expected “Which color\?”, but the bot said “Which colour\?”\./)
    expect(out).toContain('1 passed, 1 failed in 1 file.')
    const line = Number(/test\.json:(\d+):/.exec(out)?.[1])
    expect(`${JSON.stringify(failing, null, 2)}\n`.split('\n')[line]).toContain('Which color?')
  })

  it('refuses too little coverage', async () => {
    const files = { ...flow, 'flows/asks.test.json': ASKS_TEST, 'flows/silence.test.json': silence }
    const { exit, out } = await run(files, ['--min-coverage', '100'])
    expect(exit).toBe(1)
    expect(out).toContain('(75 %); less than the 100 % asked for; not covered: colour.invalid')
    made.remove()
    expect((await run(files, ['--min-coverage', '75%'])).exit).toBe(0)
    made.remove()
    expect((await run(files, ['--min-coverage', 'all'])).exit).toBe(2)
  })

  it('misses the flow of a test with a sentence', async () => {
    const { exit, out } = await run({ 'flows/other.test.json': ASKS_TEST })
    expect(exit).toBe(1)
    expect(out).toContain('flows/other.test.json:2:3 error There is no well-formed flow “asks” in the folder of this file.')
  })

  it('does not play against a flow that cannot run', async () => {
    const broken = { ...ASKS, blocks: { ...ASKS.blocks, thanks: { type: 'end', text: '{{ vars.colour ' } } }
    const { exit, out } = await run({ 'flows/asks.json': canonical(broken), 'flows/asks.test.json': ASKS_TEST })
    expect(exit).toBe(1)
    expect(out).toContain('The flow “asks” cannot run.')
  })

  it('says so where there are no tests', async () => {
    expect(await run(flow)).toMatchObject({ exit: 2, err: 'parley: There are no flow tests here. Their names end in .test.json.' })
    made.remove()
    expect(await run({})).toMatchObject({ exit: 2, err: 'parley: There is no file flows.' })
  })
})
