/** Who calls: an API key or, from a browser, the cookie of somebody who is signed in. */
import type { Caller } from './route.ts'
import type { From, SignIn } from './sign-in/sign-in.ts'
import { roleOfUser, scopesOfUser } from './sign-in/user-roles.ts'

/** What a call brings along to say who it is. */
export interface Credentials {
  /** The `Authorization` header. It wins: a program that sends a key means the key. */
  readonly authorization: string | undefined
  readonly from: From
}

/** Finds the caller; throws as the keyring does when there is neither a key nor a cookie of somebody known. */
export function createCallers(
  keyring: (authorization: string | undefined) => Promise<Caller>,
  signIn: Pick<SignIn, 'whoIs'>,
): (credentials: Credentials) => Promise<Caller> {
  return async ({ authorization, from }) => {
    const user = authorization === undefined ? await signIn.whoIs(from) : undefined
    if (!user) return keyring(authorization)
    const role = roleOfUser(user)
    return { key: '', name: user.name, scopes: scopesOfUser(user), user: { id: user.id, email: user.email, role } }
  }
}
