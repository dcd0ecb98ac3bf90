/** What a block's own definition finds wrong with its settings. */
import { blockProblem, eachBlock } from './view.ts'

/** Asks every block type that has something to say. */
export const ownSettings = eachBlock((linted, { flow, channels, counts }) => {
  const problem = (code: string, severity: 'error' | 'warning', at: string, message: string, hint?: string) =>
    blockProblem(linted, code, severity, at, message, hint === undefined ? {} : { hint })
  return linted.type?.lint?.(linted.block, { flow, counts, channels, problem }) ?? []
})
