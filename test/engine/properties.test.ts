import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ABILITIES } from '../../server/channels/abilities.ts'
import { type CompiledFlow, mustCompile } from '../../server/engine/file/compile.ts'
import type { Flow } from '../../server/engine/file/flow.ts'
import { testPolicy } from '../../server/engine/flow-test-player.ts'
import { type Conversation, createVirtual, type Event, type VirtualEntry, type VirtualRuntime } from '../../server/engine/index.ts'
import { type Happening, randomHappenings } from '../helpers/random-events.ts'
import { runnableFlow } from '../helpers/random-flow.ts'

const { telegram } = ABILITIES
const policy = testPolicy('flow', telegram)

function virtualOf(flow: CompiledFlow, session_hours: number): VirtualRuntime {
  return createVirtual({
    contact: { id: 'c', channel: 'telegram', first_name: 'Ana' },
    connector: { ...policy, flow: flow.id, session_hours, max_wait_ms: 600_000 },
    now: 1_790_000_000_000,
    flowOf: () => flow,
  })
}

/** Plays happenings and hands every entry, with the state before and after, to `look`. */
function play(runtime: VirtualRuntime, happenings: readonly Happening[], look?: (before: Conversation, entries: readonly VirtualEntry[]) => void): void {
  for (const happening of happenings) {
    const before = runtime.state().conversation
    // Apart from `look`: an optional call would not even play when there is nobody to look.
    const entries = happening.type === 'pass' ? runtime.pass(happening.ms) : runtime.receive(eventOf(happening, runtime))
    look?.(before, entries)
  }
}

function eventOf(happening: Exclude<Happening, { type: 'pass' }>, runtime: VirtualRuntime): Event {
  if (happening.type === 'event') return happening.event
  if (happening.type === 'answer_call') return { type: 'http_answered', wait: runtime.state().call?.wait ?? 0, answer: happening.answer }
  const shown = runtime
    .state()
    .deliveries.flatMap(delivery => delivery.message.buttons ?? [])
    .filter(button => button.payload !== undefined)
  const button = shown[shown.length - 1 - (happening.nth % Math.max(1, shown.length))]
  return { type: 'button_pressed', payload: button?.payload ?? '0:nothing', title: button?.label ?? 'Nothing', press: 'p' }
}

const cases = fc.tuple(runnableFlow(), randomHappenings, fc.constantFrom(0, 24, -1))
const check = (look: (flow: Flow, happenings: readonly Happening[], hours: number) => void) =>
  fc.assert(
    fc.property(cases, ([flow, happenings, hours]) => look(flow, happenings, hours)),
    { numRuns: 150 },
  )

function compile(flow: Flow): CompiledFlow {
  return mustCompile(flow, { version: 1, hash: 'h' })
}

describe('any flow, whatever happens', () => {
  it('rule 23: has exactly one owner, with what belongs to it', () => {
    check((flow, happenings, hours) => {
      const runtime = virtualOf(compile(flow), hours)
      play(runtime, happenings, () => {
        const { owner, session, queue, agent, closed_at, number } = runtime.state().conversation
        if (owner === 'flow') expect({ session: session !== null, queue, agent }).toEqual({ session: true, queue: undefined, agent: undefined })
        if (owner === 'queue') expect({ queue: queue !== undefined, agent }).toEqual({ queue: true, agent: undefined })
        if (owner === 'agent') expect(agent).toBeDefined()
        if (owner === 'nobody')
          expect({ session, queue, agent, closed: closed_at !== undefined || number === 0 }).toEqual({
            session: null,
            queue: undefined,
            agent: undefined,
            closed: true,
          })
      })
    })
  })

  it('rule 1: ends or waits, at a block of the flow', () => {
    check((flow, happenings, hours) => {
      const compiled = compile(flow)
      const runtime = virtualOf(compiled, hours)
      play(runtime, happenings, () => {
        const { session, waits } = runtime.state().conversation
        if (!session) return
        expect(compiled.blocks.has(session.at)).toBe(true)
        expect(session.wait).toBeLessThanOrEqual(waits)
      })
    })
  })

  it('rule 38: gives the same bytes for the same inputs', () => {
    check((flow, happenings, hours) => {
      const compiled = compile(flow)
      const [one, two] = [virtualOf(compiled, hours), virtualOf(compile(flow), hours)]
      play(one, happenings)
      play(two, happenings)
      expect(JSON.stringify([one.state().conversation, one.state().deliveries, one.state().log])).toBe(
        JSON.stringify([two.state().conversation, two.state().deliveries, two.state().log]),
      )
    })
  })

  it('rule 2: leaves the conversation it was given as it was', () => {
    check((flow, happenings, hours) => {
      const runtime = virtualOf(compile(flow), hours)
      for (const happening of happenings) {
        deepFreeze(runtime.state().conversation)
        play(runtime, [happening])
      }
    })
  })

  it('rule 10: gives every message a place: taken, kept, or shown to an agent', () => {
    check((flow, happenings, hours) => {
      const runtime = virtualOf(compile(flow), hours)
      play(runtime, happenings, (before, entries) => {
        const entry = entries.find(one => one.event.type === 'message_received')
        if (!entry || before.owner === 'queue' || before.owner === 'agent') return
        expect(entry.trace.length).toBeGreaterThan(0)
      })
    })
  })

  it('rule 30: sends nothing that the channel could not take', () => {
    check((flow, happenings, hours) => {
      const runtime = virtualOf(compile(flow), hours)
      play(runtime, happenings)
      for (const { message } of runtime.state().deliveries) {
        expect((message.text ?? '').length).toBeLessThanOrEqual(telegram.text)
        for (const button of message.buttons ?? []) expect(new TextEncoder().encode(button.payload ?? '').length).toBeLessThanOrEqual(64)
      }
    })
  })
})

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const part of Object.values(value)) deepFreeze(part)
}
