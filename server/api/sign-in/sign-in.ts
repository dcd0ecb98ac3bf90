/** Signing in: who a cookie belongs to, coming and going, passwords. The only file that talks to the library. */
import { DomainError } from '../../engine/index.ts'
import type { StoredUser, Write } from '../../store/index.ts'
import { createFailureLimit } from './failures.ts'
import type { Library, LibraryOptions } from './library.ts'

/** Where a call comes from. */
export interface From {
  readonly cookie: string | undefined
  readonly address: string
  readonly userAgent: string | undefined
}

/** Signing in, as the API uses it. `Set-Cookie` values go to the browser as they are. */
export interface SignIn {
  /** The active user whose cookie this is. */
  whoIs(from: From): Promise<StoredUser | undefined>
  /** As `whoIs`, and renews the cookie when it is time. */
  renew(from: From): Promise<readonly string[]>
  /** Throws `sign_in.refused`, or `sign_in.too_many` after many wrong passwords for one address. */
  enter(email: string, password: string, from: From): Promise<{ readonly user: StoredUser; readonly cookies: readonly string[] }>
  leave(from: From): Promise<readonly string[]>
  /** The write that gives a user a password. */
  passwordOf(user: string, password: string): Promise<Write[]>
  /** Changes one's own password and signs out everywhere else. Throws `sign_in.refused` when the old one is wrong. */
  changePassword(old: string, password: string, from: From): Promise<readonly string[]>
}

/** Cookies that the library could know; others never load it. */
const OURS = /(?:^|;\s*)(?:__Secure-)?parley\.session_token=/

/** Makes it; nothing of the library is loaded before it is needed. */
export function createSignIn(options: LibraryOptions & { readonly now: () => number }): SignIn {
  const { store, now, newId } = options
  let loading: Promise<Library> | undefined
  const library = (): Promise<Library> => {
    loading ??= import('./library.ts').then(({ createLibrary }) => createLibrary(options))
    return loading
  }
  const failures = createFailureLimit(now)

  const whoIs = async (from: From): Promise<StoredUser | undefined> => {
    if (!OURS.test(from.cookie ?? '')) return undefined
    const session = await (await library()).api.getSession({ headers: headersOf(from), query: { disableRefresh: true } })
    const user = session ? await store.users.byId(session.user.id) : undefined
    return user?.active ? user : undefined
  }

  return {
    whoIs,
    renew: async from => {
      if (!OURS.test(from.cookie ?? '')) return []
      const { headers } = await (await library()).api.getSession({ headers: headersOf(from), returnHeaders: true })
      return headers.getSetCookie()
    },
    enter: async (email, password, from) => {
      const known = await store.users.byEmail(email)
      failures.check(email)
      const entered = await refusing(async () => {
        const { headers } = await (await library()).api.signInEmail({ body: { email, password }, headers: headersOf(from), returnHeaders: true })
        return headers.getSetCookie()
      })
      // The password is checked before, so that nobody learns from the answer who is let in.
      if (entered === undefined || !known?.active) {
        if (entered && known) await store.commit(store.users.signOut(known.id))
        failures.count(email)
        throw refused('E-mail and password do not belong together.')
      }
      failures.forget(email)
      const user = { ...known, last_seen_at: now() }
      await store.commit(store.users.update(user))
      return { user, cookies: entered }
    },
    leave: async from => {
      if (!OURS.test(from.cookie ?? '')) return []
      const { headers } = await (await library()).api.signOut({ headers: headersOf(from), returnHeaders: true })
      return headers.getSetCookie()
    },
    passwordOf: async (user, password) => {
      const { hashPassword } = await import('better-auth/crypto')
      return store.users.setPassword({ id: newId(), user, hash: await hashPassword(password), at: now() })
    },
    changePassword: async (old, password, from) => {
      const changed = await refusing(async () => {
        const body = { currentPassword: old, newPassword: password, revokeOtherSessions: true }
        const { headers } = await (await library()).api.changePassword({ body, headers: headersOf(from), returnHeaders: true })
        return headers.getSetCookie()
      })
      if (changed === undefined) throw refused('The old password is another one.')
      return changed
    },
  }
}

/** Undefined when the library says no; anything else that goes wrong rises. */
async function refusing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Error && error.name === 'APIError') return undefined
    throw error
  }
}

function refused(message: string): DomainError {
  return new DomainError('sign_in.refused', { message, hint: 'Try again. An administrator can give you a link for a new password.', at: '/password' })
}

/** The library reads the address from where a proxy would write it. */
function headersOf({ cookie, address, userAgent }: From): Headers {
  const headers = new Headers({ 'x-forwarded-for': address })
  if (cookie !== undefined) headers.set('cookie', cookie)
  if (userAgent !== undefined) headers.set('user-agent', userAgent)
  return headers
}
