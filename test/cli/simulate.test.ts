import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ABILITIES } from '../../server/channels/abilities.ts'
import { simulate } from '../../server/cli/simulate.ts'
import { readLine } from '../../server/cli/simulate-lines.ts'
import { Talk } from '../../server/cli/simulate-talk.ts'
import { test } from '../../server/cli/test.ts'
import { playFlowTests } from '../../server/engine/index.ts'
import { loadFlow } from '../helpers/conversations.ts'
import { makeFolder, runCommand } from '../helpers/terminal.ts'
import { ASKS, ASKS_TEST, canonical } from './small-flows.ts'

const support = readFileSync('flows/support.json', 'utf8')
let made: ReturnType<typeof makeFolder>
beforeEach(() => {
  made = makeFolder({ 'flows/asks.json': canonical(ASKS), 'flows/support.json': support })
})
afterEach(() => made.remove())

const talk = (flow: string, lines: readonly string[], words: readonly string[] = []) =>
  runCommand(simulate, [`flows/${flow}.json`, '--now', '2026-03-02T09:00:00Z', ...words], { folder: made.folder, lines })

describe('parley simulate', () => {
  it('chats with a flow', async () => {
    const { exit, out, err } = await talk('asks', ['hi', '', 'blue'])
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(out.split('\n')).toEqual(['> hi', 'bot    Which colour?', '> blue', 'bot    It will be blue.', '  -- the conversation is closed: chosen'])
  })

  it('lets time pass only when it is told to', async () => {
    const { out } = await talk('asks', ['hi', '/pass 9 min', '/pass 1 min'])
    expect(out.split('\n')).toEqual([
      '> hi',
      'bot    Which colour?',
      '> /pass 9 min',
      '  -- it is 2026-03-02 09:09 UTC',
      '> /pass 1 min',
      'bot    Another time then.',
      '  -- the conversation is closed: abandoned',
      '  -- it is 2026-03-02 09:10 UTC',
    ])
  })

  it('shows buttons and presses them by number, label or id', async () => {
    for (const button of ['2', 'Prices', 'prices']) {
      const { out } = await talk('support', ['qwertz uiop', `/press ${button}`])
      expect(out).toContain('       [1] My order  [2] Prices  [3] Talk to somebody')
      expect(out).toContain('89 to 240 euros')
    }
  })

  it('plays the agent and the queue', async () => {
    const { out } = await talk('support', ['agent', '/agent join', '/agent say Hello, Ana here.', '/agent end'])
    expect(out).toContain('-- waits for an agent in the queue default')
    expect(out).toContain('agent  Hello, Ana here.')
    expect(out).toContain('How was the chat')
    expect((await talk('support', ['/queue full', 'agent'])).out).toContain('nobody is free')
  })

  it('explains what the flow did, and what it knows', async () => {
    const { out } = await talk('asks', ['hi', '/why', 'blue', '/vars', '/back', '/vars'])
    expect(out).toContain('  -- start left by next')
    expect(out).toContain('  -- colour waits')
    expect(out).toContain('  -- outcome: chosen')
    expect(out.split('Taken back.')[1]).toContain('  -- block: colour')
  })

  it('begins again', async () => {
    const { out } = await talk('asks', ['hi', 'blue', '/restart', 'hi'])
    expect(out.split('\n').slice(-3)).toEqual(['A new conversation begins.', '> hi', 'bot    Which colour?'])
  })

  it('ends a burst by itself', async () => {
    const merging = { ...ASKS, blocks: { ...ASKS.blocks, colour: { ...ASKS.blocks.colour, merge: { quiet: '2 s' } } } }
    made.remove()
    made = makeFolder({ 'flows/asks.json': canonical(merging) })
    expect((await talk('asks', ['hi', '/burst light | blue'])).out).toContain('bot    It will be light\n       blue.')
  })

  it('begins the transcript at once with what a channel and a language change', async () => {
    const { out } = await talk('support', ['hi'], ['--channel', 'telegram', '--contact', 'first_name=Ana, email=ana@example.com'])
    expect(out).toContain('Hello Ana!')
    expect(await talk('support', [], ['--channel', 'icq'])).toMatchObject({ exit: 2 })
    expect(await talk('support', [], ['--contact', 'Ana'])).toMatchObject({ exit: 2, err: expect.stringContaining('first_name=Ana') })
    expect(await talk('support', [], ['--language', 'German'])).toMatchObject({ exit: 2 })
    expect(await talk('support', [], ['--now', 'tomorrow'])).toMatchObject({ exit: 2 })
  })

  it('prints a JSON value a line for scripts', async () => {
    const { exit, out } = await talk('asks', ['hi', '/press 1', 'blue', '/vars'], ['--json'])
    expect(exit).toBe(1)
    expect(out.split('\n').map(line => JSON.parse(line))).toEqual([
      { type: 'typed', line: 'hi' },
      { type: 'bot', text: 'Which colour?' },
      { type: 'typed', line: '/press 1' },
      { type: 'refused', message: 'No button was shown. Where the channel has none, type the number.' },
      { type: 'typed', line: 'blue' },
      { type: 'bot', text: 'It will be blue.' },
      { type: 'owner_changed', owner: 'nobody', outcome: 'chosen' },
      { type: 'typed', line: '/vars' },
      expect.objectContaining({ type: 'state', owner: 'nobody', outcome: 'chosen' }),
    ])
  })

  it('says what is wrong with a flow that cannot run', async () => {
    made.remove()
    made = makeFolder({ 'flows/asks.json': canonical({ ...ASKS, blocks: { ...ASKS.blocks, thanks: { type: 'end', text: '{{ vars.colour ' } } }) })
    const { exit, out } = await talk('asks', ['hi'])
    expect(exit).toBe(1)
    expect(out).toMatch(/^flows\/asks\.json:\d+:\d+ error .*\(invalid_template at \/blocks\/thanks\/text\)/)
  })
})

describe('saving a run', () => {
  const path = () => join(made.folder, 'flows/asks.test.json')

  it('makes a flow test that `parley test` passes', async () => {
    const { exit, out } = await talk('asks', ['hi', 'blue', '/save flows/asks.test.json blue is chosen'])
    expect({ exit, saved: out.split('\n').at(-1) }).toEqual({ exit: 0, saved: 'Saved as “blue is chosen” in flows/asks.test.json.' })
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual({
      flow: 'asks',
      tests: [
        {
          name: 'blue is chosen',
          now: '2026-03-02T09:00:00Z',
          steps: [
            { customer: 'hi' },
            { bot: 'Which colour?' },
            { customer: 'blue' },
            { bot: 'It will be blue.' },
            { expect: { owner: 'nobody', outcome: 'chosen', exits: ['start.next', 'colour.answered'] } },
          ],
        },
      ],
    })
    expect((await runCommand(test, [], { folder: made.folder })).exit).toBe(0)
  })

  it('adds to a file and leaves the rest of it to the byte', async () => {
    made.remove()
    const before = JSON.stringify(ASKS_TEST)
    made = makeFolder({ 'flows/asks.json': canonical(ASKS), 'flows/asks.test.json': before })
    await talk('asks', ['hi', '/pass 10 min', '/save flows/asks.test.json silence'])
    const after = readFileSync(path(), 'utf8')
    expect(after.startsWith(before.slice(0, before.lastIndexOf(']')))).toBe(true)
    expect(JSON.parse((await runCommand(test, ['--json'], { folder: made.folder })).out)).toMatchObject({
      ok: true,
      files: [{ tests: [{}, { name: 'silence', ok: true }] }],
    })
  })

  it('is the first test of a file that has none', async () => {
    made.remove()
    made = makeFolder({ 'flows/asks.json': canonical(ASKS), 'flows/asks.test.json': '{ "flow": "asks", "tests": [] }' })
    expect((await talk('asks', ['hi', 'blue', '/save flows/asks.test.json'])).exit).toBe(0)
    expect(JSON.parse((await runCommand(test, ['--json'], { folder: made.folder })).out)).toMatchObject({ ok: true, files: [{ tests: [{ ok: true }] }] })
  })

  it('keeps what was taken back out of it', async () => {
    await talk('asks', ['hi', 'green', '/back', 'blue', '/save flows/asks.test.json blue'])
    expect(readFileSync(path(), 'utf8')).not.toContain('green')
  })

  it('names the schema as the flow does', async () => {
    await talk('support', ['agent', '/agent join', '/save flows/support.test.json'])
    expect(JSON.parse(readFileSync(join(made.folder, 'flows/support.test.json'), 'utf8')).$schema).toBe('../schemas/flow-test.schema.json')
  })

  it.each([
    ['/save flows/asks.test.json', 'There is nothing to save yet.'],
    ['/save notes.json', 'ends in .test.json'],
    ['/save', 'ends in .test.json'],
  ])('refuses %s before anything was said', async (line, message) => {
    const { exit, err } = await talk('asks', [line])
    expect(exit).toBe(1)
    expect(err).toContain(message)
    expect(existsSync(path())).toBe(false)
  })

  it("does not write into another flow's tests", async () => {
    const { exit, err } = await talk('support', ['hi', '/save flows/asks.test.json'])
    expect(exit).toBe(0)
    expect(err).toBe('')
    const second = await talk('asks', ['hi', '/save flows/asks.test.json'])
    expect(second).toMatchObject({ exit: 1, err: 'parley: The file tests the flow “support”.' })
  })

  it('any conversation with any sample flow repeats itself', () => {
    const flows = ['support', 'order_status', 'order_lookup', 'opening_hours', 'multilingual'].map(name => loadFlow(`flows/${name}.json`))
    const lines = fc.oneof(
      fc.constantFrom('hi', 'agent', 'how much is it', '1', '5', 'no', 'never mind', '/help', 'ana@example.com', 'A-10234', 'qwertz', 'danke', 'tomorrow'),
      fc.constantFrom(
        '/start',
        '/start order',
        '/press 1',
        '/pass 1 min',
        '/pass 1 day',
        '/until 12:30',
        '/agent join',
        '/agent say Hello',
        '/agent end',
        '/agent lost',
      ),
      fc.constantFrom(
        '/queue full',
        '/queue 3',
        '/contact left',
        '/fail contact',
        '/fail message',
        '/send image look',
        '/burst one | two',
        '/edit other',
        '/agent note hm',
      ),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...flows),
        fc.constantFrom('webchat', 'telegram', 'vonage'),
        fc.array(lines, { minLength: 1, maxLength: 15 }),
        (flow, channel, typed) => {
          const world = { flow, flowOf: () => undefined, abilitiesOf: (name: string) => Object.entries(ABILITIES).find(([known]) => known === name)?.[1] }
          const run = new Talk(
            { channel, now: '2026-03-02T09:00:00Z' },
            world,
            ABILITIES[channel === 'telegram' ? 'telegram' : channel === 'vonage' ? 'vonage' : 'webchat'],
          )
          for (const line of typed) {
            const action = readLine(line)
            if (action?.type === 'play') run.play(action.steps)
            if (action?.type === 'press') run.play([{ press: run.state().deliveries.findLast(one => one.message.buttons)?.message.buttons?.[0]?.label ?? 'x' }])
          }
          const saved = run.toTest('any')
          if (saved) expect(playFlowTests({ flow: flow.id, tests: [saved] }, world).tests).toEqual([{ name: 'any' }])
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('lines of the simulator', () => {
  it.each([
    ['hello', { type: 'play', steps: [{ customer: 'hello' }] }],
    ['/help', { type: 'play', steps: [{ customer: '/help' }] }],
    ['//why', { type: 'play', steps: [{ customer: '/why' }] }],
    ['/constructor', { type: 'play', steps: [{ customer: '/constructor' }] }],
    ['/start promo', { type: 'play', steps: [{ start: 'promo' }] }],
    ['/start', { type: 'play', steps: [{ start: '' }] }],
    ['/send voice', { type: 'play', steps: [{ send: { voice: true } }] }],
    ['/queue 3', { type: 'play', steps: [{ queue: { position: 3 } }] }],
    ['/save a.test.json two words', { type: 'save', file: 'a.test.json', name: 'two words' }],
    ['/pass soon', { type: 'refuse', message: '“soon” is no duration. It looks like 30 s, 5 min, 2 h or 1 day.' }],
    ['/agent dance', { type: 'refuse', message: 'The agent can say …, note …, and: join, end, lost, silent, transfer.' }],
    ['   ', undefined],
  ])('%s', (line, action) => {
    expect(readLine(line)).toEqual(action)
  })
})
