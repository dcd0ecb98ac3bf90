/** The outbox: decided deliveries on their way to the messengers, at least once, in order per contact (rules 6, 28, 30). */
import type { OutgoingDelivery, SendResult } from '../channels/channel.ts'
import { type Delivery, type DeliveryFailure, deliveryId, isStoreDown, type Store, type Timer } from '../store/index.ts'
import { backoffMs } from './backoff.ts'
import { checkpoint } from './checkpoints.ts'
import type { Clock } from './clock.ts'
import type { Connectors, OpenConnector } from './connectors.ts'
import type { GroupCommit } from './group-commit.ts'
import type { LaneChanges } from './lane-changes.ts'
import type { Lanes } from './lanes.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { createSender, type Sender, type Tried } from './sender.ts'
import { settleFailed, settleSent } from './settle.ts'

export interface OutboxOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly commits: GroupCommit
  readonly lanes: Lanes
  readonly changes: LaneChanges
  readonly connectors: Connectors
  readonly mostInFlight: number
  /** A try that takes longer is over and is repeated. */
  readonly sendTimeoutMs: number
  random(): number
  schedule(timer: Timer): void
  /** A public address of one of our files. */
  fileUrl(file: string): string
}

/** The outbox of all connectors. */
export interface Outbox {
  /** Everything that is still queued, after a start. */
  start(): Promise<void>
  /** Rows that were just committed, in order. */
  deliver(deliveries: readonly Delivery[]): void
  answerPress(connector: string, press: string, text: string | undefined): void
  /** Holds a connector until nothing of it is in flight. */
  hold(connector: string): Promise<void>
  /** Goes on, with what the connector says now about pace and pauses. */
  resume(connector: string): void
  /** Forgets deliveries that were settled without sending. */
  drop(connector: string, contact: string, numbers: readonly number[]): void
  depth(): { readonly queued: number; readonly oldest_at: number | null }
  /** Takes nothing new in hand and waits for what is in flight. */
  stop(): Promise<void>
}

const LOAD_PAGE = 1000
/** How long a shutdown waits for sends in flight. */
const DRAIN_MS = 5000
/** And then for those that were broken off. */
const ABORT_MS = 1000
/** Pause between tries to store an outcome while the store is down. */
const SETTLE_AGAIN_MS = 500

/** Makes the outbox. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, clock, log, metrics, connectors, changes } = options
  const senders = new Map<string, Sender>()
  const stopping = new AbortController()
  /** Sends in flight. */
  const underway = new Set<AbortController>()
  const settleTools = { store, now: clock.now, schedule: options.schedule }

  function senderOf(id: string): Sender {
    const known = senders.get(id)
    if (known) return known
    const open = connectors.get(id)
    const sender = createSender({
      clock,
      rate: open?.rate ?? { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 },
      mostInFlight: options.mostInFlight,
      pausedUntil: open?.connector.paused_until ?? 0,
      attempt: delivery => attempt(id, delivery),
      showTyping: delivery => void showTyping(id, delivery),
    })
    senders.set(id, sender)
    return sender
  }

  async function attempt(id: string, delivery: Delivery): Promise<Tried> {
    const open = connectors.get(id)
    if (!open?.connection || open.connector.problem || stopping.signal.aborted) return { type: 'stop' }
    const tried = { ...delivery, attempts: delivery.attempts + 1 }
    if (clock.now() >= delivery.expires_at) {
      const why = delivery.failure?.message ?? 'It could not be sent in time.'
      return fail(open, tried, { code: 'send.gave_up', message: why, level: 'message' })
    }
    const result = await send(open, tried)
    checkpoint('outbox.after_send')
    if (result.type === 'sent') return succeed(open, tried, result)
    if (result.type === 'retry') return postpone(open, tried, result)
    if (result.failure.level === 'account') return stopAccount(open, result.failure)
    return fail(open, tried, result.failure)
  }

  async function send(open: OpenConnector, delivery: Delivery): Promise<SendResult> {
    try {
      const outgoing = await prepare(delivery)
      checkpoint('outbox.before_send')
      if (!outgoing) return { type: 'failed', failure: { level: 'contact', code: 'send.no_contact', message: 'The contact is not there any more.' } }
      return (await sendInTime(open, outgoing)) ?? retry('send.not_connected', 'The connector is not connected.')
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error, connector: open.connector.id }, 'A send broke off; it is repeated.')
      return retry('send.broke_off', error instanceof Error ? error.message : 'The send broke off.')
    }
  }

  /** One controller a send: `AbortSignal.any` would cost more than the rest of the send. */
  async function sendInTime(open: OpenConnector, outgoing: OutgoingDelivery): Promise<SendResult | undefined> {
    const controller = new AbortController()
    const callOff = clock.after(options.sendTimeoutMs, () => controller.abort(new Error('The messenger did not answer in time.')))
    underway.add(controller)
    try {
      return await open.connection?.send(outgoing, controller.signal)
    } finally {
      callOff()
      underway.delete(controller)
    }
  }

  /** Address, file and replaced message are looked up when it goes, not when it was decided. */
  async function prepare(delivery: Delivery): Promise<OutgoingDelivery | undefined> {
    const [lane] = await options.lanes.byId([delivery.contact])
    if (!lane) return undefined
    const { message, contact, n } = delivery
    const replaces = message.replaces === undefined ? undefined : await vendorIdOf(contact, message.replaces)
    const file = message.attachment?.file
    return {
      id: deliveryId(contact, n),
      contact: lane.address,
      message,
      ...(replaces === undefined ? {} : { replaces }),
      ...(file === undefined ? {} : { file_url: options.fileUrl(file) }),
      decided_at: delivery.decided_at,
    }
  }

  /** The vendor's id of a message that can be replaced: sent, and in one piece (rule 30). */
  async function vendorIdOf(contact: string, delivery: number): Promise<string | undefined> {
    const near = await store.deliveries.latest(contact, 100)
    const sent = near.find(row => row.delivery === delivery && row.vendor_id !== null)
    const parts = sent ? near.filter(row => row.first === sent.first).length : 0
    return parts === 1 ? (sent?.vendor_id ?? undefined) : undefined
  }

  async function succeed(open: OpenConnector, delivery: Delivery, result: Extract<SendResult, { type: 'sent' }>): Promise<Tried> {
    const settled = await settle(delivery, draft => settleSent(settleTools, draft, delivery, result.vendor_id, delivery.attempts))
    if (!settled) return { type: 'stop' }
    checkpoint('outbox.after_settle')
    metrics.sent.inc({ channel: open.connector.channel })
    if (result.moved_to !== undefined) await changes.move(delivery.contact, result.moved_to)
    return { type: 'next' }
  }

  async function fail(open: OpenConnector, delivery: Delivery, failure: DeliveryFailure): Promise<Tried> {
    const { channel, id } = open.connector
    const onDropped = (numbers: readonly number[]) => senders.get(id)?.drop(delivery.contact, numbers)
    const settled = await settle(delivery, draft => settleFailed(settleTools, draft, delivery, failure, delivery.attempts, onDropped))
    if (!settled) return { type: 'stop' }
    metrics.failed.inc({ channel, level: failure.level })
    return { type: 'next' }
  }

  async function postpone(open: OpenConnector, delivery: Delivery, result: Extract<SendResult, { type: 'retry' }>): Promise<Tried> {
    if (stopping.signal.aborted) return { type: 'stop' }
    const { contact, n, attempts } = delivery
    const { id, channel } = open.connector
    const waitMs = result.whole_account && result.after_ms !== undefined ? result.after_ms : backoffMs(attempts, result.after_ms, options.random())
    const at = clock.now() + waitMs
    const retry_at = Math.min(at, Math.max(delivery.expires_at, clock.now()))
    const failure: DeliveryFailure = { code: result.code, message: result.message, level: 'message' }
    metrics.retries.inc({ channel })
    const writes = store.deliveries.postpone([{ contact, n, attempts, retry_at, failure }])
    // Best effort: without the row the next start only tries earlier.
    if (result.whole_account) writes.push(...store.connectors.setPause(id, at))
    await options.commits.commit(writes).catch(error => log.warn({ err: error, contact }, 'A postponed delivery could not be stored.'))
    return { type: 'again', at: result.whole_account ? at : retry_at, delivery: { ...delivery, retry_at, failure }, pause: result.whole_account }
  }

  async function stopAccount(open: OpenConnector, failure: DeliveryFailure): Promise<Tried> {
    const { id, channel } = open.connector
    log.error({ connector: id, channel, code: failure.code }, `The messenger refuses this account; nothing is sent until it is updated: ${failure.message}`)
    await connectors.setProblem(id, { code: failure.code, message: failure.message, at: clock.now() })
    return { type: 'stop' }
  }

  /** Commits an outcome, however long the store is down; false when the server stops before. */
  async function settle(delivery: Delivery, apply: Parameters<LaneChanges['change']>[1]): Promise<boolean> {
    while (true) {
      try {
        await changes.change(delivery.contact, apply)
        return true
      } catch (error) {
        if (!isStoreDown(error)) log.error({ err: error, contact: delivery.contact, n: delivery.n }, 'The outcome of a send could not be stored.')
        if (stopping.signal.aborted) return false
        await new Promise<void>(resolve => clock.after(SETTLE_AGAIN_MS, resolve))
      }
    }
  }

  async function showTyping(id: string, delivery: Delivery): Promise<void> {
    const connection = connectors.get(id)?.connection
    if (!connection?.typing) return
    const [lane] = await options.lanes.byId([delivery.contact])
    if (lane) await connection.typing(lane.address, stopping.signal).catch(() => {})
  }

  return {
    start: async () => {
      let after = { contact: '', n: 0 }
      while (true) {
        const page = await store.deliveries.queued(after, LOAD_PAGE)
        for (const delivery of page) senderOf(delivery.connector).add([delivery])
        const last = page.at(-1)
        if (!last || page.length < LOAD_PAGE) return
        after = { contact: last.contact, n: last.n }
      }
    },
    deliver: deliveries => {
      const [first] = deliveries
      if (first && !stopping.signal.aborted) senderOf(first.connector).add(deliveries)
    },
    answerPress: (id, press, text) => {
      const connection = connectors.get(id)?.connection
      connection?.answerPress?.(press, text, stopping.signal).catch(() => {})
    },
    hold: async id => {
      const sender = senders.get(id)
      sender?.stop()
      await sender?.idle()
    },
    resume: id => {
      const sender = senders.get(id)
      const open = connectors.get(id)
      if (!sender || !open?.connection || open.connector.problem) return
      sender.setRate(open.rate)
      sender.pauseUntil(open.connector.paused_until ?? 0)
      sender.resume()
    },
    drop: (id, contact, numbers) => senders.get(id)?.drop(contact, numbers),
    depth: () => {
      const oldest = [...senders.values()].flatMap(sender => sender.oldest() ?? [])
      return {
        queued: [...senders.values()].reduce((sum, sender) => sum + sender.queued(), 0),
        oldest_at: oldest.length === 0 ? null : Math.min(...oldest),
      }
    },
    stop: async () => {
      const all = [...senders.values()]
      for (const sender of all) sender.stop()
      const idle = Promise.all(all.map(sender => sender.idle()))
      await Promise.race([idle, new Promise<void>(resolve => clock.after(DRAIN_MS, resolve))])
      // What does not come to an end is broken off; it goes again after the next start.
      stopping.abort()
      for (const controller of underway) controller.abort()
      // Bounded: a connection that ignores its signal must not hold the process.
      await Promise.race([idle, new Promise<void>(resolve => clock.after(ABORT_MS, resolve))])
    },
  }
}

function retry(code: string, message: string): SendResult {
  return { type: 'retry', whole_account: false, code, message }
}
