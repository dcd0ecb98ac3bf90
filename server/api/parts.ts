/** What the API is made of: `main.ts` hands these parts over. */
import type { Account, Channel, Parsed } from '../channels/channel.ts'
import type { Abilities, Event, Flow } from '../engine/index.ts'
import type { Connector, Delivery, Store, StoredFile } from '../store/index.ts'
import type { SignIn } from './sign-in/sign-in.ts'

/** A connector with what was made of it. */
export interface RunningConnector {
  readonly connector: Connector
  readonly channel: Channel
  readonly account: Account
}

/** What the API needs of the runtime. */
export interface ApiRuntime {
  /**
   * Resolves after the commit; throws `store.down` when it cannot. Parts of another account of the same app go to its connector when
   * `verifies` says that it has the same secret, else they are kept aside (rule 32).
   */
  accept(connector: string, parts: readonly Parsed[], verifies?: (account: Account) => boolean): Promise<void>
  /** Puts an event of ours into the contact's lane and resolves once it is handled. `refused` says why it was not possible. */
  carryOut(contact: string, event: Event): Promise<{ readonly refused?: string }>
  /** From memory, disabled ones too; undefined for an unknown or deleted one. */
  connectorOf(id: string): RunningConnector | undefined
  /** The enabled connector of a vendor account. */
  connectorOfAccount(channel: string, account: string): RunningConnector | undefined
  /** After a commit that made, changed or removed a connector. */
  connectorChanged(id: string): Promise<void>
  /** After a commit that set a version live. */
  flowsChanged(): Promise<void>
  /** After a commit that changed a queue. */
  queuesChanged(): Promise<void>
  /** Appends a failed delivery anew at the tail of its contact. */
  resend(contact: string, n: number): Promise<Delivery>
  readonly files: ApiFiles
  /** Prometheus text. */
  metrics(): Promise<string>
}

/** Files as the API serves and takes them (rule 42). */
export interface ApiFiles {
  put(bytes: Buffer, about: { readonly name: string | null; readonly connector: string | null; readonly contact: string | null }): Promise<StoredFile>
  /** Undefined while it is not here, or when it is gone. */
  read(id: string): Promise<{ readonly path: string; readonly mime: string; readonly name: string | null; readonly size: number } | undefined>
  /** An address that opens the file for a while without signing in. */
  urlOf(id: string): string
  isSigned(id: string, expires: string, signature: string): boolean
}

/** Everything a route may use. */
export interface Parts {
  readonly store: Store
  readonly signIn: SignIn
  readonly runtime: ApiRuntime
  /** Flows to begin with. */
  readonly templates: () => Promise<readonly Flow[]>
  readonly channels: readonly Channel[]
  readonly abilities: Readonly<Record<string, Abilities>>
  /** The address others know us by; no slash at the end. Asked for late: the port may be chosen by the system. */
  readonly publicUrl: () => string
  /** A vendor's base URL by channel. */
  readonly apiRoots: Readonly<Record<string, string>>
  readonly now: () => number
  readonly newId: () => string
}
