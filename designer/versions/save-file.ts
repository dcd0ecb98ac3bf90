/** Files for the person at the screen: flows and tests in their canonical form, as `parley export` writes them. */
import { type Flow, parseFlowTest, printFlow, printFlowTests } from '../../server/engine/index.ts'
import { flowsApi, Refusal } from '../api.ts'
import type { Shown } from './use-versions.ts'

/** Hands out the flow; a version says its number in the name. */
export function saveFlowFile(flow: Flow, shown: Shown): void {
  saveText(shown === 'draft' ? `${flow.id}.json` : `${flow.id}.v${shown}.json`, printFlow(flow))
}

/** Hands out the saved tests of a flow. Throws a `Refusal`. */
export async function saveTestsFile(id: string): Promise<void> {
  const parsing = parseFlowTest((await flowsApi.tests(id)).file)
  if (!parsing.ok) throw new Refusal({ status: 422, code: 'flow.tests_not_well_formed', message: parsing.problems[0]?.message ?? '' })
  saveText(`${id}.test.json`, printFlowTests(parsing.file))
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
