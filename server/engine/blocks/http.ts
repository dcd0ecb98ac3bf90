import { HTTP_METHODS, type HttpAnswer, type HttpCall, type HttpHeader, hostOfUrl, isSuccess, showHttpText } from '../http-call.ts'
import type { Turn } from '../turn.ts'
import { type BlockOf, defineBlock, fail, leave, type Outcome, stay, waitFor } from './block.ts'
import { HEADER_NAME, httpProblems, RESERVED_HEADERS, WITHOUT_BODY } from './http-problems.ts'
import { type CompiledHttpText, climbs, compileForm, compileJson, compileText, compileUrl, renderHttpText, wrongUrl } from './http-texts.ts'
import { Type } from './setting-type.ts'
import { choiceSetting, durationSetting, settings } from './settings.ts'
import { timeoutOf } from './waits.ts'

const DEFAULT_TIMEOUT_MS = 10_000
const MOST_TIMEOUT_MS = 60_000
const DEFAULT_RETRIES = 2
/** Characters of a body. */
const MOST_BODY = 128 * 1024

/** Methods that do the same however often they come. */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])
const CONTENT_TYPES = { json: 'application/json', form: 'application/x-www-form-urlencoded', text: 'text/plain; charset=utf-8' } as const

const row = (title: string, description: string, value: string) =>
  Type.Array(
    settings({
      name: Type.String({ title: 'Name', description: 'As the API calls it.', maxLength: 200 }),
      value: Type.String({ title: 'Value', description: value, maxLength: 8000 }),
    }),
    { title, description, maxItems: 50 },
  )

const schema = settings({
  method: Type.Optional(choiceSetting(HTTP_METHODS, { title: 'Method', description: 'GET if nothing is chosen. GET and DELETE send no body.' })),
  url: Type.String({
    title: 'Address',
    description:
      'Where the API is, e.g. https://shop.example.com/orders/{{ vars.order_number }}. Values are encoded where they stand; scheme and host are written out.',
    maxLength: 4000,
  }),
  headers: Type.Optional(row('Headers', 'Sent along with the call, e.g. Authorization.', 'May contain {{ variables }} and {{ secrets.name }}.')),
  body_type: Type.Optional(choiceSetting(['json', 'form', 'text'], { title: 'Body', description: 'JSON, a form as browsers send it, or a plain text.' })),
  body: Type.Optional(
    Type.String({
      title: 'Body',
      description:
        'For JSON and text. In JSON each {{ value }} stands inside a text and is escaped; a text that is one single {{ vars.name }} becomes the value with its type.',
      maxLength: 20_000,
    }),
  ),
  form: Type.Optional(row('Form fields', 'For a form: its fields.', 'May contain {{ variables }} and {{ secrets.name }}.')),
  save: Type.Optional(
    Type.Array(
      settings({
        path: Type.String({
          title: 'Path',
          description: 'Where the value stands in the JSON of the answer: total, items[0].name, /items/0/name, or $ for all of it.',
          maxLength: 300,
        }),
        variable: Type.String({
          pattern: '^([a-z][a-z0-9_]{0,39})?$',
          title: 'Store in',
          description: 'The variable that takes it; its type decides what fits.',
        }),
      }),
      { title: 'Keep of the answer', description: 'Values of a successful answer. What is missing there empties the variable.', maxItems: 50 },
    ),
  ),
  timeout: Type.Optional(
    durationSetting({
      title: 'Give up after',
      description: 'How long to wait for the answer, at most 60 s; 10 s if empty. After this the flow leaves by “timeout”.',
    }),
  ),
  retries: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 5,
      title: 'Try again',
      description:
        'How often GET, PUT and DELETE are tried again within that time when the API cannot be reached or is busy (429, 502, 503, 504); 2 if empty. POST and PATCH are sent once.',
    }),
  ),
  example_answer: Type.Optional(
    Type.String({ title: 'Example answer', description: 'JSON that the simulator offers as the answer. The API is never called there.', maxLength: 20_000 }),
  ),
})

/** Settings of an HTTP block. */
export type Http = BlockOf<typeof schema>

interface Compiled {
  readonly url: CompiledHttpText
  readonly headers: readonly { readonly name: string; readonly value: CompiledHttpText }[]
  readonly body: CompiledHttpText | undefined
  readonly timeout_ms: number
  readonly pick: readonly string[]
}

/**
 * Calls an API and waits for its answer. The call may be made again after a crash, with the same Idempotency-Key.
 * While it waits, messages are kept and "on keyword" entries wait too (rule 19).
 */
export const http = defineBlock({
  type: 'http',
  group: 'act',
  title: 'Call an API',
  purpose: 'Asks an API or tells it something, and keeps values of the answer.',
  schema,
  example: {
    type: 'http',
    url: 'https://shop.example.com/orders/{{ vars.order_number }}',
    headers: [{ name: 'Authorization', value: 'Bearer {{ secrets.shop_key }}' }],
    save: [{ path: 'total', variable: 'amount' }],
    timeout: '5 s',
    exits: { success: 'show', refused: 'ask_again', error: 'to_agent', timeout: 'to_agent' },
  },
  exits: () => [
    { name: 'success', needed: true },
    { name: 'refused', needed: true },
    // Unconnected it goes where any failure goes: to "on error", else to the safety net.
    { name: 'error', needed: false },
    { name: 'timeout', needed: true },
  ],
  compile: (block, compiler): Compiled => ({
    url: compileUrl(block.url, compiler, '/url'),
    headers: (block.headers ?? []).map(({ name, value }, index) => ({ name, value: compileText(value, compiler, `/headers/${index}/value`) })),
    body: compileBody(block, compiler),
    timeout_ms: Math.min(MOST_TIMEOUT_MS, Math.max(1000, timeoutOf(block.timeout).timeout_ms ?? DEFAULT_TIMEOUT_MS)),
    pick: [...new Set(savesOf(block).map(({ path }) => path))],
  }),
  run(block, turn, compiled) {
    const wrong = wrongUrl(block.url)
    if (wrong !== undefined) return failed(block, wrong)
    const call = callOf(block, turn, compiled)
    return typeof call === 'string' ? failed(block, call) : waitFor({ for: 'answer', timeout_ms: call.timeout_ms, call, state: hostOfUrl(block.url.trim()) })
  },
  resume(block, turn, compiled, came, state) {
    const host = typeof state === 'string' ? state : 'The API'
    if (came.type === 'timeout') return leave('timeout', `${host} did not answer within ${compiled.timeout_ms / 1000} s`)
    return came.type === 'answered' ? goOn(block, turn, came.answer, host) : stay('Still waiting for the answer')
  },
  lint: httpProblems,
})

function savesOf(block: Http): NonNullable<Http['save']> {
  return (block.save ?? []).filter(({ path, variable }) => path.trim() !== '' && variable !== '')
}

function compileBody(block: Http, compiler: Parameters<typeof compileUrl>[1]): CompiledHttpText | undefined {
  const kind = block.body_type ?? 'json'
  if (WITHOUT_BODY.has(block.method ?? 'GET')) return undefined
  if (kind === 'form') return block.form && compileForm(block.form, compiler, '/form')
  if (block.body === undefined || block.body.trim() === '') return undefined
  return kind === 'json' ? compileJson(block.body, compiler, '/body') : compileText(block.body, compiler, '/body')
}

/** The call with today's values, or why it cannot be made. */
function callOf(block: Http, turn: Turn, compiled: Compiled): HttpCall | string {
  const method = block.method ?? 'GET'
  const url = renderHttpText(compiled.url, turn)
  if (climbs(url)) return 'A value would lead out of its part of the address'
  const body = compiled.body && renderHttpText(compiled.body, turn)
  if (body && showHttpText(body).length > MOST_BODY) return 'The body is longer than 128 kB'
  const given: readonly HttpHeader[] = compiled.headers
    .filter(({ name }) => HEADER_NAME.test(name) && !RESERVED_HEADERS.has(name.toLowerCase()))
    .map(({ name, value }) => ({ name, value: renderHttpText(value, turn).map(piece => (typeof piece === 'string' ? onOneLine(piece) : piece)) }))
  const typed = body && !given.some(({ name }) => name.toLowerCase() === 'content-type')
  return {
    method,
    url,
    headers: typed ? [{ name: 'Content-Type', value: [CONTENT_TYPES[block.body_type ?? 'json']] }, ...given] : given,
    ...(body && { body }),
    timeout_ms: compiled.timeout_ms,
    retries: REPEATABLE.has(method) ? (block.retries ?? DEFAULT_RETRIES) : 0,
    pick: compiled.pick,
  }
}

/** A value must not begin another header. */
function onOneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f]+/g, ' ')
}

function goOn(block: Http, turn: Turn, answer: HttpAnswer, host: string): Outcome {
  if ('failure' in answer) return failed(block, answer.why)
  const { status, values, unreadable } = answer
  if (status >= 400 && status < 500) return leave('refused', `${host} answered ${status}`)
  if (!isSuccess(status)) return failed(block, `${host} answered ${status}`)
  if (unreadable !== undefined) return failed(block, unreadable)
  for (const { path, variable } of savesOf(block)) {
    if (!turn.setVariable(variable, values?.[path] ?? null)) return failed(block, `“${path}” of the answer does not fit the variable “${variable}”`)
  }
  return leave('success', `${host} answered ${status}`)
}

/** By `error` where it is connected; else the flow's own error handling takes over. */
function failed(block: Http, why: string): Outcome {
  return block.exits?.error === undefined ? fail('http.failed', why) : leave('error', why)
}
