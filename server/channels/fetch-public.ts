/** Reads files from addresses that a messenger names, without ever becoming a way into our own network (rule 42). */
import { lookup as dnsLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, type Dispatcher, request } from 'undici'
import { DomainError } from '../engine/index.ts'

/** What a caller allows. `loopback` also takes plain http and this machine, for a vendor that runs here (tests, a local gateway). */
export interface PublicFetch {
  readonly max_bytes: number
  readonly signal: AbortSignal
  readonly loopback?: boolean
}

/** A file's bytes; `mime` as the other side says it. */
export interface FetchedFile {
  readonly bytes: Buffer
  readonly mime?: string
}

const MOST_REDIRECTS = 3
const TIME_LIMIT_MS = 60_000

/** Whether an IP address is out on the internet. Everything else (private, link-local, mapped, reserved …) counts as ours. */
export function isPublicAddress(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.parse(ip)
  // Only 2000::/3 is given out: the rest of IPv6 counts as unicast, but some of it once held IPv4 addresses.
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(GLOBAL_IPV6))
}

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/** Whether a base URL is on this machine: a fake vendor or a local gateway, never the vendor itself. */
export function isLoopbackRoot(root: string): boolean {
  if (!URL.canParse(root)) return false
  const host = bareHost(new URL(root))
  return host === 'localhost' || (isIP(host) !== 0 && isLoopback(host))
}

/** Fetches a file over https from a public address; sends no credentials and checks every redirect anew. Throws a DomainError. */
export async function fetchPublic(address: string, options: PublicFetch): Promise<FetchedFile> {
  const agent = new Agent({ pipelining: 0, connect: { lookup: guardedLookup(options.loopback === true), timeout: 10_000 } })
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(TIME_LIMIT_MS)])
  try {
    return await follow(address, options, agent, signal)
  } catch (error) {
    options.signal.throwIfAborted()
    if (error instanceof DomainError) throw error
    const blocked = blockedIn(error)
    if (blocked) throw blocked
    // The cause stays out: its text can repeat the address, and addresses of files carry tokens.
    throw new DomainError('file.unreachable', { message: `The file at ${hostOf(address)} could not be read.`, retry: 'later' })
  } finally {
    await agent.destroy()
  }
}

async function follow(address: string, options: PublicFetch, dispatcher: Dispatcher, signal: AbortSignal): Promise<FetchedFile> {
  let url = checked(address, options.loopback === true)
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await request(url, { dispatcher, signal, headers: { 'accept-encoding': 'identity' } })
    const location = answer.headers.location
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
      if (!URL.canParse(location, url)) break
      url = checked(new URL(location, url).href, options.loopback === true)
      continue
    }
    if (answer.statusCode !== 200) throw refused(url, answer.statusCode)
    return await collect(answer, options.max_bytes)
  }
  throw new DomainError('file.unreachable', { message: `The address at ${hostOf(address)} only leads to other addresses.` })
}

/** Reads no more than allowed: a stated length is not trusted, what arrives is counted. */
async function collect(answer: Dispatcher.ResponseData, maxBytes: number): Promise<FetchedFile> {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooBig(maxBytes)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer.body) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) throw tooBig(maxBytes)
    chunks.push(bytes)
  }
  const type = answer.headers['content-type']
  const mime = typeof type === 'string' ? type.split(';')[0]?.trim().toLowerCase() : undefined
  return { bytes: Buffer.concat(chunks), ...(mime ? { mime } : {}) }
}

/** Literal addresses never reach a lookup, so they are judged here; `URL` has already turned `0x7f.1` and the like into four numbers. */
function checked(address: string, loopback: boolean): URL {
  if (!URL.canParse(address)) throw new DomainError('file.bad_address', { message: 'The address of the file cannot be read.' })
  const url = new URL(address)
  const host = bareHost(url)
  const local = loopback && isLoopbackRoot(url.origin)
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) throw blockedAddress(host, 'only https is fetched')
  if (url.username !== '' || url.password !== '') throw blockedAddress(host, 'it carries a user name')
  if (isIP(host) !== 0 && !isPublicAddress(host) && !local) throw blockedAddress(host, 'it is not on the public internet')
  return url
}

/** Judges what a name resolves to in the very lookup that the connection uses, so the answer cannot change in between. */
function guardedLookup(loopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const bad = addresses.find(one => !isPublicAddress(one.address) && !(loopback && isLoopback(one.address)))
      const first = addresses[0]
      if (bad || !first) return callback(new BlockedAddress(hostname), '', 0)
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}

/** Carries the verdict out of the connection, which wraps errors as it likes. */
class BlockedAddress extends Error {
  readonly host: string
  constructor(host: string) {
    super('blocked address')
    this.host = host
  }
}

function blockedIn(error: unknown): DomainError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause instanceof BlockedAddress) return blockedAddress(cause.host, 'it is not on the public internet')
  }
  return undefined
}

function isLoopback(ip: string): boolean {
  return ipaddr.isValid(ip) && ipaddr.parse(ip).range() === 'loopback'
}

/** `URL` keeps the brackets of an IPv6 address. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : 'an unreadable address'
}

function blockedAddress(host: string, why: string): DomainError {
  return new DomainError('file.blocked_address', { message: `The address at ${host} was not fetched: ${why}.`, details: { host } })
}

function tooBig(maxBytes: number): DomainError {
  return new DomainError('file.too_big', { message: `The file is larger than ${maxBytes} bytes.`, details: { max_bytes: maxBytes } })
}

function refused(url: URL, status: number): DomainError {
  const later = status === 429 || status >= 500
  return new DomainError(later ? 'file.unreachable' : 'file.gone', {
    message: `${url.hostname} answered ${status} when asked for the file.`,
    ...(later ? {} : { hint: 'Addresses of files expire; ask the contact to send it again.' }),
    retry: later ? 'later' : 'never',
    details: { status },
  })
}
