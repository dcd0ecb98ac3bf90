/** The first administrator: by ADMIN_EMAIL and ADMIN_PASSWORD, else by a link that every start prints until it is used. */
import type { Store } from '../../store/index.ts'
import { hashOfToken, makeToken } from './links.ts'
import type { SignIn } from './sign-in.ts'

/** The fact that holds the hash of the open link. */
const FIRST_LINK = 'first_administrator'

/** What making somebody needs. */
interface Makers {
  readonly store: Store
  readonly signIn: Pick<SignIn, 'passwordOf'>
  readonly now: () => number
  readonly newId: () => string
}

/** What the environment says. */
export interface FirstAdministrator {
  readonly email: string
  readonly password: string
}

/** Makes the administrator of the environment, or answers the token of a new link; undefined when somebody is there already. */
export async function prepareFirstAdministrator(makers: Makers, given: FirstAdministrator | undefined): Promise<string | undefined> {
  const { store } = makers
  if (await store.users.hasAny()) return undefined
  if (given) {
    await makeAdministrator(makers, { name: given.email.split('@')[0] ?? given.email, ...given }, [])
    return undefined
  }
  const { token, hash } = makeToken()
  await store.commit(store.facts.set(FIRST_LINK, hash))
  return token
}

/** Whether this is the token of the open first link. */
export async function isFirstToken({ facts, users }: Store, token: string): Promise<boolean> {
  return (await facts.get(FIRST_LINK)) === hashOfToken(token) && !(await users.hasAny())
}

/** Uses the first link: LostRace when somebody else was faster. */
export function takeFirstLink(
  makers: Makers,
  token: string,
  person: { readonly name: string; readonly email: string; readonly password: string },
): Promise<void> {
  return makeAdministrator(makers, person, makers.store.facts.remove(FIRST_LINK, hashOfToken(token)))
}

async function makeAdministrator(
  { store, signIn, now, newId }: Makers,
  { name, email, password }: { readonly name: string; readonly email: string; readonly password: string },
  guard: ReturnType<Store['facts']['set']>,
): Promise<void> {
  const id = newId()
  const at = now()
  const user = {
    id,
    name: name.trim(),
    email: email.toLowerCase(),
    role: 'administrator',
    active: true,
    hasPassword: true,
    link_hash: null,
    link_expires_at: null,
    last_seen_at: null,
    created_at: at,
    updated_at: at,
  }
  const proof = await signIn.passwordOf(id, password)
  await store.commit([...guard, ...store.users.insert(user), ...proof])
}
