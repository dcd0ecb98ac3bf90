/** Calls of an API, as plain data: what a flow asks for and what is kept of the answer. Who carries them out is outside the engine. */
import type { Json } from './event.ts'
import { GUARDS } from './guards.ts'
import { pickJson, readJsonPath } from './language/json-path.ts'

/** Methods a flow can use. */
export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
/** One of them. */
export type HttpMethod = (typeof HTTP_METHODS)[number]

/** Where a secret belongs in a text, and how it has to be written there. The engine never knows its value. */
export interface SecretPlace {
  readonly secret: string
  readonly as: 'text' | 'url' | 'json'
}

/** A text of a call: what was rendered, with places for secrets between. */
export type HttpText = readonly (string | SecretPlace)[]

/** A header of a call. */
export interface HttpHeader {
  readonly name: string
  readonly value: HttpText
}

/** A call as a flow asks for it. */
export interface HttpCall {
  readonly method: HttpMethod
  /** Absolute; scheme and host never come from a value. */
  readonly url: HttpText
  readonly headers: readonly HttpHeader[]
  readonly body?: HttpText
  /** For everything: connecting, redirects, retries. */
  readonly timeout_ms: number
  /** Further tries after a network error or a server that is busy; only for methods that may be repeated. */
  readonly retries: number
  /** Paths of the values that the flow wants of the answer. */
  readonly pick: readonly string[]
}

/** Why a call has no answer: not reached, an answer above the limit, an address that is not allowed, a secret that may not go there. */
export type HttpFailure = 'unreachable' | 'too_big' | 'blocked' | 'secret'

/** What is kept of an answer with its event (rule 38): no more than the flow asked for. */
export type HttpAnswer =
  /** `unreadable` says why the values are not there. */
  | { readonly status: number; readonly values?: Readonly<Record<string, Json>>; readonly unreadable?: string }
  | { readonly failure: HttpFailure; readonly why: string }

/** An answer as it came. */
export interface HttpResponse {
  readonly status: number
  /** The body. */
  readonly text: string
}

/** Keeps of a response what the call asked for: values only of a success, each at most as long as a variable. */
export function keepAnswer({ pick }: Pick<HttpCall, 'pick'>, { status, text }: HttpResponse): HttpAnswer {
  if (!isSuccess(status) || pick.length === 0) return { status }
  const document = parseBody(text, pick)
  if (document === undefined) return { status, unreadable: text.trim() === '' ? 'The answer is empty.' : 'The answer is no JSON.' }
  const values: Record<string, Json> = {}
  for (const path of pick) {
    const parts = readJsonPath(path)
    const value = parts === null ? null : (pickJson(document, parts) ?? null)
    if (JSON.stringify(value).length > GUARDS.variable) return { status, unreadable: `“${path}” of the answer is longer than 8 kB.` }
    values[path] = value
  }
  return { status, values }
}

/** A body that is no JSON can still be taken as a whole, as text. */
function parseBody(text: string, pick: readonly string[]): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return pick.every(path => path.trim() === '$') ? text : undefined
  }
}

/** Whether a status says that it worked. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** A text of a call for people: secrets by name. */
export function showHttpText(text: HttpText): string {
  return text.map(piece => (typeof piece === 'string' ? piece : `{{ secrets.${piece.secret} }}`)).join('')
}

/** The host of an address, with its port. */
export function hostOfUrl(url: string): string {
  return /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? url
}
