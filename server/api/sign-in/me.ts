/** The calls of the person at the screen: who am I, coming, going. */
import { DomainError } from '../../engine/index.ts'
import type { StoredUser } from '../../store/index.ts'
import type { Caller, Route } from '../route.ts'
import { defineRoute, ok } from '../route.ts'
import { MeAnswer, MeChange, SignInBody, SignInState } from './contract.ts'
import { roleOfUser, scopesOfUser } from './user-roles.ts'

/** Sign-ins a minute from one address: a whole office behind one may come to work at nine. */
const SIGN_INS_A_MINUTE = 30

/** The calls about oneself. */
export const meRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/me',
    scope: 'any',
    summary: 'Who calls and what they may do: the user of the cookie, or the API key.',
    answers: { 200: MeAnswer },
    handle: async ({ caller, from }, { signIn }) => {
      const cookies = caller.user === undefined ? [] : await signIn.renew(from)
      return ok(showCaller(caller), cookies.length > 0 ? { 'set-cookie': cookies } : undefined)
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/me',
    scope: 'any',
    summary: 'Changes one’s own name or password. A new password signs out everywhere else.',
    body: MeChange,
    answers: { 200: MeAnswer },
    handle: async ({ caller, from, body }, { store, signIn, now }) => {
      const user = caller.user && (await store.users.byId(caller.user.id))
      if (!user) throw new DomainError('user.only_people', { message: 'An API key has no name and no password of its own to change.' })
      const cookies = body.password === undefined ? [] : await signIn.changePassword(body.old_password ?? '', body.password, from)
      const changed = { ...user, name: body.name?.trim() ?? user.name, updated_at: now() }
      await store.commit(store.users.update(changed))
      return ok(showMe(changed), cookies.length > 0 ? { 'set-cookie': cookies } : undefined)
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/sign_in',
    scope: 'public',
    summary: 'Whether somebody can sign in yet.',
    answers: { 200: SignInState },
    handle: async (_call, { store }) => ok({ needs_first_administrator: !(await store.users.hasAny()) } satisfies SignInState),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/sign_in',
    scope: 'public',
    perMinute: SIGN_INS_A_MINUTE,
    summary: 'Signs in; the answer sets a cookie.',
    body: SignInBody,
    answers: { 200: MeAnswer },
    handle: async ({ body, from }, { signIn }) => {
      const { user, cookies } = await signIn.enter(body.email, body.password, from)
      return ok(showMe(user), { 'set-cookie': cookies })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/sign_out',
    scope: 'any',
    summary: 'Signs out here.',
    answers: { 204: 'empty' },
    handle: async ({ from }, { signIn }) => ({ status: 204, headers: { 'set-cookie': await signIn.leave(from) } }),
  }),
]

/** A user as they see themselves. */
export function showMe(user: StoredUser): MeAnswer {
  return { id: user.id, name: user.name, email: user.email, role: roleOfUser(user), scopes: [...scopesOfUser(user)] }
}

function showCaller({ key, name, scopes, user }: Caller): MeAnswer {
  return { id: user?.id ?? key, name, email: user?.email ?? null, role: user?.role ?? null, scopes: [...scopes] }
}
