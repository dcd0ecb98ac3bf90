/** What others may use of the list of flows. */
export { FlowsPage } from './FlowsPage.tsx'
