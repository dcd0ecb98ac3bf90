import { describe, expect, it } from 'vitest'
import { type CheckFacts, checkBeforePublishing, mayPublish } from '../../../designer/versions/checks.ts'
import { countKinds, drawComparison, orderChanges } from '../../../designer/versions/compare.ts'
import { readFile, readText } from '../../../designer/versions/read-file.ts'
import { sayWhen } from '../../../designer/versions/times.ts'
import { diffFlows, type Flow } from '../../../server/engine/index.ts'
import { sampleFlow, sampleTests } from '../simulator/flow.ts'

const BEFORE: Flow = {
  format: 1,
  id: 'f',
  name: 'Flow',
  languages: ['en'],
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello', exits: { next: 'old' } },
    old: { type: 'message', label: 'Old', text: 'Old', exits: { next: 'bye' } },
    bye: { type: 'end', label: 'Bye', outcome: 'done' },
  },
  layout: { start: [0, 0], hello: [0, 100], old: [0, 200], bye: [0, 300] },
}
const AFTER: Flow = {
  ...BEFORE,
  blocks: {
    start: { type: 'start', exits: { next: 'hello' } },
    hello: { type: 'message', label: 'Hello', text: 'Hello you' },
    added: { type: 'message', label: 'New', text: 'New', exits: { next: 'bye' } },
    bye: { type: 'end', label: 'Bye', outcome: 'done' },
  },
  layout: { start: [0, 0], hello: [0, 100], added: [200, 200], bye: [0, 300] },
}

describe('two versions in one picture', () => {
  const diff = diffFlows(BEFORE, AFTER)
  const { flow, marks } = drawComparison(BEFORE, AFTER, diff)

  it('has what was removed where it was, and dims what is the same', () => {
    expect(Object.keys(flow.blocks)).toEqual(['start', 'hello', 'added', 'bye', 'old'])
    expect(flow.layout?.old).toEqual([0, 200])
    expect([...marks.blocks].map(([id, { states }]) => [id, states[0]])).toEqual([
      ['start', 'dimmed'],
      ['hello', 'changed'],
      ['added', 'added'],
      ['bye', 'dimmed'],
      ['old', 'removed'],
    ])
  })

  it('draws a connection that is gone as it was, and marks it', () => {
    expect(flow.blocks.hello?.exits).toEqual({ next: 'old' })
    expect(Object.fromEntries(marks.connections)).toEqual({ 'start.next': 'dimmed', 'hello.next': 'removed', 'added.next': 'added', 'old.next': 'removed' })
  })

  it('leaves the versions themselves alone', () => {
    expect(AFTER.blocks.hello?.exits).toBeUndefined()
    expect(countKinds(diff)).toEqual({ added: 1, changed: 1, removed: 1 })
  })

  it('walks what is added, changed, removed, each down the canvas', () => {
    const later: Flow = { ...AFTER, blocks: { ...AFTER.blocks, first: { type: 'end', outcome: 'x' } }, layout: { ...AFTER.layout, first: [0, -50] } }
    expect(orderChanges(diffFlows(BEFORE, later), later).map(({ block }) => block)).toEqual(['first', 'added', 'hello', 'old'])
  })
})

describe('a file to import', () => {
  const text = (change: object) => JSON.stringify({ ...sampleFlow('support'), ...change })

  it.each<[string, string, RegExp]>([
    ['an empty file', '  ', /is empty/],
    ['something that is not JSON', 'Dear all, here is the flow', /is not JSON/],
    ['a list', '[]', /holds a list/],
    ['JSON of something else', '{"name":"parley","version":"1.0.0"}', /no flow of Parley/],
    ['a text in JSON', '"hello"', /no flow of Parley/],
    ['a flow of a newer format', text({ format: 99 }), /newer Parley/],
    ['a flow that needs a newer release', text({ parley: '99.0.0' }), /newer Parley/],
    ['a flow with an unknown key', text({ blokcs: {} }), /with mistakes/],
    ['flow tests with a mistake', '{"flow":"support","tests":[{"name":"x","steps":[{"custmer":"hi"}]}]}', /flow tests with mistakes/],
  ])('%s is refused in words that say what it is', (_name, content, title) => {
    const reading = readText(content, 'file.json')
    expect(reading).toMatchObject({ type: 'refused', title: expect.stringMatching(title) })
    if (reading.type === 'refused') for (const problem of reading.problems) expect(problem.message).toMatch(/[.?]$/)
  })

  it('with mistakes says where each of them is', () => {
    const reading = readText(text({ blokcs: {} }), 'file.json')
    expect(reading).toMatchObject({ problems: [{ at: '/blokcs', message: expect.stringContaining('"blokcs"') }] })
  })

  it('is taken when it is a flow, also of an older format, or flow tests', () => {
    expect(readText(text({}), 'support.json')).toMatchObject({ type: 'flow', flow: { id: 'support' } })
    expect(readText(JSON.stringify(sampleTests('support')), 'support.test.json')).toMatchObject({ type: 'tests', file: { flow: 'support' } })
  })

  it('that is a picture, or too large, is refused before it is read as text', async () => {
    expect(await readFile(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])], 'cat.png'))).toMatchObject({
      title: expect.stringContaining('cat.png is no text'),
    })
    const large = new File([new Uint8Array(1)], 'film.json')
    Object.defineProperty(large, 'size', { value: 1e9 })
    expect(await readFile(large)).toMatchObject({ title: expect.stringContaining('too large') })
  })
})

describe('the list before publishing', () => {
  const facts: CheckFacts = {
    flow: AFTER,
    saveState: 'saved',
    problems: [],
    report: { flow: 'f', tests: [{ name: 'a' }], coverage: { blocks: { covered: 1, all: 1, missed: [] }, exits: { covered: 1, all: 1, missed: [] } } },
    testCount: 1,
    live: { version: 4, diff: diffFlows(BEFORE, AFTER), isSameFile: false, flow: BEFORE },
    running: [],
  }
  const states = (change: Partial<CheckFacts>) => checkBeforePublishing({ ...facts, ...change }).map(({ name, state }) => `${name} ${state}`)
  const lineOf = (name: string, change: Partial<CheckFacts>) => checkBeforePublishing({ ...facts, ...change }).find(check => check.name === name)

  it('is good when everything is', () => {
    expect(states({})).toEqual(['saved good', 'problems good', 'tests good', 'changes good', 'running good'])
    expect(mayPublish(checkBeforePublishing(facts))).toBe(true)
    expect(lineOf('changes', {})?.text).toBe('Against version 4: 1 added, 1 changed, 1 removed')
  })

  it('is stopped by an error and names its block, but not by warnings and failed tests', () => {
    const error = { code: 'x', severity: 'error' as const, at: '/blocks/hello', block: 'hello', message: 'It leads nowhere.' }
    const stopped = checkBeforePublishing({ ...facts, problems: [error] })
    expect(stopped[1]).toMatchObject({ state: 'stops', text: '1 error keeps it from being published', details: ['Hello: It leads nowhere.'] })
    expect(mayPublish(stopped)).toBe(false)
    const careful = checkBeforePublishing({ ...facts, problems: [{ ...error, severity: 'warning' }], testCount: 0 })
    expect(careful.map(check => check.state)).toEqual(['good', 'careful', 'careful', 'good', 'good'])
    expect(mayPublish(careful)).toBe(true)
  })

  it('waits for what is not known yet, and stops for a draft that is not saved or is live already', () => {
    expect(states({ saveState: 'saving', report: undefined, live: undefined, running: undefined }).every(line => /wait$|problems good/.test(line))).toBe(true)
    expect(lineOf('saved', { saveState: 'conflict' })?.state).toBe('stops')
    expect(lineOf('changes', { live: { version: 4, diff: diffFlows(AFTER, AFTER), isSameFile: true, flow: AFTER } })?.state).toBe('stops')
    expect(lineOf('changes', { live: 'never' })).toMatchObject({ state: 'good', text: 'The first version of this flow' })
  })

  it('says who stays on which version, by the names of the blocks they wait in', () => {
    const running = [
      { version: 4, owner: 'flow', block: 'old', count: 3 },
      { version: 3, owner: 'queue', block: 'hello', count: 1 },
    ]
    expect(lineOf('running', { running })).toMatchObject({
      text: '4 conversations stay on their version until they end',
      details: ['3 wait in Old, version 4', '1 waits in Hello, version 3'],
    })
  })
})

describe('times of the history', () => {
  const now = new Date(2026, 10, 20, 14, 30).getTime()
  it.each<[string, number]>([
    ['just now', now - 5_000],
    ['3 minutes ago', now - 3 * 60_000],
    ['Tue 17 Nov 14:02', new Date(2026, 10, 17, 14, 2).getTime()],
    ['Thu 6 Nov 2025 09:05', new Date(2025, 10, 6, 9, 5).getTime()],
  ])('are said as %s', (said, at) => {
    expect(sayWhen(at, now)).toBe(said)
  })
})
