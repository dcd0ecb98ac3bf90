/** What others may use of the page of conversations. */
export { ConversationsPage } from './ConversationsPage.tsx'
