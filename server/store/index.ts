/** What others may use of the store, by name. */
export { conversationId } from './conversations.ts'
export { deliveryId, readDeliveryId } from './deliveries.ts'
export { isStoreDown } from './errors.ts'
export { acquireLock, type DataLock } from './lock.ts'
export { openStore, type StoreOptions } from './open.ts'
export { DEFAULT_QUEUE } from './queues.ts'
export type {
  Access,
  ApiKey,
  AuditEntry,
  BlockCount,
  Connector,
  ConnectorProblem,
  Counted,
  Delivery,
  DeliveryFailure,
  DeliveryStatus,
  HandledStep,
  Handling,
  KeptAsideEntry,
  LastSaid,
  Move,
  MoveChoice,
  OpenConversations,
  Place,
  Queue,
  QueueHours,
  Rate,
  StoredCall,
  StoredContact,
  StoredConversation,
  StoredEvent,
  StoredFile,
  StoredFlow,
  StoredFlowTests,
  StoredPath,
  StoredSecret,
  StoredUser,
  StoredVersion,
  Timer,
  VersionName,
  Weekday,
} from './records.ts'
export { readKeyFile } from './secrets.ts'
export type { Condition, ConversationFilter, Page, PageRequest, SignInRow, SignInTable, Store } from './store.ts'
export { BrokenWrite, LostRace, type Parameter, type Write } from './write.ts'
