/**
 * What Facebook Messenger and WhatsApp share: the signature of calls, the handshake, the proof that goes with a token.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { HookAnswer, HookRequest, Verified } from './channel.ts'

const LONGEST_CHALLENGE = 256

/** Checks `X-Hub-Signature-256` over the raw bytes. Only Meta's own spelling counts: one header, `sha256=`, 64 lower-case hex digits. */
export function verifyMetaSignature(request: HookRequest, appSecret: string): Verified {
  const header = request.headers['x-hub-signature-256']
  if (header === undefined) return { ok: false, reason: 'X-Hub-Signature-256 is missing.' }
  // Two headers arrive as an array or joined by a comma, and the pattern takes neither.
  if (typeof header !== 'string') return { ok: false, reason: 'X-Hub-Signature-256 came more than once.' }
  const digits = /^sha256=([0-9a-f]{64})$/.exec(header)?.[1]
  if (digits === undefined) return { ok: false, reason: 'X-Hub-Signature-256 is not sha256= and 64 lower-case hex digits.' }
  if (appSecret === '') return { ok: false, reason: 'The connector has no app secret.' }
  const expected = createHmac('sha256', appSecret).update(request.body).digest()
  if (!timingSafeEqual(expected, Buffer.from(digits, 'hex'))) return { ok: false, reason: 'X-Hub-Signature-256 does not fit the body and the app secret.' }
  return { ok: true }
}

/** Answers Meta's one-time question whether the address is ours; undefined when the request is no such question. */
export function answerMetaHandshake(request: HookRequest, verifyToken: string): HookAnswer | undefined {
  if (request.method !== 'GET') return undefined
  const mode = single(request, 'hub.mode')
  const token = single(request, 'hub.verify_token')
  const challenge = single(request, 'hub.challenge')
  const good =
    mode === 'subscribe' &&
    token !== undefined &&
    verifyToken !== '' &&
    isSameText(token, verifyToken) &&
    challenge !== undefined &&
    challenge.length <= LONGEST_CHALLENGE
  if (!good) return { status: 403, type: 'text/plain', body: '' }
  return { status: 200, type: 'text/plain', body: challenge }
}

/** `appsecret_proof` of a token: shows Meta that the caller knows the app secret too. */
export function appSecretProof(appSecret: string, token: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex')
}

/** Compares without telling by the time taken how much of it was right. */
function isSameText(given: string, known: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(known))
}

/** A query value that came exactly once. */
function single(request: HookRequest, name: string): string | undefined {
  const values = request.query.getAll(name)
  return values.length === 1 ? values[0] : undefined
}
