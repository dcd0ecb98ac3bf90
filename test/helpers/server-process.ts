/** The real server as a process of its own, and the few calls of its API that make it answer a bot. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** The key of the environment. */
const API_KEY = 'a-key-for-tests-only'

/** What a process is started with. */
export interface ParleyOptions {
  /** Arguments of `node`: the built file and its own arguments. */
  readonly args: readonly string[]
  readonly dir: string
  /** The same over restarts, so that webhooks find it. */
  readonly port: number
  readonly environment?: Readonly<Record<string, string>>
}

/** A server's process. */
export interface ParleyProcess {
  readonly url: string
  readonly child: ChildProcess
  /** Resolves when it has said where it listens; rejects with what it said if it ended before. */
  readonly ready: Promise<void>
  /** Resolves when the process is gone, with the signal that ended it. */
  readonly gone: Promise<NodeJS.Signals | null>
  /** Calls the API and fails on any answer but a 2xx. */
  call(method: string, path: string, body?: unknown): Promise<unknown>
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>
  /** SIGTERM, and waits for the end: it finishes what it has in hand. */
  stop(): Promise<void>
}

/** A test that fails half-way leaves nobody behind. */
const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts a server. */
export function startParley({ args, dir, port, environment = {} }: ParleyOptions): ParleyProcess {
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), DATA_DIR: dir, API_KEY, PUBLIC_URL: url, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  alive.add(child)
  child.once('exit', () => alive.delete(child))
  let said = ''
  child.stderr.on('data', chunk => {
    said = `${said}${String(chunk)}`.slice(-4000)
  })
  const gone = once(child, 'exit').then(([, signal]: (NodeJS.Signals | null)[]) => signal ?? null)
  const ready = Promise.race([
    // The greeting is the first thing it says, once it listens.
    once(child.stdout, 'data').then(() => undefined),
    gone.then(signal => {
      throw new Error(`The server ended (${signal ?? child.exitCode}) before it was ready: ${said}`)
    }),
  ])
  ready.catch(() => {})
  child.stdout.resume()
  return {
    url,
    child,
    ready,
    gone,
    call: async (method, path, body) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${API_KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** What a bot needs to be connected. */
export interface BotOptions {
  readonly flow: { readonly id: string }
  readonly token: string
  readonly api_root: string
  readonly webhook_secret: string
  /** Settings of the connector besides. */
  readonly connector?: Readonly<Record<string, unknown>>
}

/** Publishes the flow and connects the bot to it; the connector's id. */
export async function connectBot(parley: ParleyProcess, { flow, token, api_root, webhook_secret, connector = {} }: BotOptions): Promise<string> {
  await parley.call('PUT', `/api/flows/${flow.id}`, flow)
  await parley.call('POST', `/api/flows/${flow.id}/publish`, { note: 'test' })
  const made = (await parley.call('POST', '/api/connectors', {
    channel: 'telegram',
    name: `Bot of ${flow.id}`,
    flow: flow.id,
    settings: { api_root, receive: 'webhook' },
    secrets: { token, webhook_secret },
    ...connector,
  })) as { readonly id: string }
  return made.id
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
