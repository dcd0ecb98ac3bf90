import { expect, it } from 'vitest'
import { advance } from '../../server/engine/index.ts'
import { contextOf, flowOf, newContact, wrote } from '../helpers/conversation.ts'

it('rule 18: the time of a call runs from the call, whatever is still unsent before it', () => {
  const flow = flowOf({
    hello: { type: 'message', text: 'One moment.', exits: { next: 'call' } },
    call: { type: 'http', url: 'https://shop.example.com/', timeout: '7 s', exits: { success: 'bye', refused: 'bye', error: 'bye', timeout: 'bye' } },
    bye: { type: 'end' },
  })
  const { effects, conversation } = advance(newContact(), wrote('hi'), contextOf(flow))
  expect(effects.map(({ type }) => type)).toEqual(expect.arrayContaining(['send', 'call_http']))
  expect(effects).toContainEqual({ type: 'start_timer', timer: 'wait', wait: 1, delay_ms: 7000, after_deliveries: false })
  // The call itself is with the runtime: the session stays small (rule 40).
  expect(JSON.stringify(conversation.session).length).toBeLessThanOrEqual(140)
})
