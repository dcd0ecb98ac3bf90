/** Rules of the blocks that a row of a table cannot say. */
import { describe, expect, it } from 'vitest'
import { ABILITIES } from '../../server/channels/abilities.ts'
import { advance } from '../../server/engine/advance.ts'
import { mustCompile } from '../../server/engine/file/compile.ts'
import type { Context, Conversation, Event, Flow } from '../../server/engine/index.ts'
import { newConversation } from '../../server/engine/index.ts'
import { type BlockSettings, flowAround } from './row.ts'

const opening: Event = { type: 'conversation_started' }
const said = (text: string): Event => ({ type: 'message_received', message: { id: text, text } })

function contextOf(block: BlockSettings, flow?: Partial<Omit<Flow, 'blocks'>>): Context {
  const compiled = mustCompile(flowAround({ block, ...(flow && { flow }) }), { version: 1, hash: '' })
  return {
    now: Date.UTC(2026, 10, 20, 12),
    seed: 1,
    connector: {
      id: 'k1',
      flow: compiled.id,
      session_hours: 24,
      queue: 'default',
      max_wait_ms: null,
      timeout_action: { type: 'abandon' },
      fallback: 'Something went wrong.',
      abilities: ABILITIES.telegram,
    },
    flowOf: () => compiled,
  }
}

function play(context: Context, ...events: readonly Event[]) {
  let conversation: Conversation = newConversation({ id: 'c1', channel: 'telegram' })
  let last = advance(conversation, opening, context)
  for (const event of events) {
    conversation = last.conversation
    last = advance(conversation, event, context)
  }
  return last
}

describe('blocks', () => {
  it('rule 15: the typing delay of a message belongs to its delivery, and the flow does not wait for it', () => {
    const { effects, conversation } = play(contextOf({ type: 'message', text: 'One moment', typing: '2 s' }))
    expect(effects).toContainEqual(expect.objectContaining({ type: 'send', block: 'block', typing_ms: 2000, parts: [{ text: 'One moment' }] }))
    expect(effects.filter(effect => effect.type === 'start_timer' && effect.timer === 'wait')).toEqual([])
    expect(conversation.session?.at).toBe('out')
  })

  it('rule 18: the time of a waiting block starts when what it said was delivered', () => {
    const { effects } = play(contextOf({ type: 'question', text: 'Your name?', timeout: '10 min' }))
    expect(effects).toContainEqual({ type: 'start_timer', timer: 'wait', wait: 1, delay_ms: 600_000, after_deliveries: true })
  })

  it('rule 36: the reason of a refused answer never quotes it, because the variable may be sensitive', () => {
    const block = { type: 'question', text: 'Your PIN?', answer: 'number', max: 9, variable: 'secret' }
    for (const answer of ['4711', 'swordfish']) expect(JSON.stringify(play(contextOf(block), said(answer)).trace)).not.toContain(answer)
  })

  it('rule 40: a question that waits adds nothing to the session but its place', () => {
    const { conversation } = play(contextOf({ type: 'question', text: 'Your name?', timeout: '10 min' }))
    expect(Object.keys(conversation.session ?? {}).sort()).toEqual(['at', 'flow', 'timers', 'version', 'wait'])
  })

  it('rule 10: a condition reads the message without using it up', () => {
    const block = { type: 'condition', cases: [{ id: 'long', all: [{ variable: 'message.length', operator: 'greater', value: 3 }] }] }
    const context = contextOf(block)
    const { trace, effects } = advance(newConversation({ id: 'c1', channel: 'telegram' }), said('hello'), context)
    expect(trace).toContainEqual({ kind: 'left', block: 'block', exit: 'long', why: 'length is 5' })
    expect(effects).toContainEqual(expect.objectContaining({ type: 'send', parts: [{ text: 'heard hello' }] }))
  })
})
