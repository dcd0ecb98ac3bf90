/** Connectors as they run: their rows, policies and open connections; changed without losing a message. */
import type { Account, Channel, Connection, Parsed } from '../channels/channel.ts'
import type { ConnectorPolicy } from '../engine/index.ts'
import type { Connector, ConnectorProblem, Rate, Store } from '../store/index.ts'
import type { Clock } from './clock.ts'
import type { StepConnector } from './handle-event.ts'
import type { Log } from './log.ts'

/** A connector and everything made from its row. */
export interface OpenConnector extends StepConnector {
  readonly channel: Channel
  readonly account: Account
  readonly rate: Rate
  /** Null while it is disabled or cannot be opened. */
  readonly connection: Connection | null
  /** Ends its polling. */
  readonly closing: AbortController
}

export interface ConnectorOptions {
  readonly store: Store
  readonly channels: readonly Channel[]
  readonly clock: Clock
  readonly log: Log
  /** Vendor base URLs of the whole server, by channel. */
  readonly apiRoots: Readonly<Record<string, string | undefined>>
  accept(connector: string, parts: readonly Parsed[]): Promise<void>
  /** Holds and resumes what is on its way out while a connection is exchanged. */
  hold(connector: string): Promise<void>
  resume(connector: string): void
}

/** The connectors of a runtime. */
export interface Connectors {
  /** Reads and opens all of them. */
  start(): Promise<void>
  /** Begins to poll where a connector receives so. */
  startPolling(): void
  get(id: string): OpenConnector | undefined
  list(): readonly OpenConnector[]
  /** The enabled connector of a vendor account. */
  byAccount(channel: string, account: string): OpenConnector | undefined
  /** Takes over what the row says now; call it after each change of a row, also after a removal. */
  refresh(id: string): Promise<void>
  setProblem(id: string, problem: ConnectorProblem | null): Promise<void>
  /** Stops polling. */
  stopReceiving(): void
  close(): Promise<void>
}

const NO_PACING: Rate = { per_second: 0, burst: 0, per_contact: 0, per_contact_burst: 0 }
/** Before a receiver that broke is started again. */
const POLL_AGAIN_MS = 5000
/** A change of account waits so long for sends in flight. */
const MOST_HOLD_MS = 10_000

/** Makes them. */
export function createConnectors(options: ConnectorOptions): Connectors {
  const { store, clock, log } = options
  const open = new Map<string, OpenConnector>()
  const channels = new Map(options.channels.map(channel => [channel.type, channel]))
  let polling = false

  function make(connector: Connector): OpenConnector | undefined {
    const channel = channels.get(connector.channel)
    if (!channel) {
      log.error({ connector: connector.id, channel: connector.channel }, 'A connector of an unknown channel is left out.')
      return undefined
    }
    const account: Account = { connector: connector.id, name: connector.name, settings: connector.settings, secrets: connector.secrets }
    const { rate, foreign } = paceOf(connector, channel)
    return {
      connector,
      channel,
      account,
      policy: policyOf(connector, channel),
      rate,
      connection: connect(connector, channel, account, foreign),
      closing: new AbortController(),
    }
  }

  function paceOf(connector: Connector, channel: Channel): { rate: Rate; foreign: string | undefined } {
    const serverRoot = options.apiRoots[connector.channel]
    const root = typeof connector.settings.api_root === 'string' && connector.settings.api_root !== '' ? connector.settings.api_root : serverRoot
    const isVendors = root === undefined || root === channel.vendor_root
    return { rate: connector.rate ?? (isVendors ? channel.abilities.rate : NO_PACING), foreign: serverRoot }
  }

  function connect(connector: Connector, channel: Channel, account: Account, api_root: string | undefined): Connection | null {
    if (!connector.enabled) return null
    try {
      return channel.connect(account, { now: clock.now, ...(api_root === undefined ? {} : { api_root }) })
    } catch (error) {
      log.error({ err: error, connector: connector.id }, 'A connector could not be opened.')
      return null
    }
  }

  async function poll(entry: OpenConnector): Promise<void> {
    const { connection, connector, channel, closing } = entry
    const receive = connection?.poll?.bind(connection)
    if (!receive || channel.receives !== 'webhook_or_polling' || connector.settings.receive !== 'polling') return
    while (!closing.signal.aborted) {
      try {
        await receive(parts => options.accept(connector.id, parts), closing.signal)
      } catch (error) {
        if (!closing.signal.aborted) log.warn({ err: error, connector: connector.id }, 'Receiving broke off; it starts again.')
      }
      if (!closing.signal.aborted) await waitFor(closing.signal)
    }
  }

  function waitFor(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const callOff = clock.after(POLL_AGAIN_MS, resolve)
      const end = () => {
        callOff()
        resolve()
      }
      signal.addEventListener('abort', end, { once: true })
    })
  }

  async function shut(entry: OpenConnector): Promise<void> {
    entry.closing.abort()
    await entry.connection?.close().catch(error => log.warn({ err: error, connector: entry.connector.id }, 'A connection did not close.'))
  }

  return {
    start: async () => {
      for (const connector of await store.connectors.list()) {
        const entry = make(connector)
        if (entry) open.set(connector.id, entry)
      }
    },
    startPolling: () => {
      polling = true
      for (const entry of open.values()) void poll(entry)
    },
    get: id => open.get(id),
    list: () => [...open.values()],
    byAccount: (channel, account) => {
      for (const entry of open.values()) {
        const { connector } = entry
        if (connector.enabled && connector.channel === channel && connector.account_id === account) return entry
      }
      return undefined
    },
    refresh: async id => {
      const connector = await store.connectors.byId(id)
      const before = open.get(id)
      if (before) {
        // What is in flight ends on the old connection; what is queued goes out on the new one.
        before.closing.abort()
        await Promise.race([options.hold(id), new Promise<void>(resolve => clock.after(MOST_HOLD_MS, resolve))])
      }
      const entry = connector && make(connector)
      if (entry) open.set(id, entry)
      else open.delete(id)
      if (before) await shut(before)
      options.resume(id)
      if (entry && polling) void poll(entry)
    },
    setProblem: async (id, problem) => {
      const entry = open.get(id)
      if (entry) open.set(id, { ...entry, connector: { ...entry.connector, problem } })
      await store.commit(store.connectors.setProblem(id, problem)).catch(error => log.warn({ err: error, connector: id }, 'A problem could not be stored.'))
      if (problem === null) options.resume(id)
    },
    stopReceiving: () => {
      polling = false
      for (const entry of open.values()) entry.closing.abort()
    },
    close: async () => {
      await Promise.all([...open.values()].map(shut))
    },
  }
}

function policyOf(connector: Connector, channel: Channel): ConnectorPolicy {
  const { id, flow, session_hours, queue, max_wait_ms, timeout_action, fallback } = connector
  return { id, flow, session_hours, queue, max_wait_ms, timeout_action, fallback, abilities: channel.abilities }
}
