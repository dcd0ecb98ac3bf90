/** Where a text stops being a flow file. The reader comes with the engine, which the list loads for this alone. */
import { type Problem, parseFlow } from '../../server/engine/index.ts'

/** What is wrong with a text, with line and column where it stops being JSON. */
export function faultsOf(text: string): readonly Problem[] {
  const parsing = parseFlow(text)
  return parsing.ok ? [] : parsing.problems
}
