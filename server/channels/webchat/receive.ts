/** Posts of the chat page to events. `api/webchat.ts` adds `type` and `at` (the server's time) to what the page sent. */
import { createHash } from 'node:crypto'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { Attachment } from '../../engine/index.ts'
import type { Account, ContactProfile, HookRequest, KeptAside, Parsed, Verified } from '../channel.ts'
import { contactOf, readUpload, tokenOf } from './visitor.ts'

const ClientId = Type.String({ pattern: '^[A-Za-z0-9_-]{8,64}$' })
const At = Type.Integer({ minimum: 0, maximum: 9_999_999_999_999 })
/** As the browser says it; some say odd things (`en-US@posix`), and a message is not refused for that. */
const Language = Type.Optional(Type.String({ maxLength: 80 }))

const Post = Type.Union([
  Type.Object({
    type: Type.Literal('open'),
    at: At,
    language: Language,
    payload: Type.Optional(Type.String({ maxLength: 64 })),
    /** Id of the end that the visitor begins anew after. */
    after: Type.Optional(Type.String({ pattern: '^[a-z0-9.]{1,40}$' })),
  }),
  Type.Object({
    type: Type.Literal('message'),
    at: At,
    language: Language,
    client_id: ClientId,
    text: Type.Optional(Type.String({ maxLength: 16_000 })),
    attachments: Type.Optional(Type.Array(Type.String({ maxLength: 4000 }), { maxItems: 10 })),
  }),
  Type.Object({
    type: Type.Literal('press'),
    at: At,
    language: Language,
    client_id: ClientId,
    payload: Type.String({ minLength: 1, maxLength: 64 }),
    title: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  Type.Object({ type: Type.Literal('leave'), at: At, client_id: ClientId }),
  Type.Object({
    type: Type.Literal('receipt'),
    at: At,
    status: Type.Union([Type.Literal('delivered'), Type.Literal('read')]),
    deliveries: Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\x21-\\x7e]+$' }), { minItems: 1, maxItems: 200 }),
  }),
])
type Post = Static<typeof Post>

/** A page proves that it is a visitor's by the shape of its token; whoever has the token is that visitor (rule 43). */
export function verify(request: HookRequest): Verified {
  return tokenOf(request.headers) === undefined ? { ok: false, reason: 'no visitor token in the Authorization header' } : { ok: true }
}

/** The id the page gave its message; empty for an event that has none. The inverse of how `parse` makes `external_id`. */
export function clientIdOf(external_id: string): string {
  const [, kind, id] = external_id.split('.')
  return kind === 'm' || kind === 'p' ? (id ?? '') : ''
}

/** One post, one part. */
export function parse(request: HookRequest, account: Account): readonly Parsed[] {
  const body = request.body.toString('utf8')
  const token = tokenOf(request.headers)
  const post = readPost(body)
  if (post === undefined || token === undefined)
    return [aside(post === undefined ? 'It is not one of the posts of the chat page.' : 'It has no visitor token.', body)]
  const contact = contactOf(token)

  if (post.type === 'receipt') {
    const { at, status, deliveries } = post
    const known = createHash('sha256')
      .update(`${status}\n${deliveries.join('\n')}`)
      .digest('base64url')
      .slice(0, 24)
    return [{ kind: 'receipt', external_id: `${contact}.r.${known}`, contact, at, status, vendor_ids: deliveries }]
  }

  const part = { kind: 'event', contact, at: post.at, ...profileOf(post) } as const
  switch (post.type) {
    case 'open': {
      const language = languageOf(post)
      const event = { type: 'conversation_started', ...(post.payload ? { payload: clean(post.payload) } : {}), ...(language ? { language } : {}) } as const
      // One opening a visitor and an end: two tabs that open at once are one start.
      return [{ ...part, external_id: post.after === undefined ? `${contact}.open` : `${contact}.open.${post.after}`, event }]
    }
    case 'leave':
      return [{ ...part, external_id: `${contact}.l.${post.client_id}`, event: { type: 'contact_left' } }]
    case 'press': {
      const title = post.title === undefined ? {} : { title: clean(post.title) }
      return [{ ...part, external_id: `${contact}.p.${post.client_id}`, event: { type: 'button_pressed', payload: clean(post.payload), ...title } }]
    }
    case 'message': {
      const attachments: Attachment[] = []
      for (const signed of post.attachments ?? []) {
        const upload = readUpload(account, contact, signed)
        if (upload === undefined) return [aside('One of its attachments was not uploaded by this visitor.', body)]
        attachments.push(upload)
      }
      const text = clean(post.text ?? '')
      if (text.trim() === '' && attachments.length === 0) return [aside('It has neither text nor attachments.', body)]
      const message = { id: post.client_id, text, ...(attachments.length > 0 ? { attachments } : {}) }
      return [{ ...part, external_id: `${contact}.m.${post.client_id}`, event: { type: 'message_received', message } }]
    }
  }
}

function readPost(body: string): Post | undefined {
  try {
    const json: unknown = JSON.parse(body)
    return Value.Check(Post, json) ? json : undefined
  } catch {
    return undefined
  }
}

function languageOf(post: { readonly language?: string }): string | undefined {
  return post.language?.match(/^[a-z]{2,3}(?![a-z])/i)?.[0].toLowerCase()
}

function profileOf(post: Post): { readonly profile?: ContactProfile } {
  const language = 'language' in post ? languageOf(post) : undefined
  return language === undefined ? {} : { profile: { language } }
}

/** NUL and lone surrogates cannot be stored everywhere; nobody types them. */
function clean(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '')
}

function aside(message: string, body: string): KeptAside {
  return { kind: 'kept_aside', reason: 'wrong_shape', message, body }
}
