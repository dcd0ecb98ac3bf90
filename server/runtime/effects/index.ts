/** The list of handlers; those of queues come from the desk. */
import type { Delivery, StoredCall, Timer } from '../../store/index.ts'
import { createAnswerPress } from './answer_press.ts'
import { createCallHttp } from './call_http.ts'
import { cancelAllTimers } from './cancel_all_timers.ts'
import { cancelTimer } from './cancel_timer.ts'
import type { EffectHandlers, QueueEffects } from './effect-handler.ts'
import { note } from './note.ts'
import { pauseTimer } from './pause_timer.ts'
import { createResumeTimer } from './resume_timer.ts'
import { createSend, type Patience } from './send.ts'
import { createStartTimer } from './start_timer.ts'

/** What happens after the commit. */
export interface AfterCommit {
  deliver(deliveries: readonly Delivery[]): void
  schedule(timer: Timer): void
  answerPress(connector: string, press: string, text: string | undefined): void
  callHttp(call: StoredCall): void
}

/** Every handler. */
export function createEffects(patience: Patience, after: AfterCommit, queues: QueueEffects): EffectHandlers {
  return {
    send: createSend(patience, after.deliver),
    answer_press: createAnswerPress(after.answerPress),
    start_timer: createStartTimer(after.schedule),
    cancel_timer: cancelTimer,
    pause_timer: pauseTimer,
    resume_timer: createResumeTimer(after.schedule),
    cancel_all_timers: cancelAllTimers,
    call_http: createCallHttp(after.callHttp),
    note,
    ...queues,
  }
}
