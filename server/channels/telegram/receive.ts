/** What Telegram posts: the check of its header, and one Update turned into one event (messengers.md 3.3 and 3.4). */
import { timingSafeEqual } from 'node:crypto'
import type { Account, HookRequest, Parsed, Verified } from '../channel.ts'
import { readJson } from '../json.ts'
import { readUpdate } from './update.ts'

const HEADER = 'x-telegram-bot-api-secret-token'

/** Telegram repeats our own secret in a header; nothing is signed and nothing carries a time. */
export function verify(request: HookRequest, account: Account): Verified {
  const given = request.headers[HEADER]
  const secret = account.secrets.webhook_secret
  if (secret === undefined || secret === '') return { ok: false, reason: 'The connector has no webhook secret.' }
  if (given === undefined) return { ok: false, reason: 'The header with the webhook secret is missing.' }
  if (typeof given !== 'string') return { ok: false, reason: 'The header with the webhook secret came more than once.' }
  return isEqual(given, secret) ? { ok: true } : { ok: false, reason: 'The webhook secret is wrong.' }
}

/** A call carries exactly one Update. `now` (ms) stands for the time of a button press, which Telegram does not tell. */
export function parse(request: HookRequest, _account: Account, now: number = Date.now()): readonly Parsed[] {
  const update = readJson(request.body)
  const body = (): string => request.body.toString('utf8')
  if (update === undefined) return [{ kind: 'kept_aside', reason: 'not_json', message: 'The body is not JSON.', body: body() }]
  return [readUpdate(update, body, now)]
}

/** Takes as long for a near miss as for a wild guess; only the length shows. */
function isEqual(given: string, secret: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(secret)
  return left.length === right.length && timingSafeEqual(left, right)
}
