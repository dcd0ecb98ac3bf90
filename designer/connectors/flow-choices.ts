/** Flows as a select of connectors offers them. */
import type { FlowSummary } from '../../server/api/contract.ts'
import { words } from '../words/en.ts'

/** Live ones first; of the archived ones only the one that is chosen already. */
export function flowChoices(flows: readonly FlowSummary[], chosen: string | undefined): { readonly value: string; readonly label: string }[] {
  const usable = flows.filter(flow => !flow.archived || flow.id === chosen)
  const sorted = [...usable].sort((a, b) => Number(b.live !== null) - Number(a.live !== null) || a.name.localeCompare(b.name))
  return sorted.map(({ id, name, live }) => ({ value: id, label: live === null ? `${name} (${words.connectors.flowNotLive})` : name }))
}
