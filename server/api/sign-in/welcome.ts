/** One-time links: of the first administrator, and of users who choose a password. */
import { DomainError } from '../../engine/index.ts'
import { LostRace, type Store, type StoredUser } from '../../store/index.ts'
import type { Parts } from '../parts.ts'
import { defineRoute, ok, type Route } from '../route.ts'
import { MeAnswer, WelcomeAnswer, WelcomeBody, WelcomeQuery } from './contract.ts'
import { isFirstToken, takeFirstLink } from './first-administrator.ts'
import { hashOfToken } from './links.ts'
import { showMe } from './me.ts'
import type { From } from './sign-in.ts'
import { roleOfUser } from './user-roles.ts'

/** Calls a minute from one address. */
const CALLS_A_MINUTE = 30

/** The calls of one-time links. */
export const welcomeRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/welcome',
    scope: 'public',
    perMinute: CALLS_A_MINUTE,
    summary: 'Whom a one-time link is for.',
    query: WelcomeQuery,
    answers: { 200: WelcomeAnswer },
    handle: async ({ query }, { store, now }) => {
      if (await isFirstToken(store, query.token)) return ok({ email: null, name: null, role: 'administrator' } satisfies WelcomeAnswer)
      const user = await guestOf(store, query.token, now())
      return ok({ email: user.email, name: user.name, role: roleOfUser(user) } satisfies WelcomeAnswer)
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/welcome',
    scope: 'public',
    perMinute: CALLS_A_MINUTE,
    summary: 'Uses a one-time link: sets the password and signs in.',
    body: WelcomeBody,
    answers: { 200: MeAnswer },
    handle: async ({ body, from }, parts) => {
      const email = (await isFirstToken(parts.store, body.token)) ? await welcomeFirst(parts, body) : await welcomeUser(parts, body)
      const { user, cookies } = await parts.signIn.enter(email, body.password, from satisfies From)
      return ok(showMe(user), { 'set-cookie': cookies })
    },
  }),
]

async function welcomeFirst(parts: Parts, { token, name, email, password }: WelcomeBody): Promise<string> {
  if (name === undefined || email === undefined) {
    const at = name === undefined ? '/name' : '/email'
    throw new DomainError('welcome.incomplete', { message: 'The first administrator needs a name and an e-mail.', hint: 'Give both.', at })
  }
  try {
    await takeFirstLink(parts, token, { name, email, password })
  } catch (error) {
    if (error instanceof LostRace) throw deadLink()
    throw error
  }
  return email
}

async function welcomeUser({ store, signIn, now }: Parts, { token, password }: WelcomeBody): Promise<string> {
  const user = await guestOf(store, token, now())
  const proof = await signIn.passwordOf(user.id, password)
  const changed = { ...user, link_hash: null, link_expires_at: null, updated_at: now() }
  // A new password ends whatever was open with the old one.
  await store.commit([...store.users.update(changed), ...proof, ...store.users.signOut(user.id)])
  return user.email
}

async function guestOf(store: Store, token: string, now: number): Promise<StoredUser> {
  const user = await store.users.byLink(hashOfToken(token))
  if (!user?.active || user.link_expires_at === null || user.link_expires_at < now) throw deadLink()
  return user
}

function deadLink(): DomainError {
  return new DomainError('welcome.dead_link', { message: 'This link is used or too old.', hint: 'Ask an administrator for a new one.', at: '/token' })
}
