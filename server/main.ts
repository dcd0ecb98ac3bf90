/** The only file that knows all parts: settings -> lock -> store -> runtime -> sample flows -> listening, and back in order when it stops. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCallers } from './api/callers.ts'
import { prepareFirstStart } from './api/first-start.ts'
import { createHooks, HOOKS } from './api/hooks.ts'
import { createHttp } from './api/http.ts'
import { createKeyring, storeEnvironmentKey } from './api/keys.ts'
import { createPages, type Pages, watchTranscripts } from './api/pages.ts'
import type { ApiRuntime, Parts } from './api/parts.ts'
import { prepareFirstAdministrator } from './api/sign-in/first-administrator.ts'
import { linkOf } from './api/sign-in/links.ts'
import { createSignIn } from './api/sign-in/sign-in.ts'
import { createTemplates } from './api/templates.ts'
import { createWebchatPort } from './api/webchat-port.ts'
import { ABILITIES } from './channels/abilities.ts'
import type { Channel } from './channels/channel.ts'
import { CHANNELS } from './channels/index.ts'
import { clientIdOf, visitors, webchat } from './channels/webchat/index.ts'
import { createQueues, type Queues } from './desk/queues.ts'
import { advance, RELEASE, safetyNet } from './engine/index.ts'
import { type Log, openLog } from './log.ts'
import { createRuntime, makeId, type Runtime, type RuntimeLimits, systemClock } from './runtime/index.ts'
import type { Settings } from './settings.ts'
import { acquireLock, openStore, readKeyFile, type Store } from './store/index.ts'

/** Shorter keys can be guessed. */
const SHORT_KEY = 16

/** What a test or a bench may put in place of the usual. */
export interface ServerOptions {
  readonly channels?: readonly Channel[]
  /** Folder of the built pages. */
  readonly web?: string
  /** Folder of the sample flows. */
  readonly flows?: string
  readonly log?: Log
  /** Puts something around the store, like a disk that fails. */
  readonly aroundStore?: (store: Store) => Store
  /** Figures of the runtime that are not the usual ones. */
  readonly limits?: Partial<RuntimeLimits>
}

/** A server that listens. */
export interface RunningServer {
  /** Where it listens. */
  readonly url: string
  /** One line for whoever started it: where to click. */
  readonly greeting: string
  /** Stops accepting, finishes what is in hand, keeps the rest for the next start (design 5.8). */
  close(): Promise<void>
}

/** Connections that are still open so long after a stop are cut (ms): whatever they asked is asked again. */
const DRAIN_MS = 10_000

/** Starts everything, or throws one error that says what is in the way and leaves nothing behind. */
export async function startServer(settings: Settings, options: ServerOptions = {}): Promise<RunningServer> {
  const log = options.log ?? openLog(settings.logLevel)
  const undo: (() => unknown)[] = []
  try {
    const lock = acquireLock(settings.dataDir)
    undo.push(() => lock.release())
    const pages = createPages()
    const opened = await openStore({ dir: settings.dataDir, ...(settings.secretKey === undefined ? {} : { secretKeys: [settings.secretKey] }) })
    undo.push(() => opened.close())
    const store = watchTranscripts(options.aroundStore?.(opened) ?? opened, pages)
    if (settings.apiKey !== undefined) {
      if (settings.apiKey.length < SHORT_KEY) log.warn({}, `API_KEY is short; use ${SHORT_KEY} characters or more where others can reach this server.`)
      await storeEnvironmentKey(store, settings.apiKey, systemClock.now())
    }

    // With PORT=0 the system chooses, and the address is known when the server listens.
    let url = `http://${hostForUrl(settings.host)}:${settings.port}`
    const publicUrl = () => settings.publicUrl ?? url
    const channels = (options.channels ?? CHANNELS).map(channel => withPages(channel, pages))
    const { runtime, queues } = await startRuntime(settings, store, channels, publicUrl, log, options.limits)
    undo.push(() => runtime.stop())

    const newId = () => makeId(systemClock.now())
    const flows = options.flows ?? findFolder('flows', '../flows')
    const parts: Parts = {
      store,
      signIn: createSignIn({ store, publicUrl, secret: secretOf(settings), now: systemClock.now, newId }),
      runtime: apiRuntime(runtime, queues),
      templates: createTemplates(flows),
      channels,
      abilities: ABILITIES,
      publicUrl,
      apiRoots: settings.apiRoots,
      now: systemClock.now,
      newId,
    }
    const firstToken = await prepareFirstAdministrator(parts, settings.admin)
    await prepareFirstStart(parts, flows, log)

    const stopped = new AbortController()
    const server = createListener(parts, settings, options.web ?? findFolder('web', '../dist/web'), stopped.signal, pages, log)
    const port = await listen(server, settings)
    undo.push(() => stopListening(server, stopped))
    url = `http://${hostForUrl(settings.host)}:${port}`
    log.info({ url, release: RELEASE }, 'listening')
    return { url, greeting: await greet(store, url, firstToken === undefined ? undefined : linkOf(publicUrl(), firstToken)), close: () => undoAll(undo, log) }
  } catch (error) {
    await undoAll(undo, log)
    throw error
  }
}

async function startRuntime(
  settings: Settings,
  store: Store,
  channels: readonly Channel[],
  publicUrl: () => string,
  log: Log,
  limits: Partial<RuntimeLimits> = {},
): Promise<{ readonly runtime: Runtime; readonly queues: Queues }> {
  const queues = createQueues({ store, log, now: systemClock.now })
  await queues.load()
  const secret = secretOf(settings)
  const runtime = createRuntime({
    store,
    channels,
    advance,
    safetyNet,
    queueEffects: queues.effects,
    log,
    dir: settings.dataDir,
    // Not the key itself: what signs addresses must not open secrets.
    signingKey: createHash('sha256').update(`parley addresses of files ${secret}`).digest('hex'),
    publicUrl,
    release: RELEASE,
    apiRoots: settings.apiRoots,
    httpAllow: settings.httpAllow,
    limits,
  })
  await runtime.start()
  queues.start(runtime.acceptInternal)
  return { runtime, queues }
}

/** The runtime as the API asks for it. */
function apiRuntime(runtime: Runtime, queues: Queues): ApiRuntime {
  return {
    accept: runtime.accept,
    carryOut: runtime.acceptInternal,
    connectorOf: runtime.connectors.get,
    connectorOfAccount: runtime.connectors.byAccount,
    connectorChanged: runtime.connectors.refresh,
    flowsChanged: async () => {
      await runtime.flows.refresh()
      runtime.moves.takeUp()
    },
    queuesChanged: queues.refresh,
    resend: runtime.resend,
    files: runtime.files,
    metrics: () => runtime.metrics.registry.metrics(),
  }
}

/** A channel with a page of its own is told which pages are open. */
function withPages(channel: Channel, pages: Pages): Channel {
  if (channel.receives !== 'page') return channel
  return { ...channel, connect: (account, tools) => channel.connect(account, { ...tools, page: pages }) }
}

/** Webhooks go their own short way; everything else goes through Express. */
function createListener(parts: Parts, settings: Settings, web: string, stopped: AbortSignal, pages: Pages, log: Log): Server {
  const hooks = createHooks(parts, log)
  const app = createHttp({
    parts,
    identify: createCallers(createKeyring(parts.store, settings.apiKey), parts.signIn),
    web,
    log,
    webchat: {
      port: createWebchatPort(parts, pages, clientIdOf),
      channel: parts.channels.find(channel => channel.type === webchat.type) ?? webchat,
      visitors,
      web,
      ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
      now: parts.now,
      stopped,
    },
  })
  const server = createServer((request, response) => {
    if (request.url?.startsWith(HOOKS)) hooks(request, response)
    else app(request, response)
  })
  // Messengers and proxies keep their connections; closing them first would make a call of theirs fail.
  server.keepAliveTimeout = 65_000
  return server
}

/** Resolves with the port once the server listens. */
function listen(server: Server, { host, port }: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function stopListening(server: Server, stopped: AbortController): Promise<void> {
  return new Promise(resolve => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    // A connection that is kept for the next call becomes idle when its present one is answered.
    const hangUp = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(hangUp)
      resolve()
    })
    stopped.abort()
  })
}

/** Last made, first undone; one that fails does not keep the others. */
async function undoAll(undo: (() => unknown)[], log: Log): Promise<void> {
  for (let step = undo.pop(); step; step = undo.pop()) {
    try {
      await step()
    } catch (error) {
      log.error({ err: error }, 'stopping failed')
    }
  }
}

/** What signs and opens: the setting, else the key file of the data. */
function secretOf(settings: Settings): string {
  return settings.secretKey ?? readKeyFile(settings.dataDir)
}

async function greet(store: Store, url: string, firstLink: string | undefined): Promise<string> {
  const chat = (await store.connectors.list()).find(connector => connector.channel === webchat.type && connector.enabled)
  const runs = chat ? `Parley runs. Talk to the sample flow: ${url}/chat/${chat.id}` : `Parley runs: ${url}`
  return firstLink === undefined ? runs : `${runs}\nMake the first administrator, once: ${firstLink}`
}

/** Beside the bundle in production, in the repository from source. */
function findFolder(beside: string, fromSource: string): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return existsSync(join(here, beside)) ? join(here, beside) : join(here, fromSource)
}

/** An address that a browser on this machine can open. */
function hostForUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
