/** `pause_timer`: an interrupted wait keeps the time it has left, under its slot (rule 19). */
import type { Effect } from '../../engine/index.ts'
import { removeTimer, saveTimer } from '../draft.ts'
import { timerKey } from '../lane.ts'
import type { EffectHandler } from './effect-handler.ts'

export const pauseTimer: EffectHandler<Extract<Effect, { type: 'pause_timer' }>> = ({ timer: name, slot }, { draft, store, now }) => {
  const timer = draft.timers.get(timerKey(name, 0))
  if (!timer) return
  // One that is still held for a delivery has not begun: everything is left.
  const remaining_ms = timer.due_at === null ? timer.delay_ms : Math.max(0, timer.due_at - now)
  removeTimer(draft, store, name, 0)
  saveTimer(draft, store, { ...timer, slot, due_at: null, after_delivery: null, remaining_ms })
}
