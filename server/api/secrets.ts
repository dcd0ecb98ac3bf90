/** Secrets of flows: what an `http` block sends along by name, and where to. */
import { DomainError } from '../engine/index.ts'
import type { StoredSecret } from '../store/index.ts'
import { NAME_PATTERN, PageQuery, pageOf } from './contract.ts'
import { pageOfList } from './paging.ts'
import type { Parts } from './parts.ts'
import { type Caller, defineRoute, ok, type Route } from './route.ts'
import { SecretAnswer, SecretBody } from './secret-contract.ts'

/** The calls about secrets. Whoever draws flows sees the names; the values are never shown. */
export const secretRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/secrets',
    scope: 'flows:read',
    summary: 'Lists the secrets of flows, without their values.',
    query: PageQuery,
    answers: { 200: pageOf(SecretAnswer) },
    handle: async ({ query }, { store }) => ok(pageOfList(await store.secrets.list(), query)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/secrets/{name}',
    scope: 'flows:read',
    summary: 'Shows where a secret may be sent.',
    answers: { 200: SecretAnswer },
    handle: async ({ params }, { store }) => ok(await secretOf(store, params.name ?? '')),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/secrets/{name}',
    scope: 'secrets:write',
    summary: 'Makes a secret, replaces its value, or changes where it may be sent.',
    body: SecretBody,
    answers: { 200: SecretAnswer, 201: SecretAnswer },
    handle: async ({ params, body, caller }, parts) => {
      const { store } = parts
      const name = params.name ?? ''
      const known = await store.secrets.byName(name)
      if (!known) checkNew(name, body)
      const at = parts.now()
      const allowed_hosts = [...new Set(body.allowed_hosts.map(host => host.toLowerCase()))]
      const secret: StoredSecret = { name, allowed_hosts, created_at: known?.created_at ?? at, updated_at: at }
      const { value } = body
      await store.commit([
        ...(value === undefined ? store.secrets.setHosts(name, allowed_hosts, at) : store.secrets.save({ ...secret, value })),
        ...audit(parts, caller, known ? 'secret_changed' : 'secret_made', name, { allowed_hosts, new_value: value !== undefined }),
      ])
      return { status: known ? 200 : 201, body: secret }
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/secrets/{name}',
    scope: 'secrets:write',
    summary: 'Removes a secret. Calls that name it go on at `error` from then on.',
    answers: { 204: 'empty' },
    handle: async ({ params, caller }, parts) => {
      const { name } = await secretOf(parts.store, params.name ?? '')
      await parts.store.commit([...parts.store.secrets.remove(name), ...audit(parts, caller, 'secret_removed', name, {})])
      return { status: 204 }
    },
  }),
]

async function secretOf(store: Parts['store'], name: string): Promise<StoredSecret> {
  const secret = await store.secrets.byName(name)
  if (!secret) throw new DomainError('secret.unknown', { message: `There is no secret “${name}”.`, hint: 'GET /api/secrets lists them.', at: 'name' })
  return secret
}

function checkNew(name: string, { value }: SecretBody): void {
  if (!new RegExp(NAME_PATTERN).test(name)) {
    throw new DomainError('secret.wrong_name', {
      message: `“${name}” cannot be used as a name of a secret.`,
      hint: 'Use up to 40 small letters, figures and _, beginning with a letter.',
      at: 'name',
    })
  }
  if (value === undefined) throw new DomainError('secret.no_value', { message: 'A new secret needs a value.', hint: 'Send `value`.', at: '/value' })
}

/** On record: who, what and where to. Never the value. */
function audit({ store, now, newId }: Parts, caller: Caller, action: string, target: string, details: Readonly<Record<string, string[] | boolean>>) {
  return store.audit.insert([{ id: newId(), at: now(), actor: caller.name, action, target, details }])
}
