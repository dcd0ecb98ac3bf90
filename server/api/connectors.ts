/** Connectors: configured accounts on a channel. */
import type { Channel, Connection } from '../channels/channel.ts'
import { DomainError } from '../engine/index.ts'
import type { Connector } from '../store/index.ts'
import { applyChange, newConnector, secretTimes, writeSecretTimes } from './connector-change.ts'
import { ConnectorAnswer, ConnectorChange, NewConnector, PageQuery, pageOf, TestAnswer, WebhookAnswer } from './contract.ts'
import { pageOfList } from './paging.ts'
import type { Parts } from './parts.ts'
import { defineRoute, ok, type Route } from './route.ts'

/** How long a vendor may take for a test or a webhook (ms). */
const VENDOR_TIMEOUT = 20_000

/** The calls about connectors. */
export const connectorRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/connectors',
    scope: 'connectors:read',
    summary: 'Lists the connectors.',
    query: PageQuery,
    answers: { 200: pageOf(ConnectorAnswer) },
    handle: async ({ query }, parts) => {
      const page = pageOfList(await parts.store.connectors.list(), query)
      return ok({ ...page, items: await Promise.all(page.items.map(connector => showConnector(parts, connector))) })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/connectors',
    scope: 'connectors:write',
    summary: 'Makes a connector. Secrets that Parley can make are made when they are left out; no answer shows one.',
    body: NewConnector,
    answers: { 201: ConnectorAnswer },
    handle: async ({ body }, parts) => {
      const { store, runtime, now } = parts
      const connector = await newConnector(parts, body)
      const times = Object.fromEntries(Object.keys(connector.secrets).map(name => [name, now()]))
      await store.commit([...store.connectors.insert(connector), ...writeSecretTimes(parts, connector.id, times)])
      await runtime.connectorChanged(connector.id)
      return { status: 201, body: await showConnector(parts, connector) }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/connectors/{id}',
    scope: 'connectors:read',
    summary: 'A connector.',
    answers: { 200: ConnectorAnswer },
    handle: async ({ params }, parts) => ok(await showConnector(parts, await connectorOf(parts, params.id))),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/connectors/{id}',
    scope: 'connectors:write',
    summary: 'Changes what is given and leaves the rest; `secrets` is how a token is updated. No message is lost meanwhile.',
    body: ConnectorChange,
    answers: { 200: ConnectorAnswer },
    handle: ({ params, body }, parts) =>
      inTurn(params.id ?? '', async () => {
        const { store, runtime, now } = parts
        const known = await connectorOf(parts, params.id)
        const changed = await applyChange(parts, known, body)
        const times = { ...(await secretTimes(parts, known.id)) }
        for (const [name, secret] of Object.entries(changed.secrets)) if (known.secrets[name] !== secret) times[name] = now()
        await store.commit([...store.connectors.update(changed), ...writeSecretTimes(parts, known.id, times)])
        await runtime.connectorChanged(known.id)
        return ok(await showConnector(parts, changed))
      }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/connectors/{id}',
    scope: 'connectors:write',
    summary: 'Removes a connector with its secrets; its transcripts stay.',
    answers: { 204: 'empty' },
    handle: async ({ params }, parts) => {
      const { store, runtime, now } = parts
      const { id, ...known } = await connectorOf(parts, params.id)
      // Hidden rows stay for their transcripts; what opens the vendor's doors does not.
      await store.commit([...store.connectors.update({ ...known, id, secrets: {} }), ...store.connectors.remove(id, now())])
      await runtime.connectorChanged(id)
      return { status: 204 }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/connectors/{id}/test',
    scope: 'connectors:write',
    summary: 'Tests the connection with the vendor and says in plain words what is wrong.',
    answers: { 200: TestAnswer },
    handle: async ({ params }, parts) => {
      const connector = await connectorOf(parts, params.id)
      const checks = await withConnection(parts, connector, connection => connection.test(AbortSignal.timeout(VENDOR_TIMEOUT)))
      return ok({ ok: checks.every(check => check.ok), checks })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/connectors/{id}/webhook',
    scope: 'connectors:write',
    summary: 'Sets the webhook at PUBLIC_URL and answers what the vendor says; a failed change restores what worked.',
    answers: { 200: WebhookAnswer },
    handle: async ({ params }, parts) => {
      const connector = await connectorOf(parts, params.id)
      const channel = channelOf(parts, connector)
      if (connector.settings.receive === 'polling') {
        throw new DomainError('connector.polling', {
          message: `“${connector.name}” receives by polling; a webhook would take its messages away.`,
          hint: 'Change the setting “receive” to webhook first.',
          at: '/settings/receive',
        })
      }
      const url = webhookUrl(parts, connector)
      const state = await withConnection(parts, connector, async connection => {
        if (!connection.setWebhook) {
          throw new DomainError('connector.no_webhook', {
            message: `${channel.title} takes no webhook address from here.`,
            hint: channel.receives === 'page' ? 'A web chat has its own page and needs none.' : `Enter ${url} at the vendor.`,
          })
        }
        checkReachable(parts, connector, channel, url)
        return connection.setWebhook(url, AbortSignal.timeout(VENDOR_TIMEOUT))
      })
      return ok(state)
    },
  }),
]

const turns = new Map<string, Promise<unknown>>()

/** A change is decided on what the one before it left: two at once would otherwise forget what the other set. */
async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(id) ?? Promise.resolve()
  const mine = before.then(work, work)
  turns.set(id, mine)
  try {
    return await mine
  } finally {
    if (turns.get(id) === mine) turns.delete(id)
  }
}

/** A connection of its own, so that also a disabled connector can be tested, and what is being sent is not disturbed. */
async function withConnection<T>(parts: Parts, connector: Connector, use: (connection: Connection) => Promise<T>): Promise<T> {
  const channel = channelOf(parts, connector)
  const { id, name, settings, secrets } = connector
  const root = parts.apiRoots[channel.type]
  const connection = channel.connect({ connector: id, name, settings, secrets }, { now: parts.now, ...(root === undefined ? {} : { api_root: root }) })
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

/** Where the vendor calls; for a web chat where its page is. */
export function webhookUrl({ publicUrl, channels }: Parts, connector: Connector): string {
  const isPage = channels.find(channel => channel.type === connector.channel)?.receives === 'page'
  return `${publicUrl()}/${isPage ? 'chat' : 'hooks'}/${connector.id}`
}

/** The channel of a connector; one without an adapter cannot be stored. */
function channelOf({ channels }: Parts, connector: Pick<Connector, 'channel'>): Channel {
  const channel = channels.find(candidate => candidate.type === connector.channel)
  if (!channel) throw new DomainError('connector.unknown_channel', { message: `There is no channel “${connector.channel}” in this release.` })
  return channel
}

/** The vendor itself calls from the internet, with encryption; a server of one's own may be anywhere. */
function checkReachable(parts: Parts, connector: Connector, channel: Channel, url: string): void {
  const root = connector.settings.api_root ?? parts.apiRoots[connector.channel] ?? channel.vendor_root
  const { protocol, hostname } = new URL(url)
  const isPublic = protocol === 'https:' && hostname !== 'localhost' && !hostname.startsWith('127.') && hostname !== '[::1]'
  if (isPublic || channel.vendor_root === undefined || String(root).replace(/\/+$/, '') !== channel.vendor_root.replace(/\/+$/, '')) return
  throw new DomainError('connector.bad_webhook_url', {
    message: `${channel.title} cannot call ${url}: it needs an address with https that the internet reaches.`,
    hint: 'Set PUBLIC_URL to it, or receive by polling where the channel can.',
    at: 'PUBLIC_URL',
  })
}

async function connectorOf({ store }: Parts, id: string | undefined): Promise<Connector> {
  const connector = id === undefined ? undefined : await store.connectors.byId(id)
  if (connector) return connector
  throw new DomainError('connector.unknown', { message: `There is no connector “${id}”.`, hint: 'GET /api/connectors lists them.' })
}

async function showConnector(parts: Parts, connector: Connector): Promise<ConnectorAnswer> {
  const since = await secretTimes(parts, connector.id)
  const channel = channelOf(parts, connector)
  const { secrets, settings, max_wait_ms, fallback, problem, ...shown } = connector
  const url = webhookUrl(parts, connector)
  return {
    ...shown,
    settings: { ...settings },
    secrets: Object.fromEntries(
      Object.keys(channel.secrets.properties).map(name => [
        name,
        { set: secrets[name] !== undefined, since: secrets[name] === undefined ? null : (since[name] ?? null) },
      ]),
    ),
    max_wait: max_wait_ms === null ? null : max_wait_ms / 1000,
    fallback: typeof fallback === 'string' ? fallback : { ...fallback },
    problem: problem && { ...problem },
    webhook_url: url,
    chat_url: channel.receives === 'page' ? url : null,
  }
}
