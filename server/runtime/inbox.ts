/** The inbox: what messengers tell us becomes durable before they are answered (design 5.1 to 5.3). */
import type { Account, ChannelEvent, ChannelReceipt, ContactProfile, KeptAside, Parsed } from '../channels/channel.ts'
import { type Contact, DomainError, type Event } from '../engine/index.ts'
import type { Store, StoredEvent, Timer, Write } from '../store/index.ts'
import { checkpoint } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import type { Connectors, OpenConnector } from './connectors.ts'
import type { Files } from './files.ts'
import type { GroupCommit } from './group-commit.ts'
import { makeId } from './ids.ts'
import type { EventJob, Handled, WritesAfter } from './job.ts'
import { unknownContact } from './lane-changes.ts'
import type { Lane, Lanes } from './lanes.ts'
import type { Metrics } from './metrics.ts'
import { takeReceipt } from './receipts.ts'
import type { Runner } from './runner.ts'

export interface InboxOptions {
  readonly store: Store
  readonly clock: Clock
  readonly commits: GroupCommit
  readonly lanes: Lanes
  readonly runner: Runner
  readonly connectors: Connectors
  readonly files: Files
  readonly metrics: Metrics
}

/** What belongs to an event of our own making. */
export interface OwnEventOptions {
  /** Makes a repetition of the same thing one event. */
  readonly external_id?: string
  /** When it happened (ms), if not now. */
  readonly at?: number
  /** True together with the event, or not at all. */
  readonly writes?: readonly Write[] | WritesAfter
  readonly timer?: Timer
}

/** Accepts events. */
export interface Inbox {
  /**
   * Resolves when everything is committed. Parts of another account of the same app go to the connector that `verifies`
   * says has the same secret (rule 32); without one they are kept aside. Rejects with `store.down`: answer 503.
   */
  accept(connector: string, parts: readonly Parsed[], verifies?: (account: Account) => boolean): Promise<void>
  /** An event of our own: timers, queues, agents, operators. Resolves when it was handled. */
  acceptInternal(contact: string, event: Event, options?: OwnEventOptions): Promise<Handled>
}

/** A receipt can be faster than the commit of the send it is about: it is looked at again after this time. */
const RECEIPT_AGAIN_MS = 1000

/** Makes the inbox. */
export function createInbox(options: InboxOptions): Inbox {
  const { store, clock, lanes, runner, connectors, files, metrics } = options
  /** Keys on their way into the store, with the promise of their commit. */
  const underway = new Map<string, Promise<void>>()

  async function accept(id: string, parts: readonly Parsed[], verifies?: (account: Account) => boolean): Promise<void> {
    const called = connectors.get(id)
    if (!called) throw unknownConnector(id)
    const work: Promise<void>[] = []
    const events = new Map<OpenConnector, ChannelEvent[]>()
    const aside: { readonly part: KeptAside; readonly connector: string | null; readonly account: string | null }[] = []
    for (const part of parts) {
      const target = targetOf(called, part.account, verifies)
      if (part.kind === 'kept_aside') aside.push({ part, connector: target?.connector.id ?? id, account: part.account ?? null })
      else if (!target) aside.push({ part: unknownAccount(part), connector: null, account: part.account ?? null })
      else if (part.kind === 'receipt') work.push(acceptReceipt(target, part))
      else events.set(target, [...(events.get(target) ?? []), part])
    }
    for (const [target, list] of events) work.push(acceptEvents(target, list))
    if (aside.length > 0) work.push(keepAside(called, aside))
    await Promise.all(work)
  }

  /** Whose account the part is of; undefined when nobody here has it. */
  function targetOf(called: OpenConnector, account: string | undefined, verifies: ((account: Account) => boolean) | undefined): OpenConnector | undefined {
    if (account === undefined || called.connector.account_id === null || called.connector.account_id === account) return called
    const other = connectors.byAccount(called.connector.channel, account)
    return other && verifies?.(other.account) ? other : undefined
  }

  async function acceptEvents(target: OpenConnector, events: readonly ChannelEvent[]): Promise<void> {
    const { id, channel } = target.connector
    const keyOf = (event: ChannelEvent) => `${id} ${event.external_id}`
    const known = await store.events.seen(
      id,
      events.map(event => event.external_id),
    )
    const work: Promise<void>[] = []
    const arriving: ChannelEvent[] = []
    const mine = new Set<string>()
    for (const event of events) {
      const key = keyOf(event)
      const twin = underway.get(key)
      // A repetition is acknowledged when the first one is safe, and fails when that fails.
      if (twin) work.push(twin)
      if (twin || known.has(event.external_id) || mine.has(key)) metrics.duplicates.inc({ channel })
      else {
        mine.add(key)
        arriving.push(event)
      }
    }
    const byContact = new Map<string, ChannelEvent[]>()
    for (const event of arriving) byContact.set(event.contact, [...(byContact.get(event.contact) ?? []), event])
    for (const [address, list] of byContact) {
      const accepted = acceptOfContact(target, address, list)
      for (const event of list) underway.set(keyOf(event), accepted)
      work.push(
        accepted.finally(() => {
          for (const event of list) underway.delete(keyOf(event))
        }),
      )
    }
    await Promise.all(work)
  }

  async function acceptOfContact(target: OpenConnector, address: string, events: readonly ChannelEvent[]): Promise<void> {
    const { id, channel } = target.connector
    const profile = events[0]?.profile
    const newcomer = (): Contact => ({ ...profile, id: makeId(clock.now()), channel })
    const lane = lanes.peek(id, address) ?? (await lanes.byAddress(id, address, newcomer))
    const received_at = clock.now()
    const jobs: EventJob[] = []
    const accepted: Promise<void>[] = []
    let fetches = false
    for (const event of events) {
      const allotted = files.allot(event.event, event.files ?? [], { connector: id, contact: lane.id })
      if (allotted.writes.length > 0) fetches = true
      const { promise, resolve, reject } = deferred()
      accepted.push(promise)
      jobs.push({
        type: 'event',
        event: allotted.event,
        external_id: event.external_id,
        at: event.at,
        order_key: event.order ?? null,
        received_at,
        profile: newsOf(event.profile, lane),
        writes: allotted.writes,
        timer: null,
        accepted: resolve,
        handled: () => {},
        failed: reject,
      })
    }
    checkpoint('inbox.before_commit')
    runner.push(lane, jobs)
    await Promise.all(accepted)
    checkpoint('inbox.after_commit')
    metrics.accepted.inc({ channel }, events.length)
    if (fetches) files.wake()
  }

  async function acceptReceipt(target: OpenConnector, receipt: ChannelReceipt): Promise<void> {
    const { id } = target.connector
    const [contact] = await store.contacts.byAddress(id, [receipt.contact])
    if (!contact) return
    const lane = async (): Promise<Lane | undefined> => (await lanes.byId([contact.id]))[0]
    const first = await lane()
    if (!first || (await takeReceipt(store, runner, first, receipt)) || first.state?.unsettled.length === 0) return
    await new Promise<void>(resolve => clock.after(RECEIPT_AGAIN_MS, resolve))
    const again = await lane()
    if (again) await takeReceipt(store, runner, again, receipt)
  }

  async function keepAside(
    called: OpenConnector,
    entries: readonly { readonly part: KeptAside; readonly connector: string | null; readonly account: string | null }[],
  ): Promise<void> {
    const now = clock.now()
    const { channel } = called.connector
    const rows = entries.map(({ part, connector, account }) => {
      const { reason, message, body } = part
      return { id: makeId(now), connector, channel, account, reason, message, body, received_at: now }
    })
    await options.commits.commit(store.keptAside.insert(rows))
    for (const { reason } of rows) metrics.keptAside.inc({ channel, reason })
  }

  return {
    accept,
    acceptInternal: async (contact, event, { external_id, at, writes = [], timer } = {}) => {
      const [lane] = await lanes.byId([contact])
      if (!lane) throw unknownContact(contact)
      if (!connectors.get(lane.connector)) throw unknownConnector(lane.connector)
      if (external_id !== undefined && (await store.events.seen(lane.connector, [external_id])).size > 0) return { trace: [], seq: null }
      const now = clock.now()
      return new Promise((handled, failed) => {
        const job: EventJob = {
          type: 'event',
          event,
          external_id: external_id ?? null,
          at: at ?? timer?.due_at ?? now,
          order_key: null,
          received_at: now,
          profile: null,
          writes,
          timer: timer ?? null,
          accepted: () => {},
          handled,
          failed,
        }
        runner.push(lane, [job])
      })
    },
  }
}

function deferred() {
  let resolve = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** Keys of a profile that the contact does not have yet. */
function newsOf(profile: ContactProfile | undefined, lane: Lane): StoredEvent['profile'] {
  if (!profile) return null
  const known = lane.state?.contact.conversation.contact
  if (!known) return null
  let news: Record<string, string> | null = null
  for (const key of ['name', 'first_name', 'last_name', 'username', 'phone', 'language'] as const) {
    const value = profile[key]
    // Names stay as they are once known, because a flow may have asked for a better one; the username is the messenger's own.
    if (value === undefined || value === known[key] || (known[key] !== undefined && key !== 'username')) continue
    news ??= {}
    news[key] = value
  }
  return news
}

function unknownAccount(part: Parsed): KeptAside {
  return {
    kind: 'kept_aside',
    reason: 'unknown_account',
    message: 'The call is about an account that no enabled connector has.',
    body: JSON.stringify(part),
  }
}

/** There is no such connector, or its channel is not built in. */
export function unknownConnector(id: string): DomainError {
  return new DomainError('connector.unknown', { message: `There is no connector “${id}”.`, hint: 'GET /api/connectors lists them.', at: `/connectors/${id}` })
}
