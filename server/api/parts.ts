/** What the API is made of: `main.ts` hands these parts over. */
import type { Channel, Connection, Parsed } from '../channels/channel.ts'
import type { Abilities, Event } from '../engine/index.ts'
import type { Connector, Store } from '../store/index.ts'

/** What the API needs of the runtime. */
export interface ApiRuntime {
  /** Resolves after the commit. Throws `store.down` when it cannot. */
  accept(connector: string, parts: readonly Parsed[]): Promise<void>
  /** Puts an event of ours into the contact's lane and resolves once it is handled. `refused` says why it was not possible. */
  carryOut(contact: string, event: Event): Promise<{ readonly refused?: string }>
  /** From memory, disabled ones too; undefined for an unknown or deleted one. */
  connectorOf(id: string): Connector | undefined
  /** Enabled connectors of a channel with this account id. */
  connectorsOfAccount(channel: string, account: string): readonly Connector[]
  /** After a commit that made, changed or removed a connector. */
  connectorChanged(id: string): Promise<void>
  /** After a commit that set a version live. */
  flowChanged(id: string): Promise<void>
  /** After a commit that changed a queue. */
  queueChanged(slug: string): Promise<void>
  /** The open connection of a connector. */
  connectionOf(id: string): Connection
  /** Appends a failed delivery anew at the tail of its contact; answers its number. */
  resend(contact: string, n: number): Promise<number>
  /** Calls the listener after each commit that changes what the contact sees. Answers how to stop. */
  watch(contact: string, listener: () => void): () => void
  readonly files: ApiFiles
  /** Prometheus text. */
  metrics(): Promise<string>
}

/** Files as the API serves and takes them (rule 42). */
export interface ApiFiles {
  /** Stores bytes that a contact sent and answers what is known of them. */
  save(connector: string, contact: string, bytes: Buffer, name: string): Promise<{ readonly id: string; readonly mime: string; readonly size: number }>
  /** The path of a signed address, from `/files/` on. */
  sign(id: string): string
  /** The id of a signed address; undefined when the signature is wrong or too old. */
  readSigned(path: string): string | undefined
  open(id: string): Promise<{ readonly path: string; readonly mime: string; readonly name: string; readonly size: number } | undefined>
}

/** Everything a route may use. */
export interface Parts {
  readonly store: Store
  readonly runtime: ApiRuntime
  readonly channels: readonly Channel[]
  readonly abilities: Readonly<Record<string, Abilities>>
  /** The address others know us by; no slash at the end. Asked for late: the port may be chosen by the system. */
  readonly publicUrl: () => string
  /** A vendor's base URL by channel. */
  readonly apiRoots: Readonly<Record<string, string>>
  readonly now: () => number
  readonly newId: () => string
}
