/** Puts secrets where a call names them, if they may go to its host. */
import type { HttpCall, HttpText, SecretPlace } from '../../engine/index.ts'
import type { StoredSecret } from '../../store/index.ts'
import { matchesHost } from './address-guard.ts'
import type { HttpRequest } from './send.ts'

/** A secret with its value. */
export type OpenSecret = StoredSecret & { readonly value: string }

/** The call ready to be sent, or why a secret may not go along. */
export type Filled = { readonly ok: true; readonly request: HttpRequest } | { readonly ok: false; readonly why: string }

/** Names of the secrets in a call. */
export function secretsIn({ url, headers, body }: HttpCall): readonly string[] {
  const pieces = [...url, ...headers.flatMap(({ value }) => value), ...(body ?? [])]
  return [...new Set(pieces.flatMap(piece => (typeof piece === 'string' ? [] : [piece.secret])))]
}

/** Fills them in. `isTrusted`: an operator allowed the host, so that it may be called without encryption. */
export function fillSecrets(call: HttpCall, secrets: readonly OpenSecret[], isTrusted: (hostname: string) => boolean): Filled {
  const known = new Map(secrets.map(secret => [secret.name, secret]))
  const fill = (text: HttpText) => text.map(piece => (typeof piece === 'string' ? piece : written(piece, known.get(piece.secret)?.value ?? ''))).join('')
  const url = fill(call.url)
  // Where a call goes is written out in the flow; a secret in the rest of the address cannot change it.
  const target = URL.canParse(url) ? new URL(url) : undefined
  for (const name of secretsIn(call)) {
    const secret = known.get(name)
    if (!secret) return { ok: false, why: `There is no secret “${name}”` }
    if (!target || !secret.allowed_hosts.some(entry => matchesHost(entry, target.hostname) || entry === target.host))
      return { ok: false, why: `The secret “${name}” may not be sent to ${target?.hostname ?? 'this address'}` }
    if (target.protocol !== 'https:' && !isTrusted(target.hostname)) return { ok: false, why: `The secret “${name}” is only sent over https` }
  }
  const { method, headers, body } = call
  return {
    ok: true,
    request: {
      method,
      url,
      headers: headers.map(({ name, value }) => ({ name, value: fill(value), hasSecret: hasSecret(value) })),
      ...(body === undefined ? {} : { body: { text: fill(body), hasSecret: hasSecret(body) } }),
    },
  }
}

function hasSecret(text: HttpText): boolean {
  return text.some(piece => typeof piece !== 'string')
}

function written({ as }: SecretPlace, value: string): string {
  if (as === 'url') return encodeURIComponent(value)
  return as === 'json' ? JSON.stringify(value).slice(1, -1) : value
}
