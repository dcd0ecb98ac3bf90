/** `cancel_all_timers`: every timer of the contact, paused ones too. */
import type { Effect } from '../../engine/index.ts'
import type { EffectHandler } from './effect-handler.ts'

export const cancelAllTimers: EffectHandler<Extract<Effect, { type: 'cancel_all_timers' }>> = (_effect, { draft, store }) => {
  if (draft.timers.size === 0) return
  draft.timers.clear()
  draft.writes.push(...store.timers.removeAll([draft.contact.id]))
}
