/** Lints off the main thread, so that typing never waits for it. */
import { type Flow, type LintContext, lintFlow, type Problem } from '../../server/engine/index.ts'

/** What the worker is asked. */
export interface LintQuestion {
  readonly number: number
  readonly flow: Flow
  readonly context: LintContext
}

/** What it answers. */
export interface LintAnswer {
  readonly number: number
  readonly problems: readonly Problem[]
}

self.addEventListener('message', ({ data }: MessageEvent<LintQuestion>) => {
  const answer: LintAnswer = { number: data.number, problems: lintFlow(data.flow, data.context) }
  self.postMessage(answer)
})
