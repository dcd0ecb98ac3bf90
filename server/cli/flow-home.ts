/** Finds out where flows are kept: a server that was named, the store in DATA_DIR, or the server that holds it (rule 7). */
import { DomainError } from '../engine/index.ts'
import type { OfflineFlows } from '../offline-flows.ts'
import { readSettings, type Settings, WrongSettings } from '../settings.ts'
import type { Call } from './command.ts'
import { unreachable, wrongUsage } from './errors.ts'
import { openServerFlows } from './server-flows.ts'

/** Where flows are kept, and how it is named to people. */
export type FlowHome = OfflineFlows & { readonly place: string }

/** Options of every command that reads or writes stored flows. */
export const HOME_OPTIONS = [
  ['--url <address>', 'the server to use (or PARLEY_URL); else the store in DATA_DIR, or the server that holds it'],
  ['--key <key>', 'an API key of that server (or PARLEY_API_KEY)'],
] as const

/** Opens it, lets `use` work with it, and closes it. With `make`, an empty store is made where there is none. */
export async function withFlowHome<T>({ options, terminal }: Call, make: boolean, use: (home: FlowHome) => Promise<T>): Promise<T> {
  const { environment } = terminal
  const textOf = (value: string | true | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)
  const url = textOf(options.url) ?? textOf(environment.PARLEY_URL)
  const key = textOf(options.key) ?? textOf(environment.PARLEY_API_KEY)
  // The server on this machine has API_KEY too; a server that was named has no business with it.
  const home =
    url === undefined ? await openNearest(environment, key ?? textOf(environment.API_KEY), make, terminal.now) : { ...openServer(url, key), place: url }
  try {
    return await use(home)
  } finally {
    await home.close()
  }
}

async function openNearest(environment: Call['terminal']['environment'], key: string | undefined, make: boolean, now: () => number): Promise<FlowHome> {
  const settings = mustRead(environment)
  const { dataDir, secretKey } = settings
  try {
    // Loaded late: through a server nothing of the store is needed.
    const { openOfflineFlows } = await import('../offline-flows.ts')
    return { ...(await openOfflineFlows({ dataDir, secretKey, make, now })), place: dataDir }
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'store.locked')) throw error
    const url = addressOf(settings)
    if (key === undefined)
      throw unreachable(`A server holds ${dataDir}, so this goes through it at ${url}, which needs an API key.`, 'Give one with --key or PARLEY_API_KEY.')
    return { ...openServer(url, key), place: url }
  }
}

function openServer(url: string, key: string | undefined): OfflineFlows {
  if (!/^https?:\/\/[^/?#]/.test(url) || !URL.canParse(url)) throw wrongUsage(`“${url}” is no address of a server.`, 'It looks like http://127.0.0.1:3000.')
  if (key === undefined) throw unreachable(`The server at ${url} needs an API key.`, 'Give one with --key or PARLEY_API_KEY.')
  return openServerFlows(url.replace(/\/+$/, ''), key)
}

function mustRead(environment: Call['terminal']['environment']): Settings {
  try {
    return readSettings(environment)
  } catch (error) {
    if (error instanceof WrongSettings) throw wrongUsage(error.lines.join(' '))
    throw error
  }
}

/** Where a server with these settings listens, as seen from this machine. */
function addressOf({ host, port }: Settings): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
