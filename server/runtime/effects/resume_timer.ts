/** `resume_timer`: the interrupted wait goes on with the time it had left. */
import type { Effect } from '../../engine/index.ts'
import type { Timer } from '../../store/index.ts'
import { removeTimer, saveTimer } from '../draft.ts'
import { timerKey } from '../lane.ts'
import type { EffectHandler } from './effect-handler.ts'

/** Makes the handler. `schedule` is called after the commit. */
export function createResumeTimer(schedule: (timer: Timer) => void): EffectHandler<Extract<Effect, { type: 'resume_timer' }>> {
  return ({ timer: name, slot, wait }, { draft, store, now }) => {
    const paused = draft.timers.get(timerKey(name, slot))
    if (!paused) return
    const timer: Timer = { ...paused, slot: 0, wait, due_at: now + (paused.remaining_ms ?? 0), remaining_ms: null }
    removeTimer(draft, store, name, slot)
    saveTimer(draft, store, timer)
    draft.after.push(() => schedule(timer))
  }
}
