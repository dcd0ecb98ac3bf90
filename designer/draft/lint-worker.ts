/** Lints off the main thread, so that typing never waits for it. */
import { createLinter, type Flow, type LintContext, type Problem } from '../../server/engine/index.ts'
import { type FlowChanges, withChanges } from './flow-changes.ts'

/** What the worker is asked: what changed since the last question. Blocks that did not are known here, and what was learned of them. */
export interface LintQuestion {
  readonly changes?: FlowChanges
  readonly context?: LintContext
}

/** What it answers. */
export interface LintAnswer {
  readonly problems: readonly Problem[]
}

const lint = createLinter()
let flow: Flow | undefined
let context: LintContext = { channels: [] }

self.addEventListener('message', ({ data }: MessageEvent<LintQuestion>) => {
  if (data.changes) flow = withChanges(flow, data.changes)
  if (data.context) context = data.context
  const answer: LintAnswer = { problems: flow ? lint(flow, context) : [] }
  self.postMessage(answer)
})
