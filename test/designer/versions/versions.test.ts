import { describe, expect, it } from 'vitest'
import { type CheckFacts, checkBeforePublishing, mayPublish } from '../../../designer/versions/checks.ts'
import { countKinds, drawComparison, orderChanges } from '../../../designer/versions/compare.ts'
import { choiceFor, decisionOf, labelsOf, sayDecision, sayWhatHappens } from '../../../designer/versions/moves.ts'
import { readFile, readText } from '../../../designer/versions/read-file.ts'
import type { MoveChoice, WaitingBlock } from '../../../server/api/contract.ts'
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

  it('dims nothing when no block differs, be it moved or in a setting of the flow', () => {
    const moved: Flow = { ...BEFORE, name: 'Other', layout: { ...BEFORE.layout, hello: [64, 100] } }
    for (const after of [BEFORE, moved]) {
      const drawn = drawComparison(BEFORE, after, diffFlows(BEFORE, after))
      expect([drawn.flow, drawn.marks.blocks.size, drawn.marks.connections.size]).toEqual([after, 0, 0])
    }
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
    expect(reading).toMatchObject({ problems: [{ at: '/blokcs', message: expect.stringContaining('“blokcs”') }] })
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
    isUnlinted: false,
    report: { flow: 'f', tests: [{ name: 'a' }], coverage: { blocks: { covered: 1, all: 1, missed: [] }, exits: { covered: 1, all: 1, missed: [] } } },
    testCount: 1,
    live: { version: 4, diff: diffFlows(BEFORE, AFTER) },
    waiting: [],
  }
  const states = (change: Partial<CheckFacts>) => checkBeforePublishing({ ...facts, ...change }).map(({ name, state }) => `${name} ${state}`)
  const lineOf = (name: string, change: Partial<CheckFacts>) => checkBeforePublishing({ ...facts, ...change }).find(check => check.name === name)

  it('is good when everything is', () => {
    expect(states({})).toEqual(['saved good', 'problems good', 'tests good', 'changes good', 'running good'])
    expect(mayPublish(checkBeforePublishing(facts))).toBe(true)
    expect(lineOf('changes', {})).toMatchObject({
      text: 'Against version 4: 1 added, 1 changed, 1 removed',
      details: ['Hello: Text: Hello you. It no longer leads to Old.', 'New: Says “New”.', 'Old: No longer leads to Bye.'],
    })
  })

  it('is stopped by an error and names its block, but not by warnings and failed tests', () => {
    const error = { code: 'x', severity: 'error' as const, at: '/blocks/hello', block: 'hello', message: 'It leads nowhere.' }
    const stopped = checkBeforePublishing({ ...facts, problems: [error] })
    expect(stopped[1]).toMatchObject({ state: 'stops', text: '1 error keeps it from being published', details: ['Hello: It leads nowhere.'] })
    expect(mayPublish(stopped)).toBe(false)
    expect(states({ isUnlinted: true, problems: [error] })).toContain('problems careful')
    const careful = checkBeforePublishing({ ...facts, problems: [{ ...error, severity: 'warning' }], testCount: 0 })
    expect(careful.map(check => check.state)).toEqual(['good', 'careful', 'careful', 'good', 'good'])
    expect(mayPublish(careful)).toBe(true)
  })

  it('waits for what is not known yet, and stops for a draft that is not saved', () => {
    expect(states({ saveState: 'saving', report: undefined, live: undefined, waiting: undefined }).every(line => /wait$|problems good/.test(line))).toBe(true)
    expect(lineOf('saved', { saveState: 'conflict' })?.state).toBe('stops')
    expect(lineOf('changes', { live: { version: 4, diff: diffFlows(AFTER, AFTER) } })).toMatchObject({
      state: 'good',
      text: expect.stringContaining('only moved'),
    })
    expect(lineOf('changes', { live: 'never' })).toMatchObject({ state: 'good', text: 'The first version of this flow' })
  })

  it('says how many run, which are decided about below', () => {
    expect(lineOf('running', { waiting: [place(), place({ block: 'other', count: 1 })] })?.text).toBe(
      '4 conversations are running. Choose below what becomes of them.',
    )
    expect(lineOf('running', {})?.text).toBe('No conversation is running')
  })

  it('tells the first changes and how many more there are', () => {
    const many: Flow = {
      ...BEFORE,
      blocks: { ...BEFORE.blocks, ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map(id => [id, { type: 'message', label: id, text: id }])) },
    }
    const details = lineOf('changes', { live: { version: 4, diff: diffFlows(BEFORE, many) } })?.details
    expect(details).toEqual(['a: Says “a”.', 'b: Says “b”.', 'c: Says “c”.', 'and 2 more changes'])
  })

  it('never cuts a template in two', () => {
    const long: Flow = {
      ...BEFORE,
      blocks: {
        ...BEFORE.blocks,
        hello: { type: 'message', label: 'Hello', text: `${'Hello '.repeat(21)}{{ contact.first_name }} and goodbye`, exits: { next: 'old' } },
      },
    }
    expect(lineOf('changes', { live: { version: 4, diff: diffFlows(BEFORE, long) } })?.details[0]).toMatch(/^Hello: Text: Hello .*Hello…$/)
  })
})

/** Three wait in a question that has stayed the same. */
function place(changes: Partial<WaitingBlock> = {}): WaitingBlock {
  return {
    block: 'ask',
    name: 'Order number',
    type: 'question',
    count: 3,
    versions: [12],
    there: 'same',
    choices: ['stay', 'move', 'restart'],
    move: { goes_on: 3, asks_again: 0, stays: 0 },
    restart: { starts: 3, stays: 0 },
    ...changes,
  }
}

describe('what becomes of running conversations', () => {
  it.each<[string, Partial<WaitingBlock>, MoveChoice, string]>([
    ['staying', {}, 'stay', 'They stay on version 12 until they end.'],
    ['one that stays', { count: 1 }, 'stay', 'It stays on version 12 until it ends.'],
    ['several versions', { versions: [12, 11] }, 'stay', 'They stay on their versions until they end.'],
    ['a block that is gone', { there: 'gone' }, 'stay', 'They stay on version 12 until they end. Version 13 has no such block to move to.'],
    ['moving', {}, 'move', '3 waits go on as before; what comes next is version 13.'],
    [
      'moving to a changed block',
      { count: 1, move: { goes_on: 0, asks_again: 1, stays: 0 } },
      'move',
      '1 contact is asked again, because the block was changed.',
    ],
    [
      'moving where some cannot',
      { move: { goes_on: 1, asks_again: 0, stays: 2 } },
      'move',
      'The wait goes on as before; what comes next is version 13. 2 stay, they have nothing to come back to there.',
    ],
    ['starting again', {}, 'restart', '3 conversations begin anew at the start of version 13.'],
    [
      'starting again where agents are',
      { restart: { starts: 1, stays: 2 } },
      'restart',
      '1 conversation begins anew at the start of version 13. 2 wait for an agent or have one, and stay.',
    ],
  ])('%s is said in words', (_name, changes, choice, said) => {
    expect(sayWhatHappens(place(changes), choice, 13)).toBe(said)
  })

  it('is staying by itself, and whenever what was chosen is not possible', () => {
    expect(choiceFor(place(), {})).toBe('stay')
    expect(choiceFor(place(), { ask: 'move' })).toBe('move')
    expect(choiceFor(place({ choices: ['stay'] }), { ask: 'move' })).toBe('stay')
    expect(choiceFor(place({ block: 'constructor' }), {})).toBe('stay')
    expect(labelsOf(place({ choices: ['stay', 'move'] }), 13)).toEqual([
      { value: 'stay', label: 'Stay on version 12' },
      { value: 'move', label: 'Move to version 13' },
    ])
  })

  it('is sent as what differs from staying, and told after publishing', () => {
    const waiting = [place(), place({ block: 'old', count: 1 }), place({ block: 'wait', count: 2 })]
    const decision = decisionOf(waiting, { ask: 'move', old: 'restart', wait: 'stay', elsewhere: 'move' })
    expect(decision).toEqual({ ask: 'move', old: 'restart' })
    expect(sayDecision(waiting, decision, 13)).toBe('3 running ones move to version 13. 1 running one starts again. 2 running ones stay where they are.')
    expect(sayDecision([], {}, 13)).toBe('')
  })
})
