/** `call_http`: a row that says what waits for an answer; the call goes out once the step is committed. */
import type { Effect } from '../../engine/index.ts'
import type { StoredCall } from '../../store/index.ts'
import type { EffectHandler } from './effect-handler.ts'

/** Makes the handler. `make` is called after the commit. */
export function createCallHttp(make: (call: StoredCall) => void): EffectHandler<Extract<Effect, { type: 'call_http' }>> {
  return ({ wait, call }, { draft, store, conversation, now }) => {
    const stored: StoredCall = { contact: draft.contact.id, wait, conversation: conversation.number, call, asked_at: now }
    draft.writes.push(...store.httpCalls.insert([stored]))
    draft.after.push(() => make(stored))
  }
}
