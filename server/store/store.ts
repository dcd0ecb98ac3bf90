/** The store as its users see it. Reads answer promises; writes are values that `commit` makes true together (rule 4). */
import type {
  ApiKey,
  AuditEntry,
  BlockCount,
  Connector,
  ConnectorProblem,
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
} from './records.ts'
import type { Write } from './write.ts'

/** One page of a list; `next` is the cursor of the following page, null on the last. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly next: string | null
}

/** Where a page begins and how long it is. */
export interface PageRequest {
  readonly cursor?: string | undefined
  /** 1 to 200. */
  readonly limit: number
}

export interface Connectors {
  /** All that are not deleted, oldest first. */
  list(): Promise<readonly Connector[]>
  byId(id: string): Promise<Connector | undefined>
  insert(connector: Connector): Write[]
  /** Writes everything but `created_at`. */
  update(connector: Connector): Write[]
  setPause(id: string, paused_until: number | null): Write[]
  setProblem(id: string, problem: ConnectorProblem | null): Write[]
  /** Hides the connector; its transcripts stay. */
  remove(id: string, at: number): Write[]
}

export interface FlowTests {
  byFlow(flow: string): Promise<StoredFlowTests | undefined>
  /** The first file of a flow; LostRace or a unique violation when there is one. */
  insert(tests: StoredFlowTests): Write[]
  /** Guarded: LostRace unless the stored revision is `expected`. */
  save(tests: { readonly flow: string; readonly file: string; readonly updated_at: number }, expected: number): Write[]
}

export interface Flows {
  list(): Promise<readonly StoredFlow[]>
  byId(id: string): Promise<StoredFlow | undefined>
  insert(flow: StoredFlow): Write[]
  /** Guarded: LostRace unless the stored revision is `expected`. */
  saveDraft(flow: { readonly id: string; readonly name: string; readonly draft: string; readonly updated_at: number }, expected: number): Write[]
  /** Adds the version; LostRace or a unique violation when the number is taken. */
  insertVersion(version: StoredVersion): Write[]
  setLive(flow: string, version: number, at: number): Write[]
  archive(flow: string, archived: boolean, at: number): Write[]
  versions(flow: string): Promise<readonly StoredVersion[]>
  /** The given versions, in no order; those that do not exist are left out. */
  versionsByNumber(keys: readonly { readonly flow: string; readonly version: number }[]): Promise<readonly StoredVersion[]>
  /** The live version of every flow that has one. */
  liveVersions(): Promise<readonly StoredVersion[]>
}

export interface Contacts {
  byId(ids: readonly string[]): Promise<readonly StoredContact[]>
  byAddress(connector: string, addresses: readonly string[]): Promise<readonly StoredContact[]>
  /** Newest contacts whose name, address, user name, phone or e-mail contains the text; case does not matter. Reads every contact: for people who search. */
  search(text: string, limit: number): Promise<readonly string[]>
  /** Contacts with events that wait in the inbox, by id. */
  behind(limit: number, after: string): Promise<readonly StoredContact[]>
  insert(contacts: readonly StoredContact[]): Write[]
  /** Guarded by `revision - 1`. */
  update(contacts: readonly StoredContact[]): Write[]
  /** Records that a lane is taken in hand for the n-th time; not a step. */
  takeInHand(lanes: readonly { readonly id: string; readonly crashes: number }[]): Write[]
  /** Gives the contact a new address on its connector. */
  move(id: string, address: string): Write[]
  /** Blanks what says who the contact is and what was written, everywhere; structure and hashes stay (rule 39). */
  erase(id: string, at: number): Promise<Write[]>
}

/** What a list of conversations may ask for. */
export interface ConversationFilter {
  readonly connector?: string | undefined
  /** One contact or any of several. */
  readonly contact?: string | readonly string[] | undefined
  readonly owner?: string | undefined
  readonly flow?: string | undefined
}

export interface Conversations {
  byId(id: string): Promise<StoredConversation | undefined>
  /** Newest first. */
  list(filter: ConversationFilter, page: PageRequest): Promise<Page<StoredConversation>>
  /** What was said last in each of these conversations, by conversation id; nothing for one without a word. */
  lastSaid(ids: readonly string[]): Promise<ReadonlyMap<string, LastSaid>>
  /** Open conversations of the flow on versions below this one, newest first. */
  openBelow(flow: string, version: number, page: PageRequest): Promise<Page<StoredConversation>>
  /** How many conversations of the flow are open, by version, owner and the block that waits. */
  countOpen(flow: string): Promise<readonly OpenConversations[]>
  /** Inserts or replaces. */
  save(conversations: readonly StoredConversation[]): Write[]
}

export interface Events {
  /** Which of these keys the connector has already seen. */
  seen(connector: string, externalIds: readonly string[]): Promise<ReadonlySet<string>>
  insert(events: readonly StoredEvent[]): Write[]
  /** Records how waiting events were handled. */
  handle(handled: readonly { readonly contact: string; readonly seq: number; readonly handling: Handling }[]): Write[]
  /** Waiting events of these contacts, in the order they were accepted. */
  waiting(contacts: readonly { readonly id: string; readonly handled_seq: number }[]): Promise<readonly StoredEvent[]>
  /** The log of a conversation in the order it was handled; waiting events come last. */
  ofConversation(contact: string, conversation: number): Promise<readonly StoredEvent[]>
  /** How many wait, and since when. */
  depth(): Promise<{ readonly waiting: number; readonly oldest_at: number | null }>
}

export interface Deliveries {
  insert(deliveries: readonly Delivery[]): Write[]
  sent(
    settled: readonly { readonly contact: string; readonly n: number; readonly vendor_id: string; readonly sent_at: number; readonly attempts: number }[],
  ): Write[]
  failed(settled: readonly { readonly contact: string; readonly n: number; readonly failure: DeliveryFailure; readonly attempts: number }[]): Write[]
  postpone(
    settled: readonly {
      readonly contact: string
      readonly n: number
      readonly attempts: number
      readonly retry_at: number
      readonly failure: DeliveryFailure | null
    }[],
  ): Write[]
  /** A later status of sent deliveries; one that is further already stays as it is. */
  setStatus(changes: readonly { readonly contact: string; readonly n: number; readonly status: 'delivered' | 'read' }[]): Write[]
  /** Queued deliveries, in the order of sending within a contact; pages by the last (contact, n). */
  queued(after: { readonly contact: string; readonly n: number }, limit: number): Promise<readonly Delivery[]>
  queuedOf(contacts: readonly string[]): Promise<readonly Delivery[]>
  /** The newest deliveries of a contact, newest first. */
  latest(contact: string, limit: number): Promise<readonly Delivery[]>
  ofConversation(contact: string, conversation: number): Promise<readonly Delivery[]>
  byId(contact: string, n: number): Promise<Delivery | undefined>
  /** By decision, newest first. */
  list(filter: { readonly status?: DeliveryStatus | undefined; readonly connector?: string | undefined }, page: PageRequest): Promise<Page<Delivery>>
}

export interface Timers {
  /** Inserts or replaces by contact, name and slot. */
  save(timers: readonly Timer[]): Write[]
  remove(keys: readonly { readonly contact: string; readonly name: string; readonly slot: number }[]): Write[]
  removeAll(contacts: readonly string[]): Write[]
  of(contacts: readonly string[]): Promise<readonly Timer[]>
  /** Running timers due in [from, before), soonest first. */
  due(from: number, before: number): Promise<readonly Timer[]>
}

export interface Queues {
  list(): Promise<readonly Queue[]>
  bySlug(slug: string): Promise<Queue | undefined>
  save(queue: Queue): Write[]
  /** Refuses `default` (rule 24). */
  remove(slug: string): Write[]
}

export interface Places {
  /** Inserts or replaces the contact's place. */
  save(places: readonly Place[]): Write[]
  remove(contacts: readonly string[]): Write[]
  all(): Promise<readonly Place[]>
}

export interface Files {
  insert(files: readonly StoredFile[]): Write[]
  update(files: readonly StoredFile[]): Write[]
  byId(ids: readonly string[]): Promise<readonly StoredFile[]>
  /** Files still to be fetched, soonest try first. */
  fetching(limit: number): Promise<readonly StoredFile[]>
  ofContact(contact: string): Promise<readonly StoredFile[]>
  /** Of these hashes, those that a stored file still names. */
  used(hashes: readonly string[]): Promise<ReadonlySet<string>>
}

export interface KeptAsides {
  insert(entries: readonly KeptAsideEntry[]): Write[]
  list(page: PageRequest): Promise<Page<KeptAsideEntry>>
}

export interface ApiKeys {
  insert(key: ApiKey): Write[]
  byHash(hash: string): Promise<ApiKey | undefined>
  list(): Promise<readonly ApiKey[]>
  revoke(id: string, at: number): Write[]
}

export interface Users {
  /** Oldest first. */
  list(): Promise<readonly StoredUser[]>
  byId(id: string): Promise<StoredUser | undefined>
  /** Upper and lower case are the same. */
  byEmail(email: string): Promise<StoredUser | undefined>
  byLink(hash: string): Promise<StoredUser | undefined>
  hasAny(): Promise<boolean>
  /** LostRace when the e-mail is taken. Without a password: `setPassword` gives one. */
  insert(user: StoredUser): Write[]
  /** Writes everything but the password. */
  update(user: StoredUser): Write[]
  /** `hash` is salted and slow; `id` names the row when it is the first. */
  setPassword(password: { readonly id: string; readonly user: string; readonly hash: string; readonly at: number }): Write[]
  /** Everywhere. */
  signOut(user: string): Write[]
  /** With password and sign-ins; what they did stays on record under their name. */
  remove(user: string): Write[]
}

/** The tables that the sign-in library works on. */
export type SignInTable = 'users' | 'credentials' | 'sign_ins'
/** A row of one of them, as stored. */
export type SignInRow = Readonly<Record<string, string | number | null>>

/** A condition as the sign-in library makes it. Those with `either` are joined by or, the others by and. */
export interface Condition {
  readonly column: string
  readonly comparison: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'not_in'
  readonly value: string | number | null | readonly (string | number)[]
  readonly either: boolean
}

export interface SignInRows {
  find(
    table: SignInTable,
    conditions: readonly Condition[],
    page: {
      readonly limit: number
      readonly offset?: number | undefined
      readonly order?: { readonly column: string; readonly direction: 'asc' | 'desc' } | undefined
    },
  ): Promise<readonly SignInRow[]>
  insert(table: SignInTable, row: SignInRow): Write[]
  update(table: SignInTable, conditions: readonly Condition[], changes: SignInRow): Write[]
  remove(table: SignInTable, conditions: readonly Condition[]): Write[]
}

export interface Audits {
  insert(entries: readonly AuditEntry[]): Write[]
  list(page: PageRequest): Promise<Page<AuditEntry>>
}

export interface Facts {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Write[]
  /** Guarded: LostRace unless the fact has this value. */
  remove(name: string, value: string): Write[]
}

export interface Moves {
  insert(move: Move): Write[]
  /** Newest first. */
  ofFlow(flow: string, page: PageRequest): Promise<Page<Move>>
  /** The oldest that is not finished, and the cursor of its next batch. */
  next(): Promise<{ readonly move: Move; readonly cursor: string | null } | undefined>
  /** One conversation more went this way. */
  count(id: string, choice: MoveChoice): Write[]
  /** A batch is done: the cursor of the next one, null after the last, which ends the move at `at`. */
  proceed(id: string, batch: { readonly stayed: number; readonly cursor: string | null; readonly at: number }): Write[]
}

export interface Paths {
  of(contacts: readonly string[]): Promise<readonly StoredPath[]>
  /** Guarded: LostRace unless the stored path is at step `before`; null: there is none yet. */
  save(path: StoredPath, before: number | null): Write[]
  /** Looks at a page of contacts, by id: those with steps that their path does not have, and where the next page begins (null: at the end). */
  behind(after: string, limit: number): Promise<{ readonly contacts: readonly string[]; readonly next: string | null }>
  /** Handled events of a contact that follow its path, in the order of handling. */
  stepsAfter(path: Pick<StoredPath, 'contact' | 'seq' | 'step'>, limit: number): Promise<readonly HandledStep[]>
  /** Versions with one of these hashes or of one of these flows. */
  versionNames(wanted: { readonly hashes: readonly string[]; readonly flows: readonly string[] }): Promise<readonly VersionName[]>
  /** How many wait now in the blocks of a flow, over all its versions. */
  waiting(flow: string): Promise<readonly { readonly version: number; readonly block: string; readonly count: number }[]>
}

export interface BlockCounts {
  /** Adds to the counts, or takes off. */
  add(changes: readonly BlockCount[]): Write[]
  /** Sums of spans of one length from `since` on. */
  sum(wanted: {
    readonly flow: string
    readonly version: number
    readonly span: number
    readonly since: number
  }): Promise<readonly Pick<BlockCount, 'counted' | 'block' | 'exit' | 'count'>[]>
  /** Removes spans of one length that begin before `at`. */
  removeBefore(span: number, at: number): Write[]
}

export interface HttpCalls {
  insert(calls: readonly StoredCall[]): Write[]
  /** The call of a wait that is over; none is fine. */
  remove(contact: string, wait: number): Write[]
  /** All that wait for an answer, oldest first. */
  all(): Promise<readonly StoredCall[]>
}

export interface HttpSecrets {
  /** By name, without their values. */
  list(): Promise<readonly StoredSecret[]>
  byName(name: string): Promise<StoredSecret | undefined>
  /** The values of some, with where they may go; unknown ones are left out. */
  values(names: readonly string[]): Promise<readonly (StoredSecret & { readonly value: string })[]>
  /** Inserts or replaces. */
  save(secret: StoredSecret & { readonly value: string }): Write[]
  /** Changes where it may go; the value stays. */
  setHosts(name: string, allowed_hosts: readonly string[], at: number): Write[]
  remove(name: string): Write[]
}

/** The store. One per process; `close` ends its connections. */
export interface Store {
  readonly connectors: Connectors
  readonly flows: Flows
  readonly flowTests: FlowTests
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly events: Events
  readonly deliveries: Deliveries
  readonly timers: Timers
  readonly queues: Queues
  readonly places: Places
  readonly files: Files
  readonly keptAside: KeptAsides
  readonly apiKeys: ApiKeys
  readonly users: Users
  readonly signInRows: SignInRows
  readonly audit: Audits
  readonly facts: Facts
  readonly paths: Paths
  readonly blockCounts: BlockCounts
  readonly httpCalls: HttpCalls
  readonly secrets: HttpSecrets
  readonly moves: Moves
  /** All or nothing, durable when it resolves. Throws LostRace, or DomainError `store.down` with `retry: 'later'`. */
  commit(writes: readonly Write[]): Promise<void>
  /** Resolves when the store can read and write; else throws `store.down`. */
  check(): Promise<void>
  close(): Promise<void>
}
