/** What others may use of the store, by name. */
export type {
  Access,
  ApiKey,
  AuditEntry,
  Connector,
  ConnectorProblem,
  Delivery,
  DeliveryFailure,
  DeliveryStatus,
  Handling,
  KeptAsideEntry,
  Place,
  Queue,
  QueueHours,
  Rate,
  StoredContact,
  StoredConversation,
  StoredEvent,
  StoredFile,
  StoredFlow,
  StoredVersion,
  Timer,
  Weekday,
} from './records.ts'
export type { ConversationFilter, Page, PageRequest, Store } from './store.ts'
export { LostRace, type Parameter, type Write } from './write.ts'
