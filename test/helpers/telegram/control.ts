/** The fake's own HTTP endpoints under `/control/`, for a test in another process. */
import type { Update } from '@grammyjs/types'
import type { FakeTelegram } from '../fake-telegram.ts'
import { parseJson } from './body.ts'
import type { FailRule } from './failures.ts'

/**
 * Answers a control call; undefined for an unknown one.
 * `GET sent?after=&chat=&limit=`, `requests?after=`, `webhook`, `pending`, `presses`, `actions`;
 * `POST fail` (a FailRule), `updates` (an Update or several), `delay` `{ms}`, `block` `{chat, blocked}`, `unknown` `{chat}`,
 * `file` `{file_id, path, base64}`, `clear_failures`, `reset`.
 */
export function answerControl(fake: FakeTelegram, method: string, name: string, query: URLSearchParams, body: Buffer): unknown {
  if (method === 'GET') return read(fake, name, query)
  // The caller is a test of ours, compiled against the same types.
  const input = (body.length > 0 ? parseJson(body.toString('utf8')) : {}) as never
  return write(fake, name, input)
}

function read(fake: FakeTelegram, name: string, query: URLSearchParams): unknown {
  const after = Number(query.get('after') ?? 0)
  const limit = Number(query.get('limit') ?? 10_000)
  const chat = query.get('chat')
  switch (name) {
    case 'sent': {
      const messages = chat === null ? fake.sent() : fake.sent(chat)
      return { total: messages.length, messages: messages.slice(after, after + limit) }
    }
    case 'requests':
      return { total: fake.requests.length, requests: fake.requests.slice(after, after + limit) }
    case 'webhook':
      return fake.webhook ?? null
    case 'pending':
      return { pending: fake.pending() }
    case 'presses':
      return fake.presses
    case 'actions':
      return fake.actions
    default:
      return undefined
  }
}

type Input = FailRule & {
  readonly ms: number
  readonly chat: number
  readonly blocked: boolean
  readonly file_id: string
  readonly path: string
  readonly base64: string
}

function write(fake: FakeTelegram, name: string, input: Input & (Update | readonly Update[])): unknown {
  switch (name) {
    case 'fail':
      fake.failNext(input)
      return {}
    case 'clear_failures':
      fake.clearFailures()
      return {}
    case 'delay':
      fake.setDelay(input.ms)
      return {}
    case 'updates': {
      const updates = Array.isArray(input) ? input : [input]
      for (const update of updates) void fake.pushUpdate(update)
      return { pushed: updates.length }
    }
    case 'block':
      fake.block(input.chat, input.blocked)
      return {}
    case 'unknown':
      fake.forget(input.chat)
      return {}
    case 'file':
      fake.addFile(input.file_id, Buffer.from(input.base64, 'base64'), input.path)
      return {}
    case 'reset':
      fake.reset()
      return {}
    default:
      return undefined
  }
}
