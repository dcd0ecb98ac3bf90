/** The dangerous moments, by name, so that a crash test can kill the process exactly there. */

/** Every named moment. */
export type Checkpoint =
  | 'inbox.before_commit'
  | 'inbox.after_commit'
  | 'step.before_commit'
  | 'step.after_commit'
  | 'step.in_hand'
  | 'outbox.before_send'
  | 'outbox.after_send'
  | 'outbox.after_settle'
  | 'timer.before_fire'
  | 'queue.before_answer'
  | 'file.before_settle'
  | 'http.before_call'
  | 'http.before_answer'
  | 'move.before_progress'

/** `PARLEY_CRASH_AT=outbox.after_send:3` kills the process at the third passing; only tests set it. */
const [crashAt, times = '1'] = (process.env.PARLEY_CRASH_AT ?? '').split(':')
let left = Number(times)

/** Passes a dangerous moment: nothing, unless a test asked for death here. */
export const checkpoint: (moment: Checkpoint) => void = crashAt
  ? moment => {
      if (moment === crashAt && --left === 0) process.kill(process.pid, 'SIGKILL')
    }
  : () => {}
