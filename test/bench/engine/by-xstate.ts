/** The scenario as an XState machine: an actor is restored from its persisted snapshot, hears one message, and is persisted again. */
import { assign, createActor, setup } from 'xstate'
import type { InboundMessage } from '../../../server/engine/index.ts'
import { answerByHand, MOST_LENGTH } from '../scenario.ts'

interface Context {
  readonly first_name: string
  readonly text: string
  readonly answer: string
  readonly sends: number
}

const machine = setup({
  types: {
    context: {} as Context,
    events: {} as { type: 'message'; text: string },
    input: {} as { first_name: string },
  },
  guards: {
    isTooLong: ({ context }) => context.text.length > MOST_LENGTH,
    asksPrices: ({ context }) => /\b(prices|price list|cost)\b/i.test(context.text),
    asksHours: ({ context }) => /\b(hours|open)\b/i.test(context.text),
    asksAgent: ({ context }) => /\b(agent|human)\b/i.test(context.text),
  },
  actions: {
    take: assign({ text: ({ event }) => event.text }),
    answer: assign({
      answer: ({ context }) => answerByHand(context.sends === 0, context.first_name, context.text),
      sends: ({ context }) => context.sends + 1,
    }),
  },
}).createMachine({
  id: 'bench',
  context: ({ input }) => ({ first_name: input.first_name, text: '', answer: '', sends: 0 }),
  initial: 'listen',
  states: {
    listen: { on: { message: { target: 'length', actions: 'take' } } },
    length: { always: [{ guard: 'isTooLong', target: 'too_long' }, { target: 'topic' }] },
    topic: {
      always: [{ guard: 'asksPrices', target: 'prices' }, { guard: 'asksHours', target: 'hours' }, { guard: 'asksAgent', target: 'agent' }, { target: 'else' }],
    },
    prices: { always: { target: 'listen', actions: 'answer' } },
    hours: { always: { target: 'listen', actions: 'answer' } },
    agent: { always: { target: 'listen', actions: 'answer' } },
    else: { always: { target: 'listen', actions: 'answer' } },
    too_long: { always: { target: 'listen', actions: 'answer' } },
  },
})

/** A persisted snapshot to begin with. */
export function firstSnapshot(): string {
  return JSON.stringify(
    createActor(machine, { input: { first_name: 'Ana' } })
      .start()
      .getPersistedSnapshot(),
  )
}

/** One step: snapshot as JSON, a message, and the snapshot as JSON again. */
export function stepByXstate(json: string, message: InboundMessage): { json: string; answer: string } {
  const actor = createActor(machine, { snapshot: JSON.parse(json), input: { first_name: '' } }).start()
  actor.send({ type: 'message', text: message.text })
  const { answer } = actor.getSnapshot().context
  const persisted = JSON.stringify(actor.getPersistedSnapshot())
  actor.stop()
  return { json: persisted, answer }
}
