/** Asks for the problems of a flow; only the answer to the latest question counts. */
import type { Flow, LintContext, Problem } from '../../server/engine/index.ts'
import { changesBetween } from './flow-changes.ts'
import type { LintAnswer, LintQuestion } from './lint-worker.ts'

/** What is told when the problems are found, or could not be looked for. */
export interface LintListener {
  found(problems: readonly Problem[]): void
  failed(): void
}

/** Finds problems and tells them when they are found. */
export interface Linter {
  lint(flow: Flow, context: LintContext, listener: LintListener): void
  /** Looks again after it failed; before that, nothing is looked for. */
  again(): void
  close(): void
}

/** The linter in a worker. A question that comes while it is busy waits, and only the latest one is asked. */
export function createWorkerLinter(): Linter {
  let worker: Worker | undefined
  let hasFailed = false
  let isBusy = false
  let latest: { readonly flow: Flow; readonly context: LintContext; readonly listener: LintListener } | undefined
  let known: { readonly flow: Flow; readonly context: LintContext } | undefined

  function start(): Worker {
    const started = new Worker(new URL('./lint-worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<LintAnswer>) => {
      isBusy = false
      ask()
      // Not busy again: nothing that matters changed since the question.
      if (!isBusy) latest?.listener.found(data.problems)
    })
    // Its script could not be loaded, or it stopped in the middle: what it knows is lost with it.
    started.addEventListener('error', () => {
      stop()
      hasFailed = true
      latest?.listener.failed()
    })
    return started
  }

  function ask(): void {
    if (!latest) return
    const { flow, context } = latest
    if (known?.flow === flow && known.context === context) return
    const changes = changesBetween(known?.flow, flow)
    const isContextNew = known?.context !== context
    known = { flow, context }
    // Blocks were only moved: the problems are those that were told last.
    if (!changes && !isContextNew) return
    isBusy = true
    const question: LintQuestion = { ...(changes ? { changes } : {}), ...(isContextNew ? { context } : {}) }
    worker ??= start()
    worker.postMessage(question)
  }

  function stop(): void {
    worker?.terminate()
    worker = undefined
    isBusy = false
    known = undefined
  }

  return {
    lint(flow, context, listener) {
      latest = { flow, context, listener }
      if (!isBusy && !hasFailed) ask()
    },
    again() {
      if (!hasFailed) return
      hasFailed = false
      ask()
    },
    close: stop,
  }
}
