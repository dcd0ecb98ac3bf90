/** Asks for the problems of a flow; only the answer to the latest question counts. */
import type { Flow, LintContext, Problem } from '../../server/engine/index.ts'
import type { LintAnswer, LintQuestion } from './lint-worker.ts'

/** Finds problems and tells them when they are found. */
export interface Linter {
  lint(flow: Flow, context: LintContext, found: (problems: readonly Problem[]) => void): void
  close(): void
}

/** The linter in a worker. A question that comes while it is busy waits, and only the latest one is asked. */
export function createWorkerLinter(): Linter {
  const worker = new Worker(new URL('./lint-worker.ts', import.meta.url), { type: 'module' })
  let number = 0
  let isBusy = false
  let waiting: (() => void) | undefined
  let tell: (problems: readonly Problem[]) => void = () => {}
  worker.addEventListener('message', ({ data }: MessageEvent<LintAnswer>) => {
    isBusy = false
    if (waiting) waiting()
    else if (data.number === number) tell(data.problems)
  })
  return {
    lint(flow, context, found) {
      number++
      const question: LintQuestion = { number, flow, context }
      const ask = () => {
        waiting = undefined
        isBusy = true
        tell = found
        worker.postMessage(question)
      }
      if (isBusy) waiting = ask
      else ask()
    },
    close: () => worker.terminate(),
  }
}
