/** Keeps calls of flows out of our own network: every address is judged in the very lookup that the connection uses. */
import { lookup as dnsLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Finds the addresses of a name; tests pass their own. */
export type ResolveName = (
  hostname: string,
  options: { readonly all: true; readonly family?: number | 'IPv4' | 'IPv6' | undefined; readonly hints?: number | undefined },
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly { readonly address: string; readonly family: number }[]) => void,
) => void

/** Judges where a call may go. */
export interface AddressGuard {
  /** Whether an operator allowed the host by name or by its literal address. */
  isAllowed(hostname: string): boolean
  /** Whether a host can be called as it is written: names are judged when they are looked up. */
  admits(hostname: string): boolean
  /** Gives only addresses that may be called; fails with `BlockedAddress`. */
  readonly lookup: LookupFunction
}

/** A name that leads to an address that is not out on the internet. */
export class BlockedAddress extends Error {
  constructor() {
    super('blocked address')
  }
}

/** Makes a guard. `allow` are hosts (`api.intranet`, `*.intranet`), addresses and networks (`10.1.0.0/16`) that may be called in spite of it. */
export function createAddressGuard(allow: readonly string[], resolve: ResolveName = dnsLookup): AddressGuard {
  const entries = allow.map(entry => entry.toLowerCase())
  const networks = entries.filter(isNetwork).map(entry => ipaddr.parseCIDR(entry.includes('/') ? entry : `${entry}/${isIP(entry) === 6 ? 128 : 32}`))
  const isAllowedAddress = (address: string) => ipaddr.isValid(address) && networks.some(network => isWithin(ipaddr.parse(address), network))
  const isAllowed = (hostname: string) => entries.some(entry => matchesHost(entry, hostname)) || isAllowedAddress(bare(hostname))
  const mayReach = (address: string) => isPublic(address) || isAllowedAddress(address)
  return {
    isAllowed,
    admits: hostname => isIP(bare(hostname)) === 0 || mayReach(bare(hostname)) || isAllowed(hostname),
    lookup: (hostname, options, callback) => {
      const { family, hints } = options
      resolve(hostname, { all: true, family, hints }, (error, addresses) => {
        const [first] = addresses ?? []
        if (error) callback(error, '', 0)
        // One bad address is enough: which of them is taken is not ours to say.
        else if (!first || !(isAllowed(hostname) || addresses.every(({ address }) => mayReach(address)))) callback(new BlockedAddress(), '', 0)
        else if (options.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      })
    },
  }
}

/** Whether an address is out on the internet. Everything else counts as ours: private, loopback, link-local, mapped, tunnelled, reserved. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  // Only 2000::/3 is given out: the rest of IPv6 counts as unicast, but some of it once held IPv4 addresses.
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || isWithin(parsed, GLOBAL_IPV6))
}

const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/** Whether a host is meant by an entry: itself, or with `*.` in front everything below. */
export function matchesHost(entry: string, hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  return entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : host === entry
}

function isNetwork(entry: string): boolean {
  return ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === network[0].kind() && address.match(network)
}

/** `URL` keeps the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}
