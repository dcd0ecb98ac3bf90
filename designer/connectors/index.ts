/** What others may use of the connectors. */
export { Reach } from './Reach.tsx'
