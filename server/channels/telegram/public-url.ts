/** Which addresses Telegram's cloud can reach and takes as a webhook (messengers.md 3.2). */
import { isIP } from 'node:net'
import { DomainError } from '../../engine/index.ts'
import { isPublicAddress } from '../fetch-public.ts'

const PORTS = ['', '443', '80', '88', '8443']
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|lan|home|test|example|invalid)$/i

/** Whether Telegram can fetch a file from here: https, on the public internet as far as the name tells. */
export function isPublicUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === 'https:' && whyPrivate(url.hostname) === undefined
}

/**
 * Throws for an address that Telegram would refuse, because its refusal comes after it has dropped the webhook that worked. A Bot API
 * that is not the vendor's own (`strict` false) also takes plain http and this machine.
 */
export function checkWebhookUrl(address: string, strict: boolean): void {
  if (!URL.canParse(address)) throw badUrl('it is no address', 'Set PUBLIC_URL to the address under which the internet reaches this server.')
  const url = new URL(address)
  if (!strict && url.protocol === 'http:') return
  if (url.protocol !== 'https:') throw badUrl('it does not begin with https', 'Put a proxy with a certificate in front, or receive by polling.')
  if (!strict) return
  if (!PORTS.includes(url.port)) throw badUrl(`it uses port ${url.port}`, 'Telegram takes the ports 443, 80, 88 and 8443.')
  const why = whyPrivate(url.hostname)
  if (why !== undefined) throw badUrl(why, 'Telegram calls from the internet: use a public name, or receive by polling.')
}

function whyPrivate(hostname: string): string | undefined {
  if (hostname.startsWith('[')) return 'its host is an IPv6 address'
  if (isIP(hostname) !== 0) return isPublicAddress(hostname) ? undefined : 'its host is not on the public internet'
  const isPrivate = !hostname.includes('.') || PRIVATE_NAMES.test(hostname)
  return isPrivate ? 'its host is a name of a private network' : undefined
}

function badUrl(why: string, hint: string): DomainError {
  return new DomainError('connector.bad_webhook_url', { message: `Telegram would refuse the webhook address: ${why}.`, hint, at: '/webhook_url' })
}
