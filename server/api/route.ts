/** A line of the API's table: what a call is, who may do it, what it takes and answers. Data but for `handle`, so that OpenAPI is made of it. */
import type { Static, TObject, TSchema } from 'typebox'
import Type from 'typebox'
import type { Parts } from './parts.ts'
import type { Role } from './roles.ts'
import type { From } from './sign-in/sign-in.ts'

/** What a caller may do. `admin` may do everything; `public` needs no caller, `any` one with any scope. */
export const SCOPES = [
  'flows:read',
  'flows:write',
  'flows:publish',
  'channels:read',
  'connectors:read',
  'connectors:write',
  'conversations:read',
  'conversations:write',
  'queues:read',
  'queues:write',
  'deliveries:read',
  'deliveries:write',
  'secrets:write',
  'admin',
] as const
export type Scope = (typeof SCOPES)[number]

/** Who calls. */
export interface Caller {
  /** Id of the key; empty for somebody who is signed in. */
  readonly key: string
  /** Its name: the author of versions and the actor on record. */
  readonly name: string
  readonly scopes: readonly string[]
  /** Who is signed in; undefined for a key. */
  readonly user?: { readonly id: string; readonly email: string; readonly role: Role }
}

/** A checked call. */
export interface Call<Query, Body> {
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  /** The body as text, for a flow file. */
  readonly text: string
  /** `If-Match` as it came. */
  readonly ifMatch: string | undefined
  readonly caller: Caller
  /** Where it comes from, for signing in. */
  readonly from: From
}

/** What a route answers: JSON, or text of a type of its own. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly text?: { readonly type: string; readonly content: string }
  readonly headers?: AnswerHeaders
}

/** Headers of an answer; several values for cookies. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>

/** What an answer of a status is: a schema, nothing, or text of this type. */
export type AnswerSchema = TSchema | 'empty' | { readonly text: string }

/** A route whose handler has forgotten the types of its own schemas. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As OpenAPI writes it: `/api/flows/{id}`. */
  readonly path: string
  readonly scope: Scope | 'public' | 'any'
  /** Calls a minute from one address; more are refused with 429. Left out: no limit. */
  readonly perMinute?: number
  readonly summary: string
  readonly query: TObject
  /** undefined: no body. `flow`: a flow file. */
  readonly body: TSchema | 'flow' | undefined
  /** What goes right, by status; refusals have one shape and are not listed. */
  readonly answers: Readonly<Record<number, AnswerSchema>>
  readonly handle: (call: Call<never, never>, parts: Parts) => Promise<Answer>
}

const NO_QUERY = Type.Object({}, { additionalProperties: false })

/** Describes a route; `handle` gets query and body with the types of their schemas. */
export function defineRoute<Query extends TObject = TObject<Record<never, never>>, Body extends TSchema = TSchema>(
  route: Omit<Route, 'query' | 'body' | 'handle'> & {
    readonly query?: Query
    readonly body?: Body | 'flow'
    readonly handle: (call: Call<Static<Query>, Static<Body>>, parts: Parts) => Promise<Answer>
  },
): Route {
  return { ...route, query: route.query ?? NO_QUERY, body: route.body, handle: route.handle as Route['handle'] }
}

/** 200 with JSON. */
export function ok(body: unknown, headers?: AnswerHeaders): Answer {
  return headers === undefined ? { status: 200, body } : { status: 200, body, headers }
}
