/** The description of the API, made of the same table and schemas that answer calls. */
import type { TSchema } from 'typebox'
import { RELEASE } from '../engine/index.ts'
import { ErrorAnswer, ProblemAnswer } from './contract.ts'
import type { AnswerSchema, Route } from './route.ts'
import { ROUTES } from './routes.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** The document `schemas/openapi.json`, OpenAPI 3.1. */
export function describeApi(): JsonObject {
  const components: Record<string, Json> = {}
  const name = (schema: TSchema): Json => hoist(plain(schema), components)
  const refusal = name(ErrorAnswer)
  name(ProblemAnswer)
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of ROUTES) {
    const path = paths[route.path] ?? {}
    path[route.method.toLowerCase()] = describeRoute(route, name, refusal)
    paths[route.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley',
      version: RELEASE,
      description: 'Flows, connectors, conversations and queues. Times are milliseconds since 1970; lists are paged by `cursor` and `limit`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key. The setting API_KEY makes the first one.' } },
      schemas: Object.fromEntries(Object.entries(components).sort(([one], [other]) => (one < other ? -1 : 1))),
    },
  }
}

function describeRoute(route: Route, name: (schema: TSchema) => Json, refusal: Json): Json {
  const { method, path, scope, summary, query, body, answers } = route
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({ name: parameter ?? '', in: 'path', required: true, schema: { type: 'string' } })),
    ...Object.entries(query.properties).map(([parameter, schema]) => ({ name: parameter, in: 'query', schema: name(schema) })),
    ...(body === 'flow' ? [{ name: 'If-Match', in: 'header', schema: { type: 'string' }, description: 'The ETag of the draft that was read.' }] : []),
  ]
  const content = body === 'flow' ? { type: 'object', description: 'A flow file; see flow.schema.json.' } : body && name(body)
  return {
    operationId: operationId(method, path),
    summary,
    ...(scope === 'public' ? { security: [] } : { 'x-scope': scope }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: body === 'flow', content: { 'application/json': { schema: content } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer, name)])),
      default: { description: 'Refused.', content: { 'application/json': { schema: refusal } } },
    },
  }
}

function describeAnswer(answer: AnswerSchema, name: (schema: TSchema) => Json): Json {
  if (answer === 'empty') return { description: 'Done.' }
  if ('text' in answer && typeof answer.text === 'string') return { description: 'As it is.', content: { [answer.text]: { schema: {} } } }
  return { description: 'Done.', content: { 'application/json': { schema: name(answer as TSchema) } } }
}

function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/(api\/)?/, '')
    .split(/[/_.]|\{\w+\}/)
    .filter(Boolean)
  const one = path.includes('{') ? '_one' : ''
  return `${method.toLowerCase()}_${words.join('_')}${one}`
}

/** TypeBox keeps its own marks in keys that JSON does not see. */
function plain(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema)) as Json
}

/** Moves schemas with a name of one PascalCase word into the components and leaves a reference. */
function hoist(value: Json, components: Record<string, Json>): Json {
  if (Array.isArray(value)) return value.map(entry => hoist(entry, components))
  if (!isObject(value)) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, hoist(entry, components)]))
  const { title } = value
  if (typeof title !== 'string' || !/^([A-Z][a-z]+)+$/.test(title) || value.type !== 'object') return inner
  const { title: _title, ...schema } = inner
  components[title] = schema
  return { $ref: `#/components/schemas/${title}` }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
