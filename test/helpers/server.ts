/** A whole server on a random loopback port with a folder of its own, and a caller that checks every answer against the description of the API. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import description from '../../schemas/openapi.json' with { type: 'json' }
import { type RunningServer, type ServerOptions, startServer } from '../../server/main.ts'
import { readSettings } from '../../server/settings.ts'

/** The key of the environment in tests. */
export const ADMIN_KEY = 'test-administrator-key'

/** What a call may set besides method, path and body. */
export interface CallOptions {
  /** null: no key. */
  readonly key?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer, its body read as JSON where it is JSON. */
export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  // Tests look into answers freely: their shape is checked against the description already.
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  readonly body: any
  readonly text: string
}

/** A running server of a test. */
export interface TestServer {
  readonly url: string
  readonly dir: string
  readonly running: RunningServer
  /** Sends `body` as JSON, a text as it is. Fails when the answer is not as described. */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<ApiAnswer>
  /** Stops, and starts again on the same folder. */
  restart(): Promise<TestServer>
  close(): Promise<void>
}

/** Starts one. Close it in the end; its folder goes with it. */
export async function startTestServer(environment: Readonly<Record<string, string>> = {}, options: ServerOptions = {}): Promise<TestServer> {
  return startOn(await mkdtemp(join(tmpdir(), 'parley-test-')), environment, options)
}

async function startOn(dir: string, environment: Readonly<Record<string, string>>, options: ServerOptions): Promise<TestServer> {
  const settings = readSettings({ PORT: '0', DATA_DIR: dir, API_KEY: ADMIN_KEY, LOG_LEVEL: 'silent', ...environment })
  const running = await startServer(settings, options)
  return {
    url: running.url,
    dir,
    running,
    call: (method, path, body, callOptions = {}) => call(running.url, method, path, body, callOptions),
    restart: async () => {
      await running.close()
      return startOn(dir, environment, options)
    },
    close: async () => {
      await running.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function call(url: string, method: string, path: string, body: unknown, { key = ADMIN_KEY, headers = {} }: CallOptions): Promise<ApiAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  const answer: ApiAnswer = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined, text }
  checkDescribed(method, path.split('?')[0] ?? '', answer)
  return answer
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema(description, 'api')
const checks = new Map<string, ValidateFunction>()

/** Throws when the API answers what its description does not say. */
function checkDescribed(method: string, path: string, answer: ApiAnswer): void {
  const paths: Readonly<Record<string, unknown>> = description.paths
  const template = Object.keys(paths).find(known => new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`).test(path))
  const isError = answer.status >= 400
  const pointer = isError ? '#/components/schemas/ErrorAnswer' : answerPointer(template, method, answer)
  if (pointer === undefined) return
  const check = checks.get(pointer) ?? ajv.compile({ $ref: `api${pointer}` })
  checks.set(pointer, check)
  if (!check(answer.body))
    throw new Error(`${method} ${path} answered ${answer.status} not as described: ${ajv.errorsText(check.errors)} in ${answer.text.slice(0, 500)}`)
}

function answerPointer(template: string | undefined, method: string, answer: ApiAnswer): string | undefined {
  if (template === undefined) return undefined
  const place = ['paths', template, method.toLowerCase(), 'responses', String(answer.status)]
  const described = place.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), description)
  if (described === undefined) throw new Error(`${method} ${template} answered ${answer.status}, which is not described: ${answer.text.slice(0, 500)}`)
  if (!isObject(described) || !isObject(described.content)) return undefined
  const [type] = Object.keys(described.content)
  if (type !== 'application/json') return undefined
  return `#/${[...place, 'content', type, 'schema'].map(key => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
