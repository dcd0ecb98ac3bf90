/** Asks for the problems of a flow; only the answer to the latest question counts. */
import type { Flow, LintContext, Problem } from '../../server/engine/index.ts'
import { changesBetween } from './flow-changes.ts'
import type { LintAnswer, LintQuestion } from './lint-worker.ts'

/** Finds problems and tells them when they are found. */
export interface Linter {
  lint(flow: Flow, context: LintContext, found: (problems: readonly Problem[]) => void): void
  close(): void
}

/** The linter in a worker. A question that comes while it is busy waits, and only the latest one is asked. */
export function createWorkerLinter(): Linter {
  const worker = new Worker(new URL('./lint-worker.ts', import.meta.url), { type: 'module' })
  let isBusy = false
  let waiting: (() => void) | undefined
  let tell: (problems: readonly Problem[]) => void = () => {}
  let known: { readonly flow: Flow; readonly context: LintContext } | undefined
  worker.addEventListener('message', ({ data }: MessageEvent<LintAnswer>) => {
    isBusy = false
    waiting?.()
    // Not busy again: nothing that matters changed since the question.
    if (!isBusy) tell(data.problems)
  })
  return {
    lint(flow, context, found) {
      const ask = () => {
        waiting = undefined
        tell = found
        const changes = changesBetween(known?.flow, flow)
        const isContextNew = known?.context !== context
        known = { flow, context }
        // Blocks were only moved: the problems are those that were told last.
        if (!changes && !isContextNew) return
        isBusy = true
        const question: LintQuestion = { ...(changes ? { changes } : {}), ...(isContextNew ? { context } : {}) }
        worker.postMessage(question)
      }
      if (isBusy) waiting = ask
      else ask()
    },
    close: () => worker.terminate(),
  }
}
