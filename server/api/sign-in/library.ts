/** The sign-in library, set up for Parley. Loaded when somebody signs in first: the server starts without it. */
import { createHash } from 'node:crypto'
import { betterAuth } from 'better-auth/minimal'
import type { Store } from '../../store/index.ts'
import { createSignInAdapter } from './adapter.ts'

/** How long somebody stays signed in without coming back, and how often that time starts anew (seconds). */
const STAYS_S = 30 * 24 * 3600
const RENEWS_S = 24 * 3600

/** What the library is made of. */
export interface LibraryOptions {
  readonly store: Store
  /** Asked when the library is loaded. */
  readonly publicUrl: () => string
  /** Of the installation; what signs cookies is derived from it. */
  readonly secret: string
  readonly newId: () => string
}

/** The library; its calls are made by us, its own HTTP routes are not mounted. */
export type Library = ReturnType<typeof createLibrary>

/** Sets the library up. */
export function createLibrary({ store, publicUrl, secret, newId }: LibraryOptions) {
  const address = publicUrl()
  return betterAuth({
    baseURL: address,
    secret: createHash('sha256').update(`parley signing in ${secret}`).digest('hex'),
    database: createSignInAdapter(store),
    telemetry: { enabled: false },
    // It would write e-mail addresses; refusals are answered, failures rise to the one place that logs them.
    logger: { disabled: true },
    // Ours limits sign-ins before they reach the library.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: {
      modelName: 'sign_ins',
      expiresIn: STAYS_S,
      updateAge: RENEWS_S,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      modelName: 'credentials',
      fields: { accountId: 'account_id', providerId: 'provider_id', userId: 'user_id', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: address.startsWith('https://'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: newId },
    },
  })
}

/** Cookies of ours begin like this, behind `__Secure-` on https. */
const COOKIE_PREFIX = 'parley'
