import { describe, expect, it, vi } from 'vitest'
import { drawPath } from '../../../designer/simulator/path.ts'
import { rewriteTest } from '../../../designer/simulator/rewrite-test.ts'
import { firstSetting } from '../../../designer/simulator/setting.ts'
import { createSimulation, type Played } from '../../../designer/simulator/simulation.ts'
import { writeTranscript } from '../../../designer/simulator/transcript.ts'
import { watchValues } from '../../../designer/simulator/values.ts'
import { countActions, putTest, removeTest, writeTest } from '../../../designer/simulator/write-test.ts'
import { zonedMoment, zonedText } from '../../../designer/simulator/zoned-time.ts'
import { type Flow, type FlowTest, type FlowTestStep, playFlowTests } from '../../../server/engine/index.ts'
import { sampleFlow, sampleTests, world } from './flow.ts'

const FRIDAY = Date.UTC(2026, 10, 20, 10, 14)

function play(flow: Flow, steps: readonly FlowTestStep[]) {
  const simulation = createSimulation(world, firstSetting(FRIDAY), () => {})
  simulation.setFlow(flow)
  for (const step of steps) simulation.play(step)
  return simulation
}

function mustRun(played: Played) {
  if (!played.flow || !played.state) throw new Error('Nothing runs.')
  return { flow: played.flow, state: played.state, turns: played.turns }
}

/** The chat in short: who says what. */
function chat(played: Played): readonly string[] {
  const { state, flow, turns } = mustRun(played)
  return writeTranscript(state, flow, turns).map(line => {
    if (line.type === 'why') return `why ${line.block}: ${line.why}`
    if (line.type === 'flow' || line.type === 'agent') return `${line.type}: ${line.message.text}`
    return `${line.type}: ${line.text}`
  })
}

describe('a run of the draft', () => {
  const support = sampleFlow('support')

  it('tells what was said, and between the bubbles why the flow went its way', () => {
    const simulation = play(support, [
      { customer: 'how much is it' },
      { customer: 'agent' },
      { agent: 'join' },
      { agent: { say: 'Hello, Kim here.' } },
      { agent: 'end' },
    ])
    expect(chat(simulation.read())).toEqual([
      'time: Conversation starts, Friday 11:14',
      'contact: how much is it',
      'flow: Hello Ana! What can I do for you today?',
      'why hello: Greeted',
      expect.stringContaining('why topic'),
      expect.stringContaining('why wish'),
      expect.stringContaining('flow: '),
      ...chat(simulation.read()).slice(7),
    ])
    const lines = chat(simulation.read())
    expect(lines).toContain('why topic: Contains “agent”')
    expect(lines).toContain('agent: Hello, Kim here.')
    expect(lines.indexOf('why topic: Contains “agent”')).toBeLessThan(lines.findIndex(line => line.startsWith('flow: I am getting somebody')))
  })

  it('lights the path since the flow last began, with the reason of each exit, and says where it waits', () => {
    const simulation = play(support, [{ customer: 'how much is it' }])
    const { state, flow, turns } = mustRun(simulation.read())
    const drawn = drawPath(
      state,
      flow,
      turns.map(turn => turn.after.log.length),
    )
    expect([...drawn.visited]).toEqual(['start', 'hello', 'length', 'topic', 'wish', 'prices', 'more', 'again'])
    expect(drawn.litExits.get('wish.prices')).toContain('prices')
    expect(drawn.running).toEqual({ block: 'again', tag: expect.stringMatching(/left$/) })
    expect(drawn.path.every(lit => lit.turn === 1)).toBe(true)
  })

  it('counts turns, so that the canvas moves along the last one only', () => {
    const { state, flow, turns } = mustRun(play(support, [{ start: '' }, { customer: 'how much is it' }]).read())
    const drawn = drawPath(
      state,
      flow,
      turns.map(turn => turn.after.log.length),
    )
    expect(drawn.turn).toBe(2)
    expect(drawn.path.filter(lit => lit.turn === 2).map(lit => lit.block)).toEqual(['length', 'topic', 'wish', 'prices', 'more'])
  })

  it('lets time pass to the next timer and says how long it took', () => {
    const simulation = play(support, [{ customer: 'how much is it' }])
    const { state } = mustRun(simulation.read())
    const timer = [...state.timers.values()].find(one => one.timer === 'wait')
    simulation.play({ pass: `${Math.ceil(((timer?.due_at ?? 0) - state.now) / 1000)} s` })
    expect(chat(simulation.read()).some(line => /^time: \d+ minutes pass$/.test(line))).toBe(true)
    expect(mustRun(simulation.read()).state.log.at(-1)?.event).toMatchObject({ type: 'timer_fired' })
  })

  it('shows a gap before and after the timer that fires on the way', () => {
    const flow: Flow = {
      format: 1,
      id: 'gap',
      name: 'Gap',
      languages: ['en'],
      blocks: {
        start: { type: 'start', exits: { next: 'ask' } },
        ask: { type: 'question', text: 'Well?', variable: 'answer', timeout: '5 min', exits: { timeout: 'bye' } },
        bye: { type: 'message', text: 'Still there?', exits: { next: 'ask2' } },
        ask2: { type: 'listen' },
      },
      variables: { answer: { type: 'text' } },
    }
    const lines = chat(play(flow, [{ start: '' }, { pass: '1 h' }]).read()).filter(line => line.startsWith('time') || line.startsWith('flow'))
    expect(lines).toEqual(['time: Conversation starts, Friday 10:14', 'flow: Well?', 'time: 5 minutes pass', 'flow: Still there?', 'time: 55 minutes pass'])
  })

  it('steps back to exactly what it was, again and again', () => {
    const simulation = play(support, [{ customer: 'hi' }])
    const first = simulation.read().state
    simulation.play({ customer: 'agent' })
    simulation.play({ agent: 'join' })
    simulation.stepBack()
    simulation.stepBack()
    expect(simulation.read().state).toEqual(first)
    simulation.stepBack()
    expect(simulation.read()).toMatchObject({ turns: [], state: undefined })
    simulation.stepBack()
    simulation.play({ customer: 'hi' })
    expect(simulation.read().state).toEqual(first)
  })

  it('says why something cannot be done, and does nothing', () => {
    const simulation = play(support, [{ customer: 'hi' }])
    const before = simulation.read().state
    simulation.play({ press: 'nothing of the kind' })
    expect(simulation.read().refused).toContain('There is no button')
    expect(simulation.read().state).toBe(before)
    simulation.play({ customer: 'agent' })
    expect(simulation.read().refused).toBeUndefined()
  })

  it('begins anew as another person', () => {
    const simulation = play(support, [{ customer: 'hi' }])
    simulation.restart({ ...firstSetting(FRIDAY), contact: { first_name: 'Ben' }, channel: 'telegram' })
    expect(simulation.read().turns).toEqual([])
    simulation.play({ customer: 'hi' })
    expect(mustRun(simulation.read()).state.conversation.contact).toMatchObject({ first_name: 'Ben', channel: 'telegram' })
  })

  it('greets a returning contact as one', () => {
    const flow: Flow = {
      format: 1,
      id: 'back',
      name: 'Back',
      languages: ['en'],
      blocks: {
        start: { type: 'start', exits: { next: 'hello' } },
        hello: { type: 'greeting', text: 'Hello!', returning: 'Welcome back!', exits: { next: 'l' } },
        l: { type: 'listen' },
      },
    }
    const simulation = createSimulation(world, { ...firstSetting(FRIDAY), returning: true }, () => {})
    simulation.setFlow(flow)
    simulation.play({ start: '' })
    expect(mustRun(simulation.read()).state.deliveries[0]?.message.text).toBe('Welcome back!')
  })
})

describe('the draft changes while a run goes on', () => {
  const asking = (text: string, more: Flow['blocks'] = {}): Flow => ({
    format: 1,
    id: 'draft',
    name: 'Draft',
    languages: ['en'],
    variables: { answer: { type: 'text' } },
    blocks: {
      start: { type: 'start', exits: { next: 'ask' } },
      ask: { type: 'question', text, variable: 'answer', exits: { answered: 'done' } },
      done: { type: 'end', text: 'Thanks', outcome: 'done' },
      ...more,
    },
  })

  it('goes on with the new flow while the waiting block is there, and says so in the chat', () => {
    const simulation = play(asking('Which one?'), [{ start: '' }])
    simulation.setFlow({ ...asking('Which one?'), blocks: { ...asking('x').blocks, done: { type: 'end', text: 'Thank you so much', outcome: 'done' } } })
    expect(simulation.read()).toMatchObject({ standing: { type: 'ready' }, flowChanged: true })
    simulation.play({ customer: 'the blue one' })
    expect(chat(simulation.read()).slice(-5)).toEqual([
      'about: The flow changed; the run goes on with it',
      'contact: the blue one',
      'why ask: Answered',
      'flow: Thank you so much',
      'about: The conversation closes: done.',
    ])
  })

  it('stands still when the waiting block is gone, and goes on when it is back', () => {
    const simulation = play(asking('Which one?'), [{ start: '' }])
    const { ask: _gone, ...rest } = asking('x').blocks
    simulation.setFlow({ ...asking('x'), blocks: rest })
    expect(simulation.read().standing).toEqual({ type: 'lost', block: 'Question' })
    simulation.play({ customer: 'hello?' })
    expect(simulation.read().turns).toHaveLength(1)
    simulation.setFlow(asking('Which one now?'))
    expect(simulation.read().standing).toEqual({ type: 'ready' })
  })

  it('shows what does not compile as problems and never throws', () => {
    const simulation = play(asking('Which one?'), [{ start: '' }])
    simulation.setFlow(asking('Hello {{ contact.first_name '))
    expect(simulation.read().standing).toMatchObject({ type: 'problems', problems: [{ code: 'invalid_template', block: 'ask' }] })
    simulation.play({ customer: 'hello?' })
    expect(simulation.read().turns).toHaveLength(1)
    simulation.restart()
    expect(simulation.read().standing.type).toBe('problems')
    simulation.setFlow(asking('Hello'))
    expect(simulation.read().standing).toEqual({ type: 'ready' })
  })

  it('is not disturbed by moving blocks', () => {
    const changed = vi.fn()
    const simulation = createSimulation(world, firstSetting(FRIDAY), changed)
    const flow = asking('Which one?')
    simulation.setFlow(flow)
    changed.mockClear()
    simulation.setFlow({ ...flow, layout: { ask: [10, 20] } })
    expect(changed).not.toHaveBeenCalled()
  })
})

describe('watched values', () => {
  it('show declared variables before they are set, and what the last turn changed', () => {
    const flow = sampleFlow('order_status')
    const simulation = play(flow, [{ start: 'order' }, { customer: '48-2210' }])
    const { turns, state } = mustRun(simulation.read())
    const rows = watchValues(flow, state.conversation, turns.at(-1)?.before.state.conversation)
    expect(rows.find(row => row.value === '48-2210')).toMatchObject({ changed: true })
    expect(rows.find(row => row.name === 'contact.first_name')).toEqual({ name: 'contact.first_name', value: 'Ana', changed: false })
    expect(rows.find(row => row.name === 'vars.reason')).toMatchObject({ value: undefined, changed: false })
  })
})

describe('a run saved as a test', () => {
  it.each(['support', 'order_status', 'order_lookup', 'opening_hours', 'multilingual'])('passes on the flow it was made with: every conversation of %s', id => {
    const flow = sampleFlow(id)
    const simulation = createSimulation(world, firstSetting(FRIDAY), () => {})
    simulation.setFlow(flow)
    for (const test of sampleTests(id).tests) {
      const setting = { ...firstSetting(FRIDAY), channel: test.channel ?? 'webchat', language: test.language ?? '' }
      simulation.replay(setting, test)
      const { flow: compiled, turns } = mustRun(simulation.read())
      const written = writeTest(test.name, setting, compiled, turns)
      const report = playFlowTests({ flow: id, tests: [written] }, { flow: compiled, flowOf: () => undefined, ...world })
      expect(report.tests[0], JSON.stringify(written, null, 1)).toEqual({ name: test.name })
    }
  })

  it('names the choice of a button, not its payload, and keeps the time it began', () => {
    const simulation = play(sampleFlow('order_status'), [{ start: 'order' }, { customer: '48-2210' }, { customer: 'ana@example.com' }])
    const button = mustRun(simulation.read()).state.deliveries.at(-1)?.message.buttons?.[0]?.payload ?? ''
    expect(button).toMatch(/^\d+:/)
    simulation.play({ press: button })
    const { flow, turns } = mustRun(simulation.read())
    const test = writeTest('by button', simulation.read().setting, flow, turns)
    expect(test).toMatchObject({ now: '2026-11-20T10:14:00Z', contact: { first_name: 'Ana' } })
    expect(test.steps).toContainEqual({ press: button.replace(/^\d+:/, '') })
  })

  it('takes the place of one with the same name', () => {
    const one = { name: 'a', steps: [{ start: '' }] }
    const file = putTest({ flow: 'f', tests: [one, { name: 'b', steps: [{ start: '' }] }] }, { name: 'a', steps: [{ customer: 'hi' }] })
    expect(file.tests.map(test => [test.name, test.steps[0]])).toEqual([
      ['a', { customer: 'hi' }],
      ['b', { start: '' }],
    ])
    expect(removeTest(file, 'a').tests.map(test => test.name)).toEqual(['b'])
  })
})

describe('a failing test that is right now', () => {
  const flowSaying = (hello: string, second?: string): Flow => ({
    format: 1,
    id: 'draft',
    name: 'Draft',
    languages: ['en'],
    variables: { answer: { type: 'text' } },
    blocks: {
      start: { type: 'start', exits: { next: 'hello' } },
      hello: { type: 'message', text: hello, exits: { next: second === undefined ? 'ask' : 'more' } },
      ...(second === undefined ? {} : { more: { type: 'message', text: second, exits: { next: 'ask' } } as const }),
      ask: { type: 'question', text: 'Which one?', variable: 'answer', exits: { answered: 'done' } },
      done: { type: 'end', text: 'Thanks', outcome: 'done' },
    },
  })
  const test: FlowTest = {
    name: 'asks',
    steps: [
      { start: '' },
      { bot: 'Hello' },
      { bot: { contains: 'Which' } },
      { expect: { block: 'ask', exits: ['hello.next'] } },
      { customer: 'blue' },
      { bot: 'Thanks' },
      { expect: { owner: 'nobody', outcome: 'done' } },
    ],
  }
  const worldOf = (flow: Flow) => {
    const { flow: compiled } = createSimulationOf(flow)
    return { flow: compiled, flowOf: () => undefined, ...world }
  }
  const createSimulationOf = (flow: Flow) => mustRun(play(flow, [{ start: '' }]).read())

  it('says what the flow does, keeps what still holds as it was written, and passes', () => {
    const rewritten = rewriteTest(test, worldOf(flowSaying('Good morning', 'Nice to see you')))
    expect(rewritten?.steps).toEqual([
      { start: '' },
      { bot: 'Good morning' },
      { bot: 'Nice to see you' },
      { bot: 'Which one?' },
      { expect: { block: 'ask', exits: ['hello.next'] } },
      { customer: 'blue' },
      { bot: 'Thanks' },
      { expect: { owner: 'nobody', outcome: 'done' } },
    ])
    expect(rewriteTest(test, worldOf(flowSaying('Hello!')))?.steps[2]).toEqual({ bot: { contains: 'Which' } })
  })

  it('asks the same questions: exits, outcome, variables', () => {
    const flow = flowSaying('Hello')
    const other: Flow = { ...flow, blocks: { ...flow.blocks, done: { type: 'abandon', reason: 'silent' } } }
    const asking: FlowTest = {
      ...test,
      steps: [...test.steps.slice(0, 5), { expect: { outcome: 'done', exits: ['ask.invalid'], variables: { answer: 'red' } } }],
    }
    expect(rewriteTest(asking, worldOf(other))?.steps.at(-1)).toEqual({
      expect: { outcome: 'abandoned', exits: ['ask.answered'], variables: { answer: null } },
    })
  })

  it('is not offered when its steps cannot be done any more', () => {
    expect(rewriteTest({ ...test, steps: [{ start: '' }, { press: 'yes' }] }, worldOf(flowSaying('Hello')))).toBeUndefined()
  })

  it('counts its steps as people do', () => {
    expect(countActions(test.steps)).toBe(2)
  })
})

describe('a time in the zone of the flow', () => {
  it.each([
    ['2026-11-20T10:14', 'Europe/Berlin', '2026-11-20T09:14:00Z'],
    ['2026-07-01T00:05', 'Asia/Kolkata', '2026-06-30T18:35:00Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-11-20T10:14', 'UTC', '2026-11-20T10:14:00Z'],
  ])('%s in %s is %s, and back', (text, zone, moment) => {
    expect(zonedMoment(text, zone)).toBe(Date.parse(moment))
    expect(zonedText(Date.parse(moment), zone)).toBe(text)
  })

  it('is none without a time', () => {
    expect(zonedMoment('', 'UTC')).toBeUndefined()
  })
})
