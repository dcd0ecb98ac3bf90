/** One-time links: the token goes to the person, its hash stays here. */
import { createHash, randomBytes } from 'node:crypto'

/** How long a link to a new user works (ms): a holiday is shorter. */
export const LINK_LASTS_MS = 7 * 24 * 3_600_000

/** A new token with what is stored of it. */
export function makeToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOfToken(token) }
}

/** Where the person goes. The token stands behind `#`: no server, proxy or log on the way sees it. */
export function linkOf(publicUrl: string, token: string): string {
  return `${publicUrl}/welcome#${token}`
}

/** What is stored of a token; tokens are long and random, so a plain hash cannot be turned back. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(`parley link ${token}`).digest('hex')
}
