/** Who calls: API keys, kept as hashes, and what each may do. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { DomainError } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import { KeyAnswer, MadeKey, NewKey, PageQuery, pageOf } from './contract.ts'
import { pageOfList } from './paging.ts'
import { type Caller, defineRoute, ok, type Route, SCOPES, type Scope } from './route.ts'

/** Rows of keys of the environment begin like this: such a key works only as long as the environment holds it. */
const ENVIRONMENT = 'env_'

/** Finds the caller of an `Authorization` header; throws `request.no_key` or `request.wrong_key`. */
export function createKeyring(store: Store, environmentKey: string | undefined): (header: string | undefined) => Promise<Caller> {
  const environmentHash = environmentKey === undefined ? undefined : Buffer.from(hashOfKey(environmentKey), 'hex')
  return async header => {
    const key = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
    if (key === undefined) {
      throw new DomainError('request.no_key', {
        message: 'This call needs an API key.',
        hint: 'Send the header "Authorization: Bearer <key>"; the setting API_KEY makes the first one.',
        at: 'Authorization',
      })
    }
    const hash = hashOfKey(key)
    // The key of the environment always works, also when its row was revoked.
    if (environmentHash && timingSafeEqual(environmentHash, Buffer.from(hash, 'hex'))) {
      return { key: environmentId(hash), name: 'API_KEY', scopes: ['admin'] }
    }
    const row = await store.apiKeys.byHash(hash)
    if (row === undefined || row.revoked_at !== null || row.id.startsWith(ENVIRONMENT)) {
      throw new DomainError('request.wrong_key', {
        message: 'This API key is not known.',
        hint: 'Copy it again, or ask an administrator for a new one.',
        at: 'Authorization',
      })
    }
    return { key: row.id, name: row.name, scopes: scopesOfKey(row.scopes) }
  }
}

/** Publishing once went with writing: keys that may write flows still may publish them. */
function scopesOfKey(scopes: readonly string[]): readonly string[] {
  return scopes.includes('flows:write') && !scopes.includes('flows:publish') ? [...scopes, 'flows:publish'] : scopes
}

/** Throws `request.wrong_scope` unless the caller may do this. */
export function checkScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes('admin') || caller.scopes.includes(scope)) return
  throw new DomainError('request.wrong_scope', {
    message: caller.user
      ? `You are here as ${caller.user.role}, and this needs the right ${scope}.`
      : `The key “${caller.name}” may not do this: it needs the scope ${scope}.`,
    hint: caller.user ? 'Ask an administrator for another role.' : 'Use a key with this scope, or with admin.',
    at: 'Authorization',
  })
}

/** Only this is stored of a key; keys are long and random, so a plain hash cannot be turned back. */
function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Keeps a row for the key of the environment, so that it is seen in the list. */
export async function storeEnvironmentKey(store: Store, environmentKey: string, now: number): Promise<void> {
  const hash = hashOfKey(environmentKey)
  if ((await store.apiKeys.byHash(hash)) !== undefined) return
  const row = { id: environmentId(hash), name: 'API_KEY', hash, scopes: ['admin'], created_at: now, last_used_at: null, revoked_at: null }
  await store.commit(store.apiKeys.insert(row))
}

function environmentId(hash: string): string {
  return `${ENVIRONMENT}${hash.slice(0, 12)}`
}

/** The calls about keys. */
export const keyRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/keys',
    scope: 'admin',
    summary: 'Lists the API keys, without the keys themselves.',
    query: PageQuery,
    answers: { 200: pageOf(KeyAnswer) },
    handle: async ({ query }, { store }) => {
      const page = pageOfList(await store.apiKeys.list(), query)
      return ok({ ...page, items: page.items.map(({ id, name, scopes, created_at, revoked_at }) => ({ id, name, scopes, created_at, revoked_at })) })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/keys',
    scope: 'admin',
    summary: 'Makes an API key; the answer shows it this once.',
    body: NewKey,
    answers: { 201: MadeKey },
    handle: async ({ body }, { store, now, newId }) => {
      const unknown = body.scopes.find(scope => !SCOPES.some(known => known === scope))
      if (unknown !== undefined) {
        throw new DomainError('request.unknown_scope', {
          message: `“${unknown}” is no scope.`,
          hint: `Possible: ${SCOPES.join(', ')}.`,
          at: `/scopes/${body.scopes.indexOf(unknown)}`,
        })
      }
      const key = `parley_${randomBytes(32).toString('base64url')}`
      const row = { id: newId(), name: body.name, hash: hashOfKey(key), scopes: body.scopes, created_at: now(), last_used_at: null, revoked_at: null }
      await store.commit(store.apiKeys.insert(row))
      const { hash, last_used_at, ...shown } = row
      return { status: 201, body: { ...shown, key } }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/keys/{id}',
    scope: 'admin',
    summary: 'Revokes an API key.',
    answers: { 204: 'empty' },
    handle: async ({ params }, { store, now }) => {
      const id = params.id ?? ''
      if (!(await store.apiKeys.list()).some(key => key.id === id)) throw new DomainError('key.unknown', { message: `There is no key “${id}”.` })
      await store.commit(store.apiKeys.revoke(id, now()))
      return { status: 204 }
    },
  }),
]
