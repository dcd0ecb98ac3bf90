/**
 * The rows as they are stored, the same on every database: times are milliseconds since 1970, booleans 0 or 1, JSON is text.
 * A name ends in `_at` for a time, `_ms` for a duration. Callers outside `store` see the repositories' types, not these.
 */

/** A configured account on a channel. `secrets` is sealed (secrets.ts). A deleted one stays for its transcripts. */
export interface ConnectorRow {
  id: string
  channel: string
  name: string
  flow: string
  settings: string
  secrets: Uint8Array
  session_hours: number
  /** JSON: who may write; `{"type":"open"}` for now. */
  access: string
  queue: string
  max_wait_ms: number | null
  /** JSON of `ConnectorPolicy.timeout_action`. */
  timeout_action: string
  /** JSON of the pacing that replaces the channel's own, or null. */
  rate: string | null
  /** JSON: a text or texts by language. */
  fallback: string
  reorder_ms: number
  enabled: number
  /** The vendor's id of the account; one enabled connector each (rule 32). */
  account_id: string | null
  /** Nothing is sent before this time (`retry_after` of the whole account). */
  paused_until: number | null
  /** JSON `{ code, message, at }` when the account is broken: nothing is sent until somebody updates it (rule 28). */
  problem: string | null
  created_at: number
  updated_at: number
  deleted_at: number | null
}

/** A flow with its one draft. */
export interface FlowRow {
  id: string
  name: string
  /** The canonical file. */
  draft: string
  /** Counts up with every saved draft; its ETag. */
  draft_revision: number
  live_version: number | null
  archived: number
  created_at: number
  updated_at: number
}

/** The test file of a flow, beside its draft. */
export interface FlowTestsRow {
  flow: string
  /** The canonical file. */
  file: string
  /** Counts up with every saved file; its ETag. */
  revision: number
  updated_at: number
}

/** An immutable version of a flow. */
export interface VersionRow {
  flow: string
  version: number
  hash: string
  file: string
  /** JSON of the trained intent weights, if it has intents (rule 38). */
  intents: string | null
  note: string
  author: string
  created_at: number
}

/** A person on a connector, and the lane their events are ordered in (rule 3). */
export interface ContactRow {
  id: string
  connector: string
  /** The messenger's id of the person; unique with the connector. */
  address: string
  /** JSON of the engine's `Contact` without `id` and `channel`. */
  profile: string
  /** JSON of the engine's `Conversation` without `contact`. */
  state: string
  /** Counts up with every step; guards the lane. */
  revision: number
  /** The last number given to an event. */
  last_seq: number
  /** Every event up to this one is handled. */
  handled_seq: number
  /** Events handled so far; the order in which they were. */
  steps: number
  /** The `now` of the last step; the next one is never earlier. */
  last_now: number
  /** The last number given to a delivery. */
  last_delivery: number
  /** How often the process died with an event of this lane in hand (rule 27). */
  crashes: number
  blocked: number
  erased_at: number | null
  created_at: number
}

/** One thread with a contact, for lists and filters. What changes with every message is read from the contact's state. */
export interface ConversationRow {
  /** `<contact>-<number>`. */
  id: string
  contact: string
  connector: string
  number: number
  owner: string
  flow: string | null
  version: number | null
  block: string | null
  queue: string | null
  /** JSON of the engine's `Agent`. */
  agent: string | null
  outcome: string | null
  opened_at: number
  last_message_at: number
  closed_at: number | null
}

/** One event of the log. Handled when `step` is set; what follows it is what replay needs (rule 38). */
export interface EventRow {
  contact: string
  seq: number
  connector: string
  /** Dedupe key, unique for the connector; null for events of our own making. */
  external_id: string | null
  type: string
  /** When it happened for whoever sent it. */
  at: number
  /** The messenger's own order within the contact. */
  order_key: number | null
  received_at: number
  /** JSON of the engine's `Event`. */
  body: string
  /** JSON of what the call said about the person and was news; part of what the step read (rule 38). */
  profile: string | null
  step: number | null
  /** Number of the conversation that handled it. */
  conversation: number | null
  now: number | null
  /** Hash of the flow version that ran. */
  hash: string | null
  release: string | null
  /** JSON of the engine's trace. */
  trace: string | null
  /** What threw, when the safety net had to act (rule 27). */
  error: string | null
}

/** One part of a message of ours (rule 30). */
export interface DeliveryRow {
  contact: string
  /** Order of sending within the contact; a resend takes a new one. */
  n: number
  connector: string
  /** Number of the conversation. */
  conversation: number
  /** The engine's number. */
  delivery: number
  /** `n` of the first part of the same message. */
  first: number
  /** The step that decided it. */
  step: number
  kind: string
  block: string | null
  wait: number
  /** JSON of `OutboundMessage`. */
  message: string
  typing_ms: number
  status: string
  vendor_id: string | null
  attempts: number
  retry_at: number | null
  expires_at: number
  failure_code: string | null
  failure_message: string | null
  failure_level: string | null
  decided_at: number
  sent_at: number | null
  /** `n` of the failed delivery that this one repeats. */
  resend_of: number | null
}

/** An event due later. `slot` 0 runs; any other is paused under the number of its wait (rule 19). */
export interface TimerRow {
  contact: string
  name: string
  slot: number
  wait: number
  /** Null while held or paused. */
  due_at: number | null
  delay_ms: number
  /** Held until the delivery with this `n` and all before it are sent or failed (rule 18). */
  after_delivery: number | null
  /** Time left of a paused timer. */
  remaining_ms: number | null
}

/** Where conversations wait for an agent. */
export interface QueueRow {
  slug: string
  title: string
  /** JSON of the opening hours; null: always open. */
  hours: string | null
  max_size: number | null
  max_wait_ms: number | null
  /** `ignore`: nobody needs to be on shift; `required`: somebody does. */
  staffing: string
  created_at: number
  updated_at: number
}

/** A conversation that waits. `joining` is decided but not yet answered; recovered at start. */
export interface QueuePlaceRow {
  contact: string
  connector: string
  queue: string
  conversation: number
  wait: number
  priority: number
  since: number
  front: number
  forced: number
  status: string
}

/** A file of a message. The bytes are on disk under their hash (rule 42). */
export interface FileRow {
  id: string
  connector: string | null
  contact: string | null
  /** SHA-256 of the bytes, once they are here. */
  hash: string | null
  size: number | null
  mime: string | null
  name: string | null
  status: string
  /** Sealed handle of the vendor's copy while it has to be fetched. */
  ref: Uint8Array | null
  attempts: number
  retry_at: number | null
  problem: string | null
  created_at: number
}

/** Something authentic that could not be used. */
export interface KeptAsideRow {
  id: string
  connector: string | null
  channel: string
  account: string | null
  reason: string
  message: string
  body: string
  received_at: number
}

/** A key of the API; only its hash is kept. */
export interface ApiKeyRow {
  id: string
  name: string
  hash: string
  /** JSON list. */
  scopes: string
  created_at: number
  last_used_at: number | null
  revoked_at: number | null
}

/** Somebody who may sign in. */
export interface UserRow {
  id: string
  name: string
  /** In lower case. */
  email: string
  email_verified: number
  role: string
  active: number
  /** Hash of the token of the one-time link that is open. */
  link_hash: string | null
  link_expires_at: number | null
  last_seen_at: number | null
  created_at: number
  updated_at: number
}

/** What somebody proves who they are with; the columns are the sign-in library's. */
export interface CredentialRow {
  id: string
  account_id: string
  provider_id: string
  user_id: string
  /** Salted scrypt hash. */
  password: string | null
  created_at: number
  updated_at: number
}

/** Where somebody is signed in; the columns are the sign-in library's. */
export interface SignInRow {
  id: string
  token: string
  user_id: string
  expires_at: number
  ip_address: string | null
  user_agent: string | null
  created_at: number
  updated_at: number
}

/** Who did what. */
export interface AuditRow {
  id: string
  at: number
  actor: string
  action: string
  target: string
  /** JSON. */
  details: string
}

/** Small facts of the installation, by name. */
export interface FactRow {
  name: string
  value: string
}

/** Where a contact's conversation came by, as far as its handled events are counted; what live counts are kept exact with. */
export interface PathRow {
  contact: string
  /** Number of the conversation. */
  conversation: number
  /** Every step up to this one is counted. */
  step: number
  /** Events up to this one need not be looked at again. */
  seq: number
  /** Flow and version of the session, and the hash it was found by; null without a session. */
  flow: string | null
  version: number | null
  hash: string | null
  /** Where the session waits now. */
  waits_flow: string | null
  waits_version: number | null
  waits_block: string | null
  /** JSON: when what was passed last, by `<flow> <version> <counted> <block> <exit>`. */
  passes: string
}

/** How many conversations passed something for the last time within the `span` ms that begin at `at`. */
export interface BlockCountRow {
  flow: string
  version: number
  span: number
  at: number
  /** conversation, came, left_here or exit. */
  counted: string
  /** Empty for `conversation`. */
  block: string
  /** Empty for all but `exit`. */
  exit: string
  count: number
}

/** What whoever published a version decided about running conversations, and how far it is done. */
export interface MoveRow {
  id: string
  flow: string
  version: number
  /** JSON: `move` or `restart` by waiting block. */
  choices: string
  author: string
  total: number
  moved: number
  restarted: number
  stayed: number
  /** Where the next batch begins; null: at the start. */
  cursor: string | null
  created_at: number
  finished_at: number | null
}

/** A call of an API that waits for its answer; the row goes with the wait. */
export interface HttpCallRow {
  contact: string
  wait: number
  conversation: number
  /** JSON of the engine's `HttpCall`: secrets by name. */
  call: string
  asked_at: number
}

/** What a flow may send along by name. `value` is sealed (secrets.ts). */
export interface SecretRow {
  name: string
  value: Uint8Array
  /** JSON list. */
  allowed_hosts: string
  created_at: number
  updated_at: number
}

/** Every table. */
export interface Database {
  connectors: ConnectorRow
  flows: FlowRow
  flow_tests: FlowTestsRow
  versions: VersionRow
  contacts: ContactRow
  conversations: ConversationRow
  events: EventRow
  deliveries: DeliveryRow
  timers: TimerRow
  queues: QueueRow
  queue_places: QueuePlaceRow
  files: FileRow
  kept_aside: KeptAsideRow
  api_keys: ApiKeyRow
  users: UserRow
  credentials: CredentialRow
  sign_ins: SignInRow
  audit: AuditRow
  facts: FactRow
  paths: PathRow
  block_counts: BlockCountRow
  http_calls: HttpCallRow
  secrets: SecretRow
  moves: MoveRow
}
