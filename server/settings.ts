/** The environment as typed settings: one clear line for each wrong value, all of them at once (design 10). */
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'

/** What `serve` runs with. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** Absolute. */
  readonly dataDir: string
  /** Without a slash at the end; undefined: the address the server listens on. */
  readonly publicUrl: string | undefined
  readonly secretKey: string | undefined
  readonly apiKey: string | undefined
  /** Made when there are no users yet; undefined: the start prints a link instead. */
  readonly admin: { readonly email: string; readonly password: string } | undefined
  readonly logLevel: LogLevel
  /** A vendor's base URL by channel, for connectors that name none. */
  readonly apiRoots: Readonly<Record<string, string>>
  /** Hosts, addresses and networks that flows may call though they are not on the public internet. */
  readonly httpAllow: readonly string[]
}

/** From everything to nothing. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** Channels whose vendor's address can be set for the whole server, as `<CHANNEL>_API_ROOT`. */
const CHANNELS_WITH_ROOT = ['telegram', 'messenger', 'whatsapp', 'line', 'viber', 'vonage'] as const

/** Settings that cannot be used: one sentence for each wrong value. */
export class WrongSettings extends Error {
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'WrongSettings'
    this.lines = lines
  }
}

/** Reads the environment. An empty variable counts as not set. Throws WrongSettings. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = []
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined
  const checked = <T>(name: string, read: (value: string) => T | undefined, expected: string): T | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    const result = read(value)
    if (result === undefined) wrong.push(`${name} must be ${expected}${SECRET.has(name) ? '' : `, not “${value}”`}.`)
    return result
  }

  if (text('DATABASE_URL') !== undefined)
    wrong.push('DATABASE_URL is set, but PostgreSQL is not in this release. Unset it: Parley keeps its data in DATA_DIR with SQLite.')
  const host = checked(
    'HOST',
    value => (/^[A-Za-z0-9.:_-]+$/.test(value) ? value : undefined),
    'an address or a name of this machine, like 127.0.0.1 or 0.0.0.0',
  )
  const port = checked('PORT', readPort, 'a number from 0 to 65535')
  const publicUrl = checked('PUBLIC_URL', readPublicUrl, 'an address that begins with http:// or https://, without ? and #')
  const secretKey = checked('SECRET_KEY', value => (value.length >= 8 ? value : undefined), 'at least 8 characters long')
  const apiKey = checked('API_KEY', value => (/^[\x21-\x7e]{4,256}$/.test(value) ? value : undefined), '4 to 256 characters of ASCII without spaces')
  const adminEmail = checked('ADMIN_EMAIL', value => (EMAIL.test(value) ? value : undefined), 'an e-mail address')
  const adminPassword = checked('ADMIN_PASSWORD', value => (value.length >= 10 && value.length <= 128 ? value : undefined), '10 to 128 characters long')
  if ((text('ADMIN_EMAIL') === undefined) !== (text('ADMIN_PASSWORD') === undefined))
    wrong.push('ADMIN_EMAIL and ADMIN_PASSWORD go together: set both, or none.')
  const logLevel = checked('LOG_LEVEL', value => LOG_LEVELS.find(level => level === value), `one of ${LOG_LEVELS.join(', ')}`)
  const apiRoots: Record<string, string> = {}
  for (const channel of CHANNELS_WITH_ROOT) {
    const root = checked(`${channel.toUpperCase()}_API_ROOT`, readPublicUrl, 'an address that begins with http:// or https://, without ? and #')
    if (root !== undefined) apiRoots[channel] = root
  }
  const httpAllow = checked('HTTP_ALLOW', readHosts, 'a list of hosts, addresses or networks, like api.intranet, 10.1.0.0/16')
  if (wrong.length > 0) throw new WrongSettings(wrong)
  return {
    host: host ?? '127.0.0.1',
    port: port ?? 3000,
    dataDir: resolve(text('DATA_DIR') ?? 'data'),
    publicUrl,
    secretKey,
    apiKey,
    admin: adminEmail !== undefined && adminPassword !== undefined ? { email: adminEmail, password: adminPassword } : undefined,
    logLevel: logLevel ?? 'info',
    apiRoots,
    httpAllow: httpAllow ?? [],
  }
}

/** Settings whose wrong value is not repeated either. */
const SECRET = new Set(['SECRET_KEY', 'API_KEY', 'ADMIN_PASSWORD'])

const EMAIL = /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

function readPort(value: string): number | undefined {
  const port = Number(value)
  return /^\d{1,5}$/.test(value) && port <= 65_535 ? port : undefined
}

/** Divided by commas or spaces. A host may begin with `*.`; a network has the form of CIDR. */
function readHosts(value: string): readonly string[] | undefined {
  const entries = value.split(/[\s,]+/).filter(entry => entry !== '')
  const isHost = (entry: string) => /^(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(entry) && !/^[\d.]+$/.test(entry)
  return entries.every(entry => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry) || isHost(entry)) ? entries : undefined
}

function readPublicUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined
  const { protocol, search, hash, username } = new URL(value)
  if ((protocol !== 'http:' && protocol !== 'https:') || search !== '' || hash !== '' || username !== '') return undefined
  return value.replace(/\/+$/, '')
}
