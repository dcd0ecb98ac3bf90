/** What others may use of the list of flows. */
export { FlowsPage } from './FlowsPage.tsx'
export { useFlowDeeds, useFlows } from './use-flows.ts'
