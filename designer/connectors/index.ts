/** What others may use of the connectors. */
export { ConnectorsPage } from './ConnectorsPage.tsx'
