/** Which sites may post to a chat and show it in a frame (rule 43). */
import type { Request } from 'express'
import type { Account } from '../channels/channel.ts'

const ORIGIN = /^(\*|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d{1,5})?)$/

/** The connector's allowed origins, lower-case; what is not written as an origin is left out, since it goes into a header. */
export function allowedOrigins(account: Account): readonly string[] {
  const list = account.settings.allowed_origins
  if (!Array.isArray(list)) return []
  return list
    .filter(entry => typeof entry === 'string')
    .map(entry => entry.toLowerCase())
    .filter(entry => ORIGIN.test(entry))
}

/** True when a site may show this chat. `*.` stands for one or more labels, as it does in `frame-ancestors`. */
export function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.some(entry => {
    if (entry === '*' || entry === origin) return true
    const [scheme, host] = entry.split('://*.')
    return host !== undefined && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${host}`)
  })
}

/**
 * True when a post may come from where it says. Browsers always send `Origin` with a post; a program that sends none has
 * to know the visitor's token anyway. `Sec-Fetch-Site` cannot be forged by a page and holds behind a proxy that rewrites Host.
 */
export function isFromHere(request: Request, allowed: readonly string[], publicUrl: string | undefined): boolean {
  const origin = request.get('origin')?.toLowerCase()
  if (origin === undefined || request.get('sec-fetch-site') === 'same-origin') return true
  if (origin === `${request.protocol}://${request.get('host')?.toLowerCase()}`) return true
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  return isAllowed(origin, allowed)
}

/** Headers of the page: no script but ours, and frames only on the sites of the connector. */
export function pageHeaders(allowed: readonly string[]): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    // A flow may show pictures from anywhere; our own are at signed addresses.
    "img-src 'self' blob: data: https: http:",
    "media-src 'self' blob: https: http:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...allowed].join(' ')}`,
  ].join('; ')
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-cache',
  }
}
