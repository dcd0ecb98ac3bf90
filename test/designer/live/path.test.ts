import { describe, expect, test } from 'vitest'
import { lastSession, litPath, readPath } from '../../../designer/conversations/path.ts'
import { sayOwner, sayReason } from '../../../designer/conversations/say.ts'
import { chatLines } from '../../../designer/conversations/transcript.ts'
import { deedsOf } from '../../../designer/conversations/what-may-be-done.ts'
import { initialsOf, nameOfContact } from '../../../designer/ui/contact.ts'
import { sayExactly, sayWhen } from '../../../designer/ui/when.ts'
import type { ConversationDetail, MessageAnswer, TraceAnswer } from '../../../server/api/contract.ts'

let seq = 0
const handled = (at: number, ...lines: TraceAnswer['lines']): TraceAnswer => ({ seq: ++seq, at, event: 'message_received', error: null, lines })
const left = (block: string, exit: string, why = '') => ({ kind: 'left', block, exit, why })
const waits = (block: string) => ({ kind: 'waits', block })
const opens = { kind: 'owner', why: 'A conversation opens.' }
const ended = { kind: 'owner', why: 'The conversation closes: done.', code: 'session.ended' }

const trace: readonly TraceAnswer[] = [
  handled(10, opens, left('start', 'next'), left('topic', 'order', 'Contains “order”'), waits('number')),
  handled(20, { kind: 'ignored', why: 'A timer of a wait that is over.' }, left('number', 'answered', 'Answered 7'), left('bye', 'end'), ended),
  handled(30, opens, left('start', 'next'), waits('topic')),
]
const session: ConversationDetail['session'] = { flow: 'f', version: 1, block: 'topic', wait: 3, waits_for: 'message' }

describe('the path of a conversation', () => {
  test('lists blocks in order with their reasons; a wait that is over is the step that ended it', () => {
    expect(readPath(trace).map(({ kind, block, why }) => [kind, block ?? why])).toEqual([
      ['owner', 'A conversation opens.'],
      ['passed', 'start'],
      ['passed', 'topic'],
      ['passed', 'number'],
      ['passed', 'bye'],
      ['owner', 'The conversation closes: done.'],
      ['owner', 'A conversation opens.'],
      ['passed', 'start'],
      ['waits', 'topic'],
    ])
    expect(readPath(trace)[2]).toMatchObject({ exit: 'order', why: 'Contains “order”', turn: 1, at: 10 })
  })

  test('lights the last session alone, and where it waits', () => {
    const lit = litPath(readPath(trace), session, waitsFor => `waits for ${waitsFor}`)
    expect([...(lit.visited ?? [])]).toEqual(['start', 'topic'])
    expect([...(lit.litExits?.keys() ?? [])]).toEqual(['start.next'])
    expect(lit.running).toEqual({ block: 'topic', tag: 'waits for message' })
  })

  test('of a closed conversation is that of its last session, to the end', () => {
    const lit = litPath(readPath(trace.slice(0, 2)), null, () => '')
    expect([...(lit.visited ?? [])]).toEqual(['start', 'topic', 'number', 'bye'])
    expect(lit.litExits?.get('topic.order')).toBe('Contains “order”')
    expect(lit.running).toBeUndefined()
    expect(lastSession(readPath([handled(1, opens)]))).toEqual([])
  })

  test('leaves blocks of called flows off the canvas', () => {
    const called = [handled(1, left('start', 'next'), { kind: 'left', flow: 'other', block: 'ask', exit: 'next' })]
    expect([...(litPath(readPath(called), null, () => '').visited ?? [])]).toEqual(['start'])
  })
})

describe('the chat', () => {
  const message = (id: string, at: number, direction: MessageAnswer['direction'], text: string): MessageAnswer => ({ id, at, direction, kind: 'message', text })

  test('stands in order, days apart, with what happened between; a conversation opens before its first message', () => {
    const opening = handled(12, opens, left('start', 'next'))
    const closing = handled(90_000_000, ended)
    const messages = [message(`a:${opening.seq}`, 10, 'in', 'Hello'), message('a.1', 12, 'out', 'Good morning')]
    const lines = chatLines({ messages, trace: [opening, closing] }, at => String(Math.floor(at / 86_400_000)))
    expect(lines.map(line => (line.type === 'message' ? line.message.text : line.type === 'happened' ? line.text : 'a day'))).toEqual([
      'a day',
      'A conversation opens.',
      'Hello',
      'Good morning',
      'a day',
      'The conversation closes: done.',
    ])
  })
})

describe('what happened in one step', () => {
  test('stands after what the flow said when it came after it, and before it when not', () => {
    const step = handled(50, { kind: 'owner', why: 'Kim ends the chat.' }, left('team', 'ended'), left('bye', 'end'), ended)
    const bye: MessageAnswer = { id: 'a.9', at: 50, direction: 'out', kind: 'message', text: 'Good bye' }
    const lines = chatLines({ messages: [bye], trace: [step] }, () => 'one day')
    expect(lines.map(line => (line.type === 'message' ? line.message.text : line.type === 'happened' ? line.text : 'a day'))).toEqual([
      'a day',
      'Kim ends the chat.',
      'Good bye',
      'The conversation closes: done.',
    ])
  })

  test.each([
    ['Waits in default for an agent.', 'Waits in Support for an agent.'],
    ['Kim is gone: back to default, at the front.', 'Kim is gone: back to Support, at the front.'],
    ['The conversation closes: nobody_free.', 'The conversation closes: Nobody free'],
    ['The conversation closes: closed.', 'The conversation closes'],
    ['A conversation opens.', 'A conversation opens.'],
  ])('"%s" is said as "%s"', (why, said) => {
    expect(sayReason(why, { flows: new Map(), queues: new Map([['default', 'Support']]) })).toBe(said)
  })
})

describe('people and times', () => {
  const friday = new Date(2026, 10, 20, 16, 52).getTime()
  test('somebody without a name is called after the channel and the time', () => {
    expect(nameOfContact({ name: null, channel: 'webchat', first_seen_at: friday }, friday)).toBe('Web visitor, 16:52')
    expect(nameOfContact({ name: null, channel: 'telegram', first_seen_at: friday }, friday + 86_400_000)).toBe('Somebody on Telegram, Fri 20 Nov 16:52')
    expect(nameOfContact({ name: 'Ada', channel: 'telegram', first_seen_at: friday }, friday)).toBe('Ada')
  })

  test.each([
    [0, 'just now'],
    [25 * 60_000, '25 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [26 * 3_600_000, 'Fri 20 Nov 16:52'],
    [100 * 86_400_000, 'Fri 20 Nov 2026 16:52'],
  ])('%d ms ago is "%s"', (ago, said) => {
    expect(sayWhen(friday, friday + ago)).toBe(said)
  })

  test('a moment is said one way', () => {
    expect(sayExactly(friday)).toBe('Fri 20 Nov 16:52')
  })
})

describe('a conversation in the list', () => {
  const names = { flows: new Map([['shop', 'Shop']]), queues: new Map([['default', 'Support']]) }
  const nothing = { flow: null, queue: null, agent: null, outcome: null }
  test.each([
    [{ owner: 'flow', flow: 'shop' }, 'In Shop'],
    [{ owner: 'flow', flow: 'unknown' }, 'In unknown'],
    [{ owner: 'queue', queue: 'default' }, 'Waits in Support'],
    [{ owner: 'agent', agent: { id: 'a', name: 'Kim' } }, 'With Kim'],
    [{ owner: 'nobody', outcome: 'agent_ended' }, 'Closed: Agent ended'],
    [{ owner: 'nobody', outcome: 'closed' }, 'Closed'],
  ] as const)('%j is said as "%s"', (part, text) => {
    expect(sayOwner({ ...nothing, ...part }, names)).toBe(text)
  })

  test.each([
    ['Ada Lovelace', 'AL'],
    ['Kim', 'KI'],
    [null, ''],
  ])('of %s has the letters %s', (name, letters) => {
    expect(initialsOf({ name })).toBe(letters)
  })

  test('rule 23: offers only what its owner allows, and nothing to who may only read', () => {
    expect(deedsOf({ owner: 'flow' }, true)).toContain('join')
    expect(deedsOf({ owner: 'agent' }, true)).toEqual(['say', 'end', 'hand_over', 'move', 'restart', 'close'])
    expect(deedsOf({ owner: 'nobody' }, true)).toEqual([])
    expect(deedsOf({ owner: 'queue' }, false)).toEqual([])
  })
})
