/** Calls with a cookie must come from our own pages: a browser sends the cookie for whatever page asks it to. */
import { DomainError } from '../../engine/index.ts'

/** What a browser says about where a call comes from. */
export interface Provenance {
  readonly origin: string | undefined
  /** `Sec-Fetch-Site`. */
  readonly site: string | undefined
  /** `Host`. */
  readonly host: string | undefined
}

/** Throws `request.foreign_origin` unless the call comes from a page of ours. */
export function checkOrigin({ origin, site, host }: Provenance, publicUrl: string): void {
  if (origin === undefined ? site === 'same-origin' : isOurs(origin, host, publicUrl)) return
  throw new DomainError('request.foreign_origin', {
    message: origin === undefined ? 'A call with a cookie must say where it comes from.' : `Calls with a cookie may not come from ${origin}.`,
    hint: 'Call from the page of Parley itself, or use an API key.',
    at: 'Origin',
  })
}

function isOurs(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false
  const { host: from } = new URL(origin)
  return origin === new URL(publicUrl).origin || from === host
}
