/** What the repositories give and take: rows with their JSON read, booleans as booleans, and closed sets of words. */
import type {
  Agent,
  ConnectorPolicy,
  Contact,
  Conversation,
  DeliveryKind,
  Event,
  HttpCall,
  Json,
  OutboundMessage,
  Owner,
  TimerName,
  TraceLine,
} from '../engine/index.ts'

/** A configured account; `secrets` are readable here and sealed in the row. Never hand `secrets` to an answer or a log. */
export interface Connector {
  readonly id: string
  readonly channel: string
  readonly name: string
  readonly flow: string
  readonly settings: Readonly<Record<string, Json>>
  readonly secrets: Readonly<Record<string, string>>
  readonly session_hours: number
  readonly access: Access
  readonly queue: string
  readonly max_wait_ms: number | null
  readonly timeout_action: ConnectorPolicy['timeout_action']
  readonly rate: Rate | null
  readonly fallback: string | Readonly<Record<string, string>>
  readonly reorder_ms: number
  readonly enabled: boolean
  readonly account_id: string | null
  readonly paused_until: number | null
  readonly problem: ConnectorProblem | null
  readonly created_at: number
  readonly updated_at: number
}

/** Who may write to a connector. */
export type Access = { readonly type: 'open' }

/** Pacing of a connector's sends (rule 6); 0 per second: only what the vendor answers. */
export interface Rate {
  readonly per_second: number
  readonly burst: number
  readonly per_contact: number
  readonly per_contact_burst: number
}

/** Why nothing is sent on a connector until somebody looks at it. */
export interface ConnectorProblem {
  readonly code: string
  readonly message: string
  readonly at: number
}

/** A flow and its draft, as kept. `draft` is the canonical file. */
export interface StoredFlow {
  readonly id: string
  readonly name: string
  readonly draft: string
  readonly draft_revision: number
  readonly live_version: number | null
  readonly archived: boolean
  readonly created_at: number
  readonly updated_at: number
}

/** The test file of a flow, as kept. `file` is canonical. */
export interface StoredFlowTests {
  readonly flow: string
  readonly file: string
  readonly revision: number
  readonly updated_at: number
}

/** A version, as kept; immutable. */
export interface StoredVersion {
  readonly flow: string
  readonly version: number
  readonly hash: string
  readonly file: string
  readonly intents: string | null
  readonly note: string
  readonly author: string
  readonly created_at: number
}

/** A contact with its engine state: what a lane starts from. */
export interface StoredContact {
  readonly id: string
  readonly connector: string
  readonly address: string
  readonly conversation: Conversation
  readonly revision: number
  readonly last_seq: number
  readonly handled_seq: number
  readonly steps: number
  readonly last_now: number
  readonly last_delivery: number
  readonly crashes: number
  readonly erased_at: number | null
  readonly created_at: number
}

/** The last message of a conversation, one way or the other. */
export type LastSaid = { readonly direction: 'in'; readonly event: Event } | { readonly direction: 'out'; readonly message: OutboundMessage }

/** A conversation as lists show it. */
export interface StoredConversation {
  readonly id: string
  readonly contact: string
  readonly connector: string
  readonly number: number
  readonly owner: Owner
  readonly flow: string | null
  readonly version: number | null
  /** The block that waits, or waited last. */
  readonly block: string | null
  readonly queue: string | null
  readonly agent: Agent | null
  readonly outcome: string | null
  readonly opened_at: number
  readonly last_message_at: number
  readonly closed_at: number | null
}

/** Open conversations that stand at the same place. */
export interface OpenConversations {
  readonly version: number | null
  readonly owner: Owner
  readonly block: string | null
  readonly count: number
}

/** What becomes of conversations that wait in a block. */
export type MoveChoice = 'move' | 'restart'

/** What whoever published `version` decided about conversations of older ones, and how far it is done. */
export interface Move {
  readonly id: string
  readonly flow: string
  readonly version: number
  /** By waiting block; those of other blocks stay. */
  readonly choices: Readonly<Record<string, MoveChoice>>
  readonly author: string
  /** How many were counted when it was decided. */
  readonly total: number
  readonly moved: number
  readonly restarted: number
  /** Came too late: they wait elsewhere or have ended, or what they wait in is gone. */
  readonly stayed: number
  readonly created_at: number
  readonly finished_at: number | null
}

/** How an event was handled (rule 38). */
export interface Handling {
  readonly step: number
  readonly conversation: number
  readonly now: number
  readonly hash: string | null
  readonly release: string
  readonly trace: readonly TraceLine[]
  readonly error: string | null
}

/** An event of the log; `handling` is null while it waits in the inbox. */
export interface StoredEvent {
  readonly contact: string
  readonly seq: number
  readonly connector: string
  readonly external_id: string | null
  readonly at: number
  readonly order_key: number | null
  readonly received_at: number
  readonly event: Event
  /** What the call said about the person and was news. */
  readonly profile: Readonly<Partial<ContactProfileState>> | null
  readonly handling: Handling | null
}

/** Statuses only move forward; `failed` is the end. */
export type DeliveryStatus = 'queued' | 'sent' | 'delivered' | 'read' | 'failed'

/** Why a delivery failed and how far that reaches. */
export interface DeliveryFailure {
  readonly code: string
  readonly message: string
  readonly level: 'message' | 'contact' | 'account'
}

/** One part of a message of ours. Its id for others is `deliveryId(contact, n)`. */
export interface Delivery {
  readonly contact: string
  readonly n: number
  readonly connector: string
  readonly conversation: number
  readonly delivery: number
  readonly first: number
  readonly step: number
  readonly kind: DeliveryKind
  readonly block: string | null
  readonly wait: number
  readonly message: OutboundMessage
  readonly typing_ms: number
  readonly status: DeliveryStatus
  readonly vendor_id: string | null
  readonly attempts: number
  readonly retry_at: number | null
  readonly expires_at: number
  readonly failure: DeliveryFailure | null
  readonly decided_at: number
  readonly sent_at: number | null
  readonly resend_of: number | null
}

/** A timer as kept; see `TimerRow` for what null means. */
export interface Timer {
  readonly contact: string
  readonly name: TimerName
  readonly slot: number
  readonly wait: number
  readonly due_at: number | null
  readonly delay_ms: number
  readonly after_delivery: number | null
  readonly remaining_ms: number | null
}

/** A queue. `hours` null: always open. */
export interface Queue {
  readonly slug: string
  readonly title: string
  readonly hours: QueueHours | null
  readonly max_size: number | null
  readonly max_wait_ms: number | null
  readonly staffing: 'ignore' | 'required'
  readonly created_at: number
  readonly updated_at: number
}

/** Opening hours of a queue: spans `["09:00", "17:30"]` by weekday in a zone, and whole days that are closed. */
export interface QueueHours {
  readonly time_zone: string
  readonly week: Readonly<Partial<Record<Weekday, readonly (readonly [string, string])[]>>>
  /** Dates `YYYY-MM-DD`. */
  readonly closed?: readonly string[]
}

/** Days as opening hours name them. */
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** A conversation in a queue. */
export interface Place {
  readonly contact: string
  readonly connector: string
  readonly queue: string
  readonly conversation: number
  readonly wait: number
  readonly priority: number
  readonly since: number
  readonly front: boolean
  readonly forced: boolean
  readonly status: 'joining' | 'waiting'
}

/** A call of an API that waits for its answer. */
export interface StoredCall {
  readonly contact: string
  /** Number of the wait that asked; the answer carries it. */
  readonly wait: number
  readonly conversation: number
  readonly call: HttpCall
  readonly asked_at: number
}

/** What a flow may send along by name, and where to. Its value is read only when a call is made. */
export interface StoredSecret {
  readonly name: string
  /** Hosts as an address has them; `*.example.com` is everything below example.com. */
  readonly allowed_hosts: readonly string[]
  readonly created_at: number
  readonly updated_at: number
}

/** A file of a message; `hash` names the bytes on disk once they are here. */
export interface StoredFile {
  readonly id: string
  readonly connector: string | null
  readonly contact: string | null
  readonly hash: string | null
  readonly size: number | null
  readonly mime: string | null
  readonly name: string | null
  readonly status: 'fetching' | 'stored' | 'failed' | 'erased'
  /** The vendor's handle while it has to be fetched; sealed in the row because it may carry a token. */
  readonly ref: string | null
  readonly attempts: number
  readonly retry_at: number | null
  readonly problem: string | null
  readonly created_at: number
}

/** Something authentic that could not be used. */
export interface KeptAsideEntry {
  readonly id: string
  readonly connector: string | null
  readonly channel: string
  readonly account: string | null
  readonly reason: string
  readonly message: string
  readonly body: string
  readonly received_at: number
}

/** A key of the API. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly hash: string
  readonly scopes: readonly string[]
  readonly created_at: number
  readonly last_used_at: number | null
  readonly revoked_at: number | null
}

/** Somebody who may sign in. `role` is the API's word. */
export interface StoredUser {
  readonly id: string
  readonly name: string
  /** In lower case. */
  readonly email: string
  readonly role: string
  readonly active: boolean
  /** False: was let in but has not chosen a password yet. */
  readonly hasPassword: boolean
  /** Hash of the token of the one-time link that is open. */
  readonly link_hash: string | null
  readonly link_expires_at: number | null
  readonly last_seen_at: number | null
  readonly created_at: number
  readonly updated_at: number
}

/** Who did what. */
export interface AuditEntry {
  readonly id: string
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly target: string
  readonly details: Json
}

/** The contact's profile as stored beside the state. */
export type ContactProfileState = Omit<Contact, 'id' | 'channel'>

/** Where a contact's conversation came by, as far as its events are counted. */
export interface StoredPath {
  readonly contact: string
  readonly conversation: number
  readonly step: number
  readonly seq: number
  readonly flow: string | null
  readonly version: number | null
  readonly hash: string | null
  /** Where the session waits now. */
  readonly waits: { readonly flow: string; readonly version: number; readonly block: string } | null
  /** When what was passed last, by `<flow> <version> <counted> <block> <exit>`. */
  readonly passes: Readonly<Record<string, number>>
}

/** What is counted of conversations: all of a version, a block entered, a session that ended in it, an exit taken. */
export type Counted = 'conversation' | 'came' | 'left_here' | 'exit'

/** So many conversations passed this last within `span` ms from `at`; a change when it is added. */
export interface BlockCount {
  readonly flow: string
  readonly version: number
  readonly span: number
  readonly at: number
  readonly counted: Counted
  readonly block: string
  readonly exit: string
  readonly count: number
}

/** What the path needs of a handled event. */
export interface HandledStep {
  readonly step: number
  readonly conversation: number
  readonly now: number
  readonly hash: string | null
  readonly trace: readonly TraceLine[]
}

/** A version without its file. */
export interface VersionName {
  readonly flow: string
  readonly version: number
  readonly hash: string
  readonly created_at: number
}
