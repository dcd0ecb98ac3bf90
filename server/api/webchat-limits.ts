/** How much one address and one visitor may ask of a chat (rule 43). In memory: every server counts for itself. */
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { DomainError } from '../engine/index.ts'

/** Calls a minute, and streams open at a time. Offices share an address, so it may do more than a visitor. */
export interface WebchatLimits {
  readonly sessions: number
  readonly posts: { readonly visitor: number; readonly address: number }
  readonly files: { readonly visitor: number; readonly address: number }
  readonly streams: { readonly visitor: number; readonly address: number }
}

/** Twice what the engine runs a minute for one contact (rule 27), so that its own notice comes first. */
export const WEBCHAT_LIMITS: WebchatLimits = {
  sessions: 60,
  posts: { visitor: 60, address: 600 },
  files: { visitor: 20, address: 100 },
  streams: { visitor: 8, address: 200 },
}

/** The key of an address; an IPv6 network counts as one. */
export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '')
}

/** Refuses with 429 and Retry-After after `limit` calls a minute under the same key. */
export function perMinute(limit: number, keyOf: (request: Request) => string, refusal: () => DomainError = tooMany): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    // Whether a proxy is trusted is the application's setting; here it would only be guessed again.
    validate: { xForwardedForHeader: false, trustProxy: false, keyGeneratorIpFallback: false },
    handler: (_request, _response, next) => next(refusal()),
  })
}

/** Counts what is open under a key. `take` answers how to give it back, or throws when there are too many. */
export function openAtOnce(): (keys: readonly { readonly key: string; readonly limit: number }[]) => () => void {
  const open = new Map<string, number>()
  return keys => {
    if (keys.some(({ key, limit }) => (open.get(key) ?? 0) >= limit)) throw tooMany()
    for (const { key } of keys) open.set(key, (open.get(key) ?? 0) + 1)
    return () => {
      for (const { key } of keys) {
        const left = (open.get(key) ?? 1) - 1
        if (left > 0) open.set(key, left)
        else open.delete(key)
      }
    }
  }
}

function tooMany(): DomainError {
  return new DomainError('webchat.too_many', {
    message: 'That was a lot at once.',
    hint: 'Wait a minute; what was not sent can be sent again.',
    retry: 'later',
  })
}
