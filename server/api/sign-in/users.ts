/** Users, managed by administrators. */
import { DomainError, type Json } from '../../engine/index.ts'
import { LostRace, type StoredUser } from '../../store/index.ts'
import { PageQuery, pageOf } from '../contract.ts'
import { pageOfList } from '../paging.ts'
import type { Parts } from '../parts.ts'
import { type Caller, defineRoute, ok, type Route } from '../route.ts'
import { MadeUser, NewUser, UserAnswer, UserChange, UserLink } from './contract.ts'
import { LINK_LASTS_MS, linkOf, makeToken } from './links.ts'
import { roleOfUser } from './user-roles.ts'

/** The calls about users. */
export const userRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/users',
    scope: 'admin',
    summary: 'Lists the users.',
    query: PageQuery,
    answers: { 200: pageOf(UserAnswer) },
    handle: async ({ query }, { store }) => {
      const page = pageOfList(await store.users.list(), query)
      return ok({ ...page, items: page.items.map(showUser) })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/users',
    scope: 'admin',
    summary: 'Lets somebody in; the answer shows the link with which they choose a password this once.',
    body: NewUser,
    answers: { 201: MadeUser },
    handle: async ({ body, caller }, parts) => {
      const { store, now, newId, publicUrl } = parts
      const { token, hash } = makeToken()
      const at = now()
      const expires_at = at + LINK_LASTS_MS
      const { name, role } = body
      const email = body.email.toLowerCase()
      const user: StoredUser = {
        id: newId(),
        name: name.trim(),
        email,
        role,
        active: true,
        hasPassword: false,
        link_hash: hash,
        link_expires_at: expires_at,
        last_seen_at: null,
        created_at: at,
        updated_at: at,
      }
      try {
        await store.commit([...store.users.insert(user), ...record(parts, caller, 'user_made', user, { role })])
      } catch (error) {
        if (!(error instanceof LostRace)) throw error
        throw new DomainError('user.email_taken', { message: `There is a user with the e-mail ${email} already.`, hint: 'Change that one.', at: '/email' })
      }
      return { status: 201, body: { user: showUser(user), link: { url: linkOf(publicUrl(), token), expires_at } } satisfies MadeUser }
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/users/{id}',
    scope: 'admin',
    summary: 'Changes name, role, or whether a user may sign in. The last administrator stays one.',
    body: UserChange,
    answers: { 200: UserAnswer },
    handle: async ({ params, body, caller }, parts) => {
      const { store, now } = parts
      const user = await userOf(parts, params.id)
      const changed: StoredUser = {
        ...user,
        name: body.name?.trim() ?? user.name,
        role: body.role ?? user.role,
        active: body.active ?? user.active,
        updated_at: now(),
      }
      await keepAnAdministrator(parts, user, changed)
      const writes = [...store.users.update(changed), ...record(parts, caller, 'user_changed', user, { ...body })]
      await store.commit(changed.active ? writes : [...writes, ...store.users.signOut(user.id)])
      return ok(showUser(changed))
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/users/{id}/link',
    scope: 'admin',
    summary: 'Makes a new link with which a user chooses a password; an older link ends.',
    answers: { 201: UserLink },
    handle: async ({ params, caller }, parts) => {
      const { store, now, publicUrl } = parts
      const user = await userOf(parts, params.id)
      const { token, hash } = makeToken()
      const expires_at = now() + LINK_LASTS_MS
      await store.commit([
        ...store.users.update({ ...user, link_hash: hash, link_expires_at: expires_at, updated_at: now() }),
        ...record(parts, caller, 'user_link_made', user, {}),
      ])
      return { status: 201, body: { url: linkOf(publicUrl(), token), expires_at } satisfies UserLink }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/users/{id}',
    scope: 'admin',
    summary: 'Removes a user. What they did stays on record under their name.',
    answers: { 204: 'empty' },
    handle: async ({ params, caller }, parts) => {
      const user = await userOf(parts, params.id)
      await keepAnAdministrator(parts, user, undefined)
      await parts.store.commit([...parts.store.users.remove(user.id), ...record(parts, caller, 'user_removed', user, {})])
      return { status: 204 }
    },
  }),
]

/** Without an administrator nobody could let anybody in any more. */
async function keepAnAdministrator({ store }: Parts, user: StoredUser, changed: StoredUser | undefined): Promise<void> {
  const isOne = (candidate: StoredUser) => candidate.active && candidate.role === 'administrator'
  if (!isOne(user) || (changed && isOne(changed))) return
  if ((await store.users.list()).some(other => other.id !== user.id && other.hasPassword && isOne(other))) return
  throw new DomainError('user.last_administrator', {
    message: `${user.name} is the last administrator.`,
    hint: 'Make somebody else an administrator first, and let them sign in.',
    at: '/role',
  })
}

async function userOf({ store }: Parts, id: string | undefined): Promise<StoredUser> {
  const user = id === undefined ? undefined : await store.users.byId(id)
  if (user) return user
  throw new DomainError('user.unknown', { message: `There is no user “${id}”.`, hint: 'GET /api/users lists them.' })
}

function record({ store, now, newId }: Parts, caller: Caller, action: string, user: StoredUser, details: Json) {
  return store.audit.insert([{ id: newId(), at: now(), actor: caller.name, action, target: user.id, details }])
}

function showUser(user: StoredUser): UserAnswer {
  const { id, name, email, active, hasPassword, created_at, last_seen_at } = user
  return { id, name, email, role: roleOfUser(user), active, invited: !hasPassword, created_at, last_seen_at }
}
