/** `start_timer`: runs at once, or in full after everything decided before it was sent or failed (rule 18). */
import type { Effect } from '../../engine/index.ts'
import type { Timer } from '../../store/index.ts'
import { saveTimer } from '../draft.ts'
import type { EffectHandler } from './effect-handler.ts'

/** Makes the handler. `schedule` is called after the commit for a timer that runs. */
export function createStartTimer(schedule: (timer: Timer) => void): EffectHandler<Extract<Effect, { type: 'start_timer' }>> {
  return ({ timer: name, wait, delay_ms, after_deliveries }, { draft, store, now }) => {
    const last = after_deliveries ? draft.unsettled.at(-1) : undefined
    const timer: Timer = {
      contact: draft.contact.id,
      name,
      slot: 0,
      wait,
      due_at: last === undefined ? now + delay_ms : null,
      delay_ms,
      after_delivery: last ?? null,
      remaining_ms: null,
    }
    saveTimer(draft, store, timer)
    if (timer.due_at !== null) draft.after.push(() => schedule(timer))
  }
}
