import { describe, expect, it } from 'vitest'
import { advance, type Conversation, type Event, type EventType, type Owner } from '../../server/engine/index.ts'
import { OWNERSHIP } from '../../server/engine/ownership.ts'
import { contextOf, flowOf, MONDAY, newContact, wrote } from '../helpers/conversation.ts'

const flow = flowOf({
  ask: { type: 'question', text: 'Name?', exits: { answered: 'wait_for_agent', invalid: 'wait_for_agent' } },
  wait_for_agent: { type: 'queue', queue: 'support', exits: { ended: 'bye', full: 'bye', unavailable: 'bye', left: 'bye' } },
  bye: { type: 'end', text: 'Bye.' },
})
const agent = { id: 'a', name: 'Ana' }

/** One conversation of each owner, reached as real ones are. */
function conversationOf(owner: Owner): Conversation {
  const context = contextOf(flow)
  let conversation = newContact()
  const then = (event: Event) => {
    conversation = advance(conversation, event, context).conversation
  }
  if (owner === 'nobody') return conversation
  then(wrote('hi'))
  if (owner === 'flow') return conversation
  then(wrote('Ben'))
  if (owner === 'queue') return conversation
  then({ type: 'agent_joined', agent })
  return conversation
}

const EVENTS: Readonly<Record<EventType, Event>> = {
  conversation_started: { type: 'conversation_started' },
  message_received: wrote('again', 'm9'),
  message_edited: { type: 'message_edited', message_id: 'm1', text: 'new' },
  message_deleted: { type: 'message_deleted', message_id: 'm1' },
  button_pressed: { type: 'button_pressed', payload: '77:yes', press: 'p' },
  timer_fired: { type: 'timer_fired', timer: 'wait', wait: 77 },
  queue_joined: { type: 'queue_joined', wait: 2, queue: 'support', position: 1 },
  queue_refused: { type: 'queue_refused', wait: 2, queue: 'support', reason: 'full' },
  queue_position: { type: 'queue_position', wait: 2, queue: 'support', position: 1 },
  http_answered: { type: 'http_answered', wait: 77, answer: { status: 200 } },
  agent_joined: { type: 'agent_joined', agent },
  agent_said: { type: 'agent_said', agent, text: 'Hello.' },
  agent_noted: { type: 'agent_noted', agent, text: 'Note.' },
  agent_left: { type: 'agent_left', cause: 'ended' },
  contact_blocked: { type: 'contact_blocked' },
  contact_unblocked: { type: 'contact_unblocked' },
  contact_left: { type: 'contact_left' },
  contact_changed: { type: 'contact_changed', language: 'de' },
  delivery_failed: { type: 'delivery_failed', delivery: 1, wait: 77, level: 'message', reason: 'refused' },
  conversation_closed: { type: 'conversation_closed', by: 'Olga' },
  conversation_restarted: { type: 'conversation_restarted', by: 'Olga' },
  conversation_handed_over: { type: 'conversation_handed_over', by: 'Olga', queue: 'sales' },
  conversation_moved: { type: 'conversation_moved', by: 'Olga', flow: 'flow', from: 1, block: 'ask', version: 2, how: 'move' },
}

/** The owner afterwards; what is not here stays as it was. */
const MOVES: Readonly<Record<Owner, Partial<Record<EventType, Owner>>>> = {
  nobody: { conversation_started: 'flow', message_received: 'flow' },
  flow: { message_received: 'queue', agent_joined: 'agent', conversation_closed: 'nobody', conversation_handed_over: 'queue' },
  queue: {
    queue_refused: 'nobody',
    agent_joined: 'agent',
    contact_blocked: 'nobody',
    contact_left: 'nobody',
    conversation_closed: 'nobody',
    conversation_restarted: 'flow',
  },
  agent: {
    agent_left: 'nobody',
    contact_blocked: 'nobody',
    contact_left: 'nobody',
    conversation_closed: 'nobody',
    conversation_restarted: 'flow',
    conversation_handed_over: 'queue',
  },
}

describe('rule 23: owners, state by event', () => {
  for (const owner of Object.keys(OWNERSHIP) as Owner[]) {
    for (const [type, event] of Object.entries(EVENTS) as [EventType, Event][]) {
      const after = MOVES[owner][type] ?? owner
      it(`${owner}: ${type} ${after === owner ? 'keeps the owner' : `gives it to ${after}`}`, () => {
        const result = advance(conversationOf(owner), event, contextOf(flow, {}, MONDAY + 1000))
        expect(result.conversation.owner).toBe(after)
        const refused = result.trace.some(line => line.code === 'conversation.refused')
        expect(refused).toBe(OWNERSHIP[owner][type] === 'refuse')
      })
    }
  }

  it('says which owner stands in the way', () => {
    const { trace } = advance(conversationOf('queue'), EVENTS.agent_said, contextOf(flow))
    expect(trace).toEqual([{ kind: 'ignored', why: 'Not possible while the queue owns it.', code: 'conversation.refused' }])
  })

  it('keeps the original waiting time when an agent gives a conversation back', () => {
    const back = advance(conversationOf('agent'), { type: 'agent_left', cause: 'lost' }, contextOf(flow, {}, MONDAY + 60_000))
    expect(back.effects).toContainEqual({ type: 'join_queue', queue: 'support', wait: 2, priority: 5, since: MONDAY, front: true, force: true })
  })
})
