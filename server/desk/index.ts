/** What others may use of the desk, by name. */
export { isOpen } from './hours.ts'
export { createQueues, type QueueOptions, type Queues, type TellConversation } from './queues.ts'
