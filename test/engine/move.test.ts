import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CompiledFlow, mustCompile } from '../../server/engine/file/compile.ts'
import type { Block, Flow } from '../../server/engine/file/flow.ts'
import { type Conversation, counterpartOf, createVirtual, type Event, NOT_MOVED, parseDuration, type VirtualRuntime } from '../../server/engine/index.ts'
import { MONDAY, policyOf, said, wrote } from '../helpers/conversation.ts'
import { type Happening, randomHappenings } from '../helpers/random-events.ts'
import { runnableFlow } from '../helpers/random-flow.ts'
import rows from './move.json' with { type: 'json' }

const HOW = { move: 'move', restart: 'restart' } as const
const agent = { id: 'a', name: 'Ana' }
const ENDINGS: Readonly<Record<string, Block>> = {
  thanks: { type: 'message', text: 'Thanks.', exits: { next: 'thanked' } },
  thanked: { type: 'end', outcome: 'thanked' },
  bye: { type: 'message', text: 'Bye.', exits: { next: 'over' } },
  over: { type: 'end', outcome: 'over' },
}

/** Blocks of one version; `start` leads to the first. */
function fileOf(blocks: object, more: Partial<Flow> = {}): Flow {
  const [first = ''] = Object.keys(blocks)
  return {
    format: 1,
    id: 'flow',
    name: 'Flow',
    languages: ['en'],
    ...more,
    blocks: { start: { type: 'start', exits: { next: first } }, ...blocks, ...ENDINGS },
  }
}

/** A contact of version 1; version 2 is live as soon as `publish` is called. */
function worldOf(before: Flow, after: Flow): { readonly runtime: VirtualRuntime; publish(): void } {
  const versions = [before, after].map((flow, index) => mustCompile(flow, { version: index + 1, hash: `h${index + 1}` }))
  let live = 1
  const flowOf = (_id: string, version = live): CompiledFlow | undefined => versions[version - 1]
  const runtime = createVirtual({ contact: { id: 'c', channel: 'telegram' }, connector: policyOf({ session_hours: 0 }), now: MONDAY, flowOf })
  return {
    runtime,
    publish: () => {
      live = 2
    },
  }
}

/** What whoever published decides about the place where `conversation` waits. */
function decide({ session }: Conversation, how: 'move' | 'restart', changes: Partial<Extract<Event, { type: 'conversation_moved' }>> = {}): Event {
  const { flow = 'flow', version: from = 1, at: block = '' } = session ?? {}
  return { type: 'conversation_moved', by: 'Olga', flow, from, block, version: from === 1 ? 2 : 1, how, ...changes }
}

/** Does one line of a row. `at` is where the decision of a row is about. */
function take(runtime: VirtualRuntime, at: string, line: (typeof rows)[number]['then'][number]): void {
  const log = () => runtime.state().log.at(-1)?.trace ?? []
  if (typeof line === 'string') {
    if (line === 'agent_joins') runtime.receive({ type: 'agent_joined', agent })
    else if (line === 'agent_ends') runtime.receive({ type: 'agent_left', cause: 'ended' })
    else runtime.receive(decide(runtime.state().conversation, HOW[line as 'move'], { from: 1, version: 2, block: at }))
  } else if ('says' in line && line.says !== undefined) runtime.receive(wrote(line.says, `m${runtime.state().seq}`))
  else if ('presses' in line && line.presses !== undefined) runtime.receive({ type: 'button_pressed', payload: line.presses })
  else if ('pass' in line && line.pass !== undefined) runtime.pass(parseDuration(line.pass) ?? 0)
  else if ('owner' in line && line.owner !== undefined) expect(runtime.state().conversation.owner).toBe(line.owner)
  else if ('queue' in line && line.queue !== undefined) expect(runtime.state().conversation.queue?.slug).toBe(line.queue)
  else if ('ignored' in line) expect(log()).toEqual([{ kind: 'ignored', why: line.ignored, code: NOT_MOVED }])
}

describe('a running conversation and a new version', () => {
  it.each(rows)('$name', ({ before, after, opened, at, then, said: texts, ends, waits }) => {
    const { runtime, publish } = worldOf(fileOf(before), fileOf(after))
    runtime.receive(opened ? { type: 'conversation_started' } : wrote('hello', 'm0'))
    publish()
    for (const line of then) take(runtime, at ?? Object.keys(before)[0] ?? '', line)
    const { outcome, session } = runtime.state().conversation
    expect(said(runtime)).toEqual(texts)
    expect({ outcome, waits: session?.at }).toEqual({ outcome: ends, waits })
  })

  it('says who moved it and what became of the wait', () => {
    const ask = { ask: { type: 'question', text: 'Name?', exits: { answered: 'bye' } } }
    const { runtime } = worldOf(fileOf(ask), fileOf(ask))
    runtime.receive(wrote('hello'))
    const [entry] = runtime.receive(decide(runtime.state().conversation, 'move'))
    expect(entry?.trace).toEqual([
      { kind: 'owner', why: 'Olga moves the conversation from version 1 to version 2.' },
      { kind: 'waits', block: 'ask', why: 'The wait goes on as it was.' },
    ])
  })

  it('keeps variables that the other version declares with the same type, and says which it drops', () => {
    const blocks = {
      note: {
        type: 'set',
        variables: { name: 'Ben', age: '40', town: 'Ulm', gone: 'x' },
        exits: { next: 'ask' },
      },
      ask: { type: 'question', text: 'Well?', exits: { answered: 'bye' } },
    }
    const before = fileOf(blocks, { variables: { name: { type: 'text' }, age: { type: 'text' }, town: { type: 'text' }, gone: { type: 'text' } } })
    const { runtime } = worldOf(before, fileOf(blocks, { variables: { name: { type: 'text' }, town: { type: 'text' }, age: { type: 'number' } } }))
    runtime.receive(wrote('hello'))
    expect(runtime.state().conversation.session?.vars).toEqual({ name: 'Ben', age: '40', town: 'Ulm', gone: 'x' })
    const [entry] = runtime.receive(decide(runtime.state().conversation, 'move'))
    expect(runtime.state().conversation.session?.vars).toEqual({ name: 'Ben', town: 'Ulm' })
    expect(entry?.trace).toEqual(
      expect.arrayContaining([
        { kind: 'message', block: 'ask', why: 'Variable “age” is dropped: version 2 has it as number.' },
        { kind: 'message', block: 'ask', why: 'Variable “gone” is dropped: version 2 does not have it.' },
      ]),
    )
  })

  it('refuses a conversation that is closed', () => {
    const { runtime } = worldOf(fileOf({}), fileOf({}))
    expect(runtime.receive(decide(runtime.state().conversation, 'move'))[0]?.trace[0]?.code).toBe('conversation.refused')
  })

  it('tells what stands in the place of a block', () => {
    const block: Block = { type: 'question', text: 'Name?', exits: { answered: 'bye' } }
    expect(counterpartOf(block, { ...block, label: 'Name', note: 'first', exits: {} })).toBe('same')
    expect(counterpartOf(block, { ...block, text: 'Age?' })).toBe('changed')
    expect(counterpartOf(block, { ...block, type: 'listen' })).toBe('gone')
    expect(counterpartOf(block, undefined)).toBe('gone')
    expect(counterpartOf(undefined, block)).toBe('gone')
  })
})

/** Another version of a flow, in which some blocks say something else. */
function changed(flow: Flow, choices: readonly number[]): Flow {
  const blocks = Object.entries(flow.blocks).map(([id, block], index) => {
    const choice = choices[index % choices.length] ?? 0
    if (block.type === 'start' || choice < 2) return [id, block] as const
    const text = block.text === undefined ? {} : { text: 'Something else' }
    return [id, { ...block, ...text, exits: block.exits ?? {} }] as const
  })
  return { ...flow, blocks: Object.fromEntries(blocks) }
}

const cases = fc.tuple(runnableFlow(), randomHappenings, fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }))

function play(runtime: VirtualRuntime, happening: Happening): void {
  if (happening.type === 'pass') runtime.pass(happening.ms)
  else {
    const event = eventOf(happening)
    if (event) runtime.receive(event)
  }
}

function eventOf(happening: Happening): Event | undefined {
  return happening.type === 'event' ? happening.event : undefined
}

describe('any flow, whatever happens, moved at any time', () => {
  it('rule 23: keeps the owner of whoever waits for agents or has one, and one owner altogether', () => {
    fc.assert(
      fc.property(cases, ([flow, happenings, choices]) => {
        const { runtime } = worldOf(flow, changed(flow, choices))
        for (const happening of happenings) {
          play(runtime, happening)
          const before = runtime.state().conversation
          runtime.receive(decide(before, 'move', { flow: flow.id }))
          const { owner, session, queue, agent: has } = runtime.state().conversation
          if (before.session?.mode !== undefined || before.owner === 'agent' || before.owner === 'nobody') expect(owner).toBe(before.owner)
          if (before.session?.mode === 'queue') expect({ ...queue }).toEqual({ ...before.queue })
          if (owner === 'flow') expect({ session: session !== null, queue, has }).toEqual({ session: true, queue: undefined, has: undefined })
          if (owner === 'queue') expect({ queue: queue !== undefined, has }).toEqual({ queue: true, has: undefined })
        }
      }),
      { numRuns: 80 },
    )
  })

  it('rule 17: runs exactly the timers that the session knows, each for the present wait', () => {
    fc.assert(
      fc.property(cases, ([flow, happenings, choices]) => {
        const { runtime } = worldOf(flow, changed(flow, choices))
        for (const happening of happenings) {
          play(runtime, happening)
          runtime.receive(decide(runtime.state().conversation, 'move', { flow: flow.id }))
          const { conversation, timers } = runtime.state()
          const { session } = conversation
          expect(new Set(session?.timers).size).toBe(session?.timers?.length ?? 0)
          for (const name of ['wait', 'quiet', 'inactivity'] as const) {
            expect({ name, wait: timers.get(name)?.wait }).toEqual({ name, wait: session?.timers?.includes(name) ? session.wait : undefined })
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  it('moved to a version that is the same and back, waits as if nothing had happened', () => {
    fc.assert(
      fc.property(cases, ([flow, happenings]) => {
        const { runtime } = worldOf(flow, flow)
        for (const happening of happenings) {
          play(runtime, happening)
          const { conversation, timers, paused, deliveries } = runtime.state()
          runtime.receive(decide(conversation, 'move', { flow: flow.id }))
          runtime.receive(decide(runtime.state().conversation, 'move', { flow: flow.id }))
          const after = runtime.state()
          expect(after.conversation).toEqual(conversation)
          expect([after.timers, after.paused, after.deliveries]).toEqual([timers, paused, deliveries])
        }
      }),
      { numRuns: 80 },
    )
  })
})
