/** What a block's own definition finds wrong with its settings. */
import { blockProblem, type LintRule } from './view.ts'

/** Asks every block type that has something to say. */
export const ownSettings: LintRule = ({ flow, channels, blocks }) =>
  blocks.flatMap(linted => {
    const problem = (code: string, severity: 'error' | 'warning', at: string, message: string, hint?: string) =>
      blockProblem(linted, code, severity, at, message, hint === undefined ? {} : { hint })
    return linted.type?.lint?.(linted.block, { flow, channels, problem }) ?? []
  })
