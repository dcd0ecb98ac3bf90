/** What a careful programmer would write instead of a flow, with the same JSON in and out and the same kind of trace. */
import type { InboundMessage } from '../../../server/engine/index.ts'
import { answerByHand } from '../scenario.ts'

/** As much state as the engine keeps of a contact who waits in `listen`. */
interface State {
  contact: { id: string; channel: string; name: string; first_name: string; language: string }
  number: number
  owner: string
  session: { flow: string; version: number; at: string; wait: number }
  opened_at: number
  last_message_at: number
  sends: number
  waits: number
  flood: { since: number; count: number }
}

/** One step: state as JSON, a message, and the state as JSON again. */
export function stepByHand(json: string, message: InboundMessage, now: number): { json: string; effects: readonly object[]; trace: readonly object[] } {
  const state = JSON.parse(json) as State
  const fresh = now - state.flood.since >= 60_000
  state.flood = { since: fresh ? now : state.flood.since, count: fresh ? 1 : state.flood.count + 1 }
  const isFirst = state.sends === 0
  const text = answerByHand(isFirst, state.contact.first_name, message.text)
  state.last_message_at = now
  state.waits += 1
  state.session.wait = state.waits
  state.sends += 1
  const effects = [{ type: 'send', delivery: state.sends, kind: 'message', parts: [{ text }], block: 'answer', wait: state.waits }]
  const trace = [
    { kind: 'left', block: 'listen', exit: 'message', why: '' },
    { kind: 'left', block: 'length', exit: 'ok', why: '' },
    { kind: 'left', block: 'topic', exit: isFirst ? 'hello' : 'answer', why: 'a word occurs' },
    { kind: 'left', block: 'answer', exit: 'next', why: '' },
    { kind: 'waits', block: 'listen' },
  ]
  return { json: JSON.stringify(state), effects, trace }
}
