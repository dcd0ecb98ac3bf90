/**
 * The contract of a messenger. An adapter translates between a vendor's protocol and our events and messages and does
 * nothing else: it writes no row, answers no HTTP call and decides nothing about conversations.
 */
import type { TObject } from 'typebox'
import type { Abilities } from '../engine/abilities.ts'
import type { Attachment, Event, OutboundMessage } from '../engine/index.ts'

/** A plain HTTP request. Header names are lower-case; a header that came twice holds its values in an array. `body` is the raw bytes. */
export interface HookRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** A configured account as its adapter sees it: settings and decrypted secrets, both checked against the channel's schemas. */
export interface Account<Settings = Readonly<Record<string, unknown>>, Secrets = Readonly<Record<string, string | undefined>>> {
  readonly connector: string
  readonly name: string
  readonly settings: Settings
  readonly secrets: Secrets
}

/** What a request says about the person who wrote. Absent keys leave what is known. */
export interface ContactProfile {
  readonly name?: string
  readonly first_name?: string
  readonly last_name?: string
  readonly username?: string
  readonly phone?: string
  readonly language?: string
}

/** A file that the vendor keeps for us; fetched by `fetchFile`, and never shown outside the channel's folder. */
export interface VendorFile {
  /** Position in the event's attachments. */
  readonly attachment: number
  /** The vendor's handle: a file id or an address with a token. */
  readonly ref: string
}

/** One event of a request. Every one stands alone (messengers.md 2, rule 6). */
export interface ChannelEvent {
  readonly kind: 'event'
  /** Dedupe key, unique for the connector; kept at least 7 days. */
  readonly external_id: string
  /** The messenger's id of the contact; with the connector it is the contact's identity. */
  readonly contact: string
  readonly profile?: ContactProfile
  /** When it happened for the vendor (ms). */
  readonly at: number
  /** The messenger's own order within the contact, if it has one finer than `at` (rule 31). */
  readonly order?: number
  readonly event: Event
  readonly files?: readonly VendorFile[]
}

/** A vendor's word about deliveries of ours. Statuses only move forward (rule 30). */
export interface ChannelReceipt {
  readonly kind: 'receipt'
  readonly external_id: string
  readonly contact: string
  readonly at: number
  readonly status: 'sent' | 'delivered' | 'read' | 'failed'
  /** The vendor's message ids; absent when only the watermark counts. */
  readonly vendor_ids?: readonly string[]
  /** Everything sent up to this time (ms) has this status. */
  readonly watermark?: number
  readonly failure?: SendFailure
}

/** Authentic but not usable: kept where an operator sees it (design 5, rule 1). `reason` is a code, `message` a sentence. */
export interface KeptAside {
  readonly kind: 'kept_aside'
  readonly reason: 'unknown_kind' | 'group_chat' | 'unknown_account' | 'not_json' | 'wrong_shape' | 'standby' | 'own_echo'
  readonly message: string
  readonly body: string
}

/** The parts of a call. `account` is the vendor's account id, for several accounts that share one address (rule 32). */
export type Parsed = (ChannelEvent | ChannelReceipt | KeptAside) & { readonly account?: string }

/** What verifying said. `reason` is for the log and never repeats a secret. */
export type Verified = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** A finished HTTP answer, for handshakes. */
export interface HookAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** One delivery to send. */
export interface OutgoingDelivery {
  /** Our id, stable over tries: the idempotency key where the vendor takes one. */
  readonly id: string
  /** The messenger's id of the contact. */
  readonly contact: string
  readonly message: OutboundMessage
  /** The vendor's id of the delivery that this one replaces, if it was sent. */
  readonly replaces?: string
  /** The vendor's handle of `message.attachment.file`, or its bytes' public address; resolved by the runtime. */
  readonly file_url?: string
  /** When it was decided (ms). */
  readonly decided_at: number
}

/** Why a delivery did not go out, and how far the failure reaches (rule 28). */
export interface SendFailure {
  /** `message`: this one. `contact`: the contact is out of reach. `account`: the connector is broken. */
  readonly level: 'message' | 'contact' | 'account'
  /** `area.reason`, stable: `send.blocked`, `send.bad_token` … */
  readonly code: string
  /** A sentence for people, without secrets or message text. */
  readonly message: string
}

/** What became of a send. `vendor_id` is how receipts will name it. `moved_to`: the contact has a new address from now on. */
export type SendResult =
  | { readonly type: 'sent'; readonly vendor_id: string; readonly moved_to?: string }
  /** Try again, not before `after_ms`; `whole_account` pauses every contact of the connector (429). */
  | { readonly type: 'retry'; readonly after_ms?: number; readonly whole_account: boolean; readonly code: string; readonly message: string }
  | { readonly type: 'failed'; readonly failure: SendFailure }

/** One step of a connection test, in plain words, with the way out when it failed. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly message: string
  readonly hint?: string
}

/** What the vendor says about the webhook. */
export interface WebhookState {
  readonly url: string
  readonly pending?: number
  readonly last_error?: string
  /** What a person still has to do at the vendor, as a sentence. */
  readonly next_step?: string
}

/** An open connection to the vendor for one account. Closing ends its sockets. */
export interface Connection {
  /** Sends one message. Never throws for what a vendor answers; aborts with the signal. */
  send(delivery: OutgoingDelivery, signal: AbortSignal): Promise<SendResult>
  /** Shows typing; best effort. */
  typing?(contact: string, signal: AbortSignal): Promise<void>
  /** Answers a button press; best effort. */
  answerPress?(press: string, text: string | undefined, signal: AbortSignal): Promise<void>
  /** Tests the credentials. At least one check; all of them ok means good. */
  test(signal: AbortSignal): Promise<readonly Check[]>
  /** Registers `url`; on failure restores what worked and throws a DomainError with the vendor's own words. */
  setWebhook?(url: string, signal: AbortSignal): Promise<WebhookState>
  removeWebhook?(signal: AbortSignal): Promise<void>
  /** Reads a vendor's file; at most `max_bytes`. Throws a DomainError when it cannot be had. */
  fetchFile?(ref: string, max_bytes: number, signal: AbortSignal): Promise<{ readonly bytes: Buffer; readonly mime?: string }>
  /**
   * Receives without a webhook (long polling), until the signal aborts. Each batch counts as confirmed when `accept` resolves:
   * call it with the same `Parsed` parts a webhook would give. Throws a DomainError when another receiver owns the account.
   */
  poll?(accept: (parts: readonly Parsed[]) => Promise<void>, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** The open pages of a channel that has its own page instead of a vendor (web chat). */
export interface OpenPages {
  /** Shows typing to this contact for so many milliseconds, if a page is open. */
  typing(contact: string, ms: number): void
}

/** What an adapter may use from outside. */
export interface Tools {
  /** Milliseconds since 1970. */
  now(): number
  /** Vendor base URL of the settings of the whole server, e.g. TELEGRAM_API_ROOT; a connector's own `api_root` goes first. */
  readonly api_root?: string
  /** Only for a channel that receives by its own page. */
  readonly page?: OpenPages
}

/** A messenger. `settings` and `secrets` are described once and make the form, the API's check and the docs. */
export interface Channel {
  readonly type: string
  readonly title: string
  readonly abilities: Abilities
  /** Text settings of an account; titles and descriptions are shown in the form. */
  readonly settings: TObject
  /** Secrets of an account; every property is a string. Optional ones are generated when absent and `generate` names them. */
  readonly secrets: TObject
  /** Makes the secrets that are ours to choose (webhook secret, verify token). */
  generate?(): Readonly<Record<string, string>>
  /** The vendor's id of the account (bot id, page id), once it can be known from settings and secrets; one enabled connector each. */
  accountId(account: Account): string | undefined
  /** A channel whose vendor calls us. Web chat has its own page instead. */
  readonly receives: 'webhook' | 'webhook_or_polling' | 'page'
  /** Address of the vendor's API when nothing else is set; plain http and loopback are refused for it. */
  readonly vendor_root?: string
  verify(request: HookRequest, account: Account): Verified
  /** Answers a vendor's handshake; undefined when the request is none. */
  handshake?(request: HookRequest, account: Account): HookAnswer | undefined
  /** Never throws: what cannot be read becomes `kept_aside`. Called after `verify`. */
  parse(request: HookRequest, account: Account): readonly Parsed[]
  connect(account: Account, tools: Tools): Connection
}

/** Keeps a channel's literal types; the list in `index.ts` is `Channel[]`. */
export function defineChannel<const C extends Channel>(channel: C): C {
  return channel
}

export type { Attachment }
