import { describe, expect, it } from 'vitest'
import { advance, safetyNet, seedOf } from '../../server/engine/index.ts'
import { contextOf, flowOf, newContact, said, virtualOf, wrote } from '../helpers/conversation.ts'

const HOUR = 3_600_000
const asking = flowOf({
  ask: { type: 'question', text: 'Name?', exits: { answered: 'bye', invalid: 'bye' } },
  bye: { type: 'end', text: 'Bye.' },
})

describe('rule 8: openings', () => {
  it('begins without a message when the contact only opened the chat', () => {
    const flow = flowOf({ route: { type: 'keywords', cases: [{ id: 'hi', words: ['hi'] }], exits: { hi: 'bye', else: 'bye' } }, bye: { type: 'end' } })
    const opened = virtualOf(flow)
    opened.receive({ type: 'conversation_started', payload: 'promo' })
    expect(opened.state().conversation.session?.at).toBe('route')
    opened.receive(wrote('hi'))
    expect(opened.state().conversation.outcome).toBe('done')
  })

  it('starts the session anew during a flow', () => {
    const runtime = virtualOf(asking)
    runtime.receive(wrote('hi'))
    runtime.receive({ type: 'conversation_started' })
    expect(said(runtime)).toEqual(['Name?', 'Name?'])
    expect(runtime.state().conversation.number).toBe(1)
  })
})

describe('rule 12: a message taken back', () => {
  it.each([
    ['two parts', 'merge'],
    ['an album', 'album'],
  ])('before %s were read leaves nothing to read, and the flow goes on waiting', (_, kind) => {
    const merge = kind === 'merge' ? { merge: { quiet: '3 s' } } : {}
    const flow = flowOf({ ear: { type: 'listen', ...merge, exits: { message: 'echo' } }, echo: { type: 'end', text: 'You said {{ message.text }}.' } })
    const runtime = virtualOf(flow)
    runtime.receive({ type: 'conversation_started' })
    const part = { id: 'm1', text: 'one', ...(kind === 'album' ? { album: 'a1' } : {}) }
    runtime.receive({ type: 'message_received', message: part })
    runtime.receive({ type: 'message_deleted', message_id: 'm1' })
    expect([...runtime.state().timers.keys()]).not.toContain('quiet')
    runtime.pass(HOUR)
    expect(said(runtime)).toEqual([])
    runtime.receive({ type: 'message_received', message: { id: 'm2', text: 'two' } })
    runtime.pass(3000)
    expect(said(runtime)).toEqual(['You said two.'])
  })
})

describe('rule 25: session duration', () => {
  it('n hours: closes what the flow owns after the silence, not before', () => {
    const runtime = virtualOf(asking, { session_hours: 2 })
    runtime.receive(wrote('hi'))
    runtime.pass(2 * HOUR - 1)
    expect(runtime.state().conversation.owner).toBe('flow')
    runtime.pass(1)
    expect(runtime.state().conversation).toMatchObject({ owner: 'nobody', outcome: 'expired' })
  })

  it('n hours: counts from the last message either way', () => {
    const flow = flowOf({
      nap: { type: 'wait', for: '1 h', exits: { next: 'ask' } },
      ask: { type: 'question', text: 'Name?', exits: { answered: 'bye', invalid: 'bye' } },
      bye: { type: 'end' },
    })
    const runtime = virtualOf(flow, { session_hours: 2 })
    runtime.receive(wrote('hi'))
    runtime.pass(2 * HOUR)
    expect(runtime.state().conversation.owner).toBe('flow')
    runtime.pass(HOUR)
    expect(runtime.state().conversation.outcome).toBe('expired')
  })

  it('n hours: never closes what waits for an agent', () => {
    const flow = flowOf({
      team: { type: 'queue', queue: 'support', exits: { ended: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
      bye: { type: 'end' },
    })
    const runtime = virtualOf(flow, { session_hours: 1 })
    runtime.receive(wrote('hi'))
    runtime.pass(48 * HOUR)
    expect(runtime.state().conversation.owner).toBe('queue')
  })

  const reopening: [number, number, number][] = [
    [0, 1000 * HOUR, 1],
    [24, 23 * HOUR, 1],
    [24, 24 * HOUR, 2],
    [-1, 1, 2],
  ]
  for (const [hours, later, number] of reopening) {
    it(`${hours} hours: a message ${later / HOUR} h after the close is in conversation ${number}`, () => {
      const runtime = virtualOf(asking, { session_hours: hours })
      runtime.receive(wrote('hi'))
      runtime.receive({ type: 'conversation_closed', by: 'Olga' })
      runtime.pass(later)
      runtime.receive(wrote('again', 'm2'))
      expect(runtime.state().conversation).toMatchObject({ number, owner: 'flow' })
      expect(runtime.state().conversation.session?.at).toBe('ask')
    })
  }

  it('-1: each message opens a new conversation, even while a block waits', () => {
    const runtime = virtualOf(asking, { session_hours: -1 })
    runtime.receive(wrote('hi'))
    runtime.receive(wrote('Ana', 'm2'))
    expect(runtime.state().conversation.number).toBe(2)
    expect(said(runtime)).toEqual(['Name?', 'Name?'])
  })

  it('a reopened conversation has new variables and the same contact fields', () => {
    const flow = flowOf(
      {
        note: { type: 'set', variables: { name: '{{ vars.name }}x' }, contact: { first_name: 'Bea' }, exits: { next: 'show' } },
        show: { type: 'message', text: '{{ vars.name }} {{ contact.first_name }}', exits: { next: 'bye' } },
        bye: { type: 'end' },
      },
      { variables: { name: { type: 'text' } } },
    )
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    runtime.receive(wrote('hi', 'm2'))
    expect(said(runtime)).toEqual(['x Bea', 'x Bea'])
  })
})

describe('rule 26: an unconnected exit', () => {
  it('ends the flow with outcome incomplete', () => {
    const runtime = virtualOf(flowOf({ say: { type: 'message', text: 'Hello.' } }))
    runtime.receive(wrote('hi'))
    expect(runtime.state().conversation).toMatchObject({ owner: 'nobody', outcome: 'incomplete' })
  })
})

describe('rule 27: guards and the safety net', () => {
  const looping = { one: { type: 'set', exits: { next: 'two' } }, two: { type: 'set', exits: { next: 'one' } } }

  it('stops a loop after 1,000 blocks and hands the contact to the default queue', () => {
    const runtime = virtualOf(flowOf(looping))
    const [entry] = runtime.receive(wrote('hi'))
    expect(entry?.trace.filter(line => line.kind === 'left')).toHaveLength(1000)
    expect(runtime.state().conversation).toMatchObject({ owner: 'queue', queue: { slug: 'default', forced: true } })
    expect(said(runtime)).toEqual(['Something went wrong here. An agent will answer you.'])
  })

  it('goes to on_error first, and keeps what was decided before', () => {
    const flow = flowOf({
      hello: { type: 'message', text: 'Hello.', exits: { next: 'one' } },
      ...looping,
      oops: { type: 'on_error', causes: ['guard'], exits: { next: 'sorry' } },
      sorry: { type: 'end', text: 'Sorry.', outcome: 'failed' },
    })
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    expect(said(runtime)).toEqual(['Hello.', 'Sorry.'])
    expect(runtime.state().conversation.outcome).toBe('failed')
  })

  it('rule 24: the safety net acts when on_error fails too', () => {
    const runtime = virtualOf(flowOf({ ...looping, oops: { type: 'on_error', exits: { next: 'one' } } }))
    runtime.receive(wrote('hi'))
    expect(runtime.state().conversation.owner).toBe('queue')
  })

  it('sends at most 20 messages in a step', () => {
    const runtime = virtualOf(flowOf({ say: { type: 'message', text: 'Hello.', exits: { next: 'say' } } }))
    runtime.receive(wrote('hi'))
    expect(said(runtime)).toHaveLength(21)
    expect(runtime.state().conversation.owner).toBe('queue')
  })

  it('runs 30 messages a minute, then says so once', () => {
    const runtime = virtualOf(flowOf({ say: { type: 'message', text: 'Yes?', exits: { next: 'hear' } }, hear: { type: 'listen', exits: { message: 'say' } } }))
    for (let i = 0; i < 40; i++) runtime.receive(wrote('hi', `m${i}`))
    expect(said(runtime).filter(text => text === 'Yes?')).toHaveLength(30)
    expect(said(runtime)).toHaveLength(31)
    runtime.pass(60_000)
    runtime.receive(wrote('hi', 'm99'))
    expect(said(runtime).at(-1)).toBe('Yes?')
  })

  it('in place of a step that threw, the contact gets the fallback and an agent', () => {
    const result = safetyNet(newContact(), wrote('hi'), contextOf(asking), 'boom')
    expect(result.conversation).toMatchObject({ number: 1, owner: 'queue' })
    expect(result.effects.map(effect => effect.type)).toEqual(['send', 'note', 'cancel_all_timers', 'join_queue'])
  })

  it('a flow without a live version is caught too', () => {
    const result = advance(newContact(), wrote('hi'), contextOf(undefined))
    expect(result.conversation.owner).toBe('queue')
  })
})

describe('rule 24: the connector', () => {
  const broken = flowOf({ one: { type: 'set', exits: { next: 'one' } } })

  it('closes as abandoned when nobody came in its maximum wait', () => {
    const runtime = virtualOf(broken, { max_wait_ms: HOUR })
    runtime.receive(wrote('hi'))
    runtime.pass(HOUR)
    expect(runtime.state().conversation).toMatchObject({ owner: 'nobody', outcome: 'abandoned' })
  })

  it('goes on in a flow when its timeout action says so', () => {
    const flow = flowOf({ say: { type: 'end', text: 'Nobody came.', outcome: 'late' } })
    let running = broken
    const started = advance(newContact(), wrote('hi'), {
      ...contextOf(broken, { max_wait_ms: HOUR, timeout_action: { type: 'flow', flow: 'late' } }),
      flowOf: () => running,
    })
    running = flow
    const wait = started.conversation.queue?.wait ?? 0
    const fired = advance(
      started.conversation,
      { type: 'timer_fired', timer: 'queue', wait },
      { ...contextOf(flow, { timeout_action: { type: 'flow', flow: 'late' } }), flowOf: () => running },
    )
    expect(fired.conversation.outcome).toBe('late')
  })
})

describe('rule 29: late failures', () => {
  const flow = flowOf({
    ask: { type: 'question', text: 'Name?', exits: { answered: 'next', invalid: 'next', error: 'broken' } },
    next: { type: 'listen', exits: { message: 'bye' } },
    broken: { type: 'end', text: 'It broke.', outcome: 'broken' },
    bye: { type: 'end' },
  })
  const failure = (level: 'message' | 'contact', wait: number) =>
    ({ type: 'delivery_failed', delivery: 1, block: 'ask', wait, level, reason: 'refused' }) as const

  it('takes the error exit while the block that sent it still waits', () => {
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    runtime.receive(failure('message', 1))
    expect(runtime.state().conversation.outcome).toBe('broken')
  })

  it('is only a trace line later on', () => {
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    runtime.receive(wrote('Ana', 'm2'))
    const [entry] = runtime.receive(failure('message', 1))
    expect(entry?.trace).toEqual([{ kind: 'ignored', why: 'A delivery failed: refused' }])
  })

  it('moves the session at any time when the contact is out of reach, once', () => {
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    runtime.receive(wrote('Ana', 'm2'))
    runtime.receive(failure('contact', 1))
    expect(runtime.state().conversation).toMatchObject({ outcome: 'broken', contact: { blocked: true } })
  })
})

describe('rule 17: every wait has a number', () => {
  it('ignores a timer of an earlier wait, with a trace line', () => {
    const runtime = virtualOf(asking)
    runtime.receive(wrote('hi'))
    const [entry] = runtime.receive({ type: 'timer_fired', timer: 'wait', wait: 0 })
    expect(entry?.trace).toEqual([{ kind: 'ignored', why: 'The timer belongs to a wait that is over.' }])
  })
})

describe('rule 40: what is remembered is small', () => {
  it('a waiting session of a flow without variables is at most 120 bytes', () => {
    const flow = flowOf({
      team: { type: 'question', text: 'Name?', timeout: '10 min', exits: { answered: 'bye', invalid: 'bye', timeout: 'bye' } },
      bye: { type: 'end' },
    })
    const runtime = virtualOf(flow)
    runtime.receive(wrote('a long first message that nobody needs later on, so it is not kept in the session at all'))
    expect(JSON.stringify(runtime.state().conversation.session).length).toBeLessThanOrEqual(120)
  })

  it('keeps the current message only where a later block can still read it', () => {
    const flow = flowOf({
      nap: { type: 'wait', for: '1 h', exits: { next: 'route' } },
      route: { type: 'keywords', cases: [{ id: 'hi', words: ['hi'] }], exits: { hi: 'bye', else: 'bye' } },
      bye: { type: 'end' },
    })
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    expect(runtime.state().conversation.session?.message?.text).toBe('hi')
  })
})

describe('rule 38: exact repetition', () => {
  it('makes the same seed of the same conversation and number, another for the next', () => {
    expect([seedOf('c-1', 1), seedOf('c-1', 1)]).toEqual([seedOf('c-1', 1), seedOf('c-1', 1)])
    expect(seedOf('c-1', 2)).not.toBe(seedOf('c-1', 1))
  })
})

describe('rule 21: a queue that answers again after a crash', () => {
  const flow = flowOf({
    team: { type: 'queue', queue: 'support', text: 'Queued.', exits: { ended: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
    bye: { type: 'end' },
  })

  it('is heard once', () => {
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    const { wait } = runtime.state().conversation.queue ?? { wait: 0 }
    runtime.receive({ type: 'queue_joined', queue: 'support', wait, position: 1 })
    expect(said(runtime)).toEqual(['Queued.'])
    expect(runtime.state().log.at(-1)?.trace).toEqual([{ kind: 'ignored', why: 'The queue answered already.' }])
  })

  it('is another answer when the conversation was handed to another queue', () => {
    const runtime = virtualOf(flow)
    runtime.receive(wrote('hi'))
    runtime.receive({ type: 'conversation_handed_over', by: 'Olga', queue: 'sales' })
    expect(said(runtime)).toEqual(['Queued.', 'Queued.'])
    expect(runtime.state().conversation.queue).toMatchObject({ slug: 'sales', position: 1 })
  })
})
