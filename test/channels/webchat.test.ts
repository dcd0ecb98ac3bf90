import { describe, expect, test } from 'vitest'
import type { Account, HookRequest, Parsed } from '../../server/channels/channel.ts'
import { clientIdOf, visitors, webchat } from '../../server/channels/webchat/index.ts'

const account: Account = { connector: 'support', name: 'Support', settings: {}, secrets: webchat.generate() }
const token = visitors.mintToken()
const contact = visitors.contactOf(token)

function hook(post: unknown, headers: HookRequest['headers'] = { authorization: `Bearer ${token}` }): HookRequest {
  return {
    method: 'POST',
    path: '/chat/support/messages',
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(typeof post === 'string' ? post : JSON.stringify(post)),
  }
}
const parse = (post: unknown): Parsed | undefined => webchat.parse(hook(post), account)[0]

describe('a web chat visitor', () => {
  test('rule 43: is known by 32 random bytes that nobody can guess or read back from the contact', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => visitors.mintToken()))
    expect(tokens.size).toBe(1000)
    for (const one of tokens) expect(Buffer.from(one, 'base64url')).toHaveLength(32)
    expect(contact).toMatch(/^v_[\w-]{24}$/)
    expect(contact).not.toContain(token.slice(0, 8))
    expect(visitors.contactOf(token)).toBe(contact)
  })

  const headers: readonly [string, HookRequest['headers'], boolean][] = [
    ['a token', { authorization: `Bearer ${token}` }, true],
    ['a token with the scheme in small letters', { authorization: `bearer ${token}` }, true],
    ['no header', {}, false],
    ['a short token', { authorization: 'Bearer abc' }, false],
    ['a token with other letters', { authorization: `Bearer ${token.slice(1)}!` }, false],
    ['another scheme', { authorization: `Basic ${token}` }, false],
    ['two headers', { authorization: [`Bearer ${token}`, `Bearer ${token}`] }, false],
  ]
  test.each(headers)('rule 43: %s is verified as it should be', (_name, given, ok) => {
    expect(webchat.verify(hook({}, given)).ok).toBe(ok)
  })
})

describe('a post of the chat page', () => {
  const posts: readonly [string, object, object][] = [
    ['rule 8: an opening carries no message', { type: 'open', at: 5 }, { external_id: `${contact}.open`, event: { type: 'conversation_started' } }],
    [
      'rule 8: an opening carries its payload',
      { type: 'open', at: 5, payload: 'promo', language: 'de-AT' },
      { profile: { language: 'de' }, event: { type: 'conversation_started', payload: 'promo', language: 'de' } },
    ],
    [
      'a text is a message with the id of the page',
      { type: 'message', at: 7, client_id: 'abcdefgh', text: 'Hi\nthere' },
      { at: 7, external_id: `${contact}.m.abcdefgh`, event: { type: 'message_received', message: { id: 'abcdefgh', text: 'Hi\nthere' } } },
    ],
    [
      'NUL and lone surrogates are gone',
      { type: 'message', at: 7, client_id: 'abcdefgh', text: 'a\u0000b\ud800c😀' },
      { event: { message: { text: 'abc😀' } } },
    ],
    [
      'a press is a press, with its label',
      { type: 'press', at: 7, client_id: 'abcdefgh', payload: '3:yes', title: 'Yes' },
      { external_id: `${contact}.p.abcdefgh`, event: { type: 'button_pressed', payload: '3:yes', title: 'Yes' } },
    ],
    ['leaving is leaving', { type: 'leave', at: 7, client_id: 'abcdefgh' }, { event: { type: 'contact_left' } }],
    [
      'a receipt names deliveries of this visitor only',
      { type: 'receipt', at: 7, status: 'read', deliveries: ['d1', 'd2'] },
      { kind: 'receipt', contact, status: 'read', vendor_ids: ['d1', 'd2'] },
    ],
    [
      'an odd language of the browser does not refuse the message',
      { type: 'message', at: 7, client_id: 'abcdefgh', text: 'x', language: 'en-US@posix' },
      { profile: { language: 'en' } },
    ],
  ]
  test.each(posts)('%s', (_name, post, expected) => {
    expect(parse(post)).toMatchObject(expected)
  })

  const unusable: readonly [string, unknown][] = [
    ['what is not JSON', '{'],
    ['what has no type', { at: 5 }],
    ['a message without text and attachments', { type: 'message', at: 5, client_id: 'abcdefgh', text: '  ' }],
    ['a message without an id', { type: 'message', at: 5, text: 'x' }],
    ['a message with a text over the limit', { type: 'message', at: 5, client_id: 'abcdefgh', text: 'x'.repeat(16_001) }],
    ['a payload over 64 characters', { type: 'press', at: 5, client_id: 'abcdefgh', payload: 'x'.repeat(65) }],
    ['an attachment that nobody signed', { type: 'message', at: 5, client_id: 'abcdefgh', attachments: ['e30.abc'] }],
  ]
  test.each(unusable)('%s is kept aside, not thrown', (_name, post) => {
    expect(parse(post)).toMatchObject({ kind: 'kept_aside', reason: 'wrong_shape' })
  })

  test('the same press twice has one key, two presses have two', () => {
    const press = (client_id: string) => parse({ type: 'press', at: 1, client_id, payload: '1:a' })
    expect(press('abcdefgh')).toEqual(press('abcdefgh'))
    expect(press('abcdefgh')).not.toEqual(press('abcdefgi'))
  })

  test.each(['m', 'p'])('the id of the page comes back from the external id (%s)', kind => {
    expect(clientIdOf(`${contact}.${kind}.a-b_c123`)).toBe('a-b_c123')
    expect(clientIdOf(`${contact}.open`)).toBe('')
  })
})

describe('an upload', () => {
  const upload = { file: 'f1', kind: 'image', mime: 'image/png', name: 'a.png', size: 5, url: '/files/f1' } as const
  const attach = (signed: string, by = token, of: Account = account) =>
    webchat.parse(hook({ type: 'message', at: 1, client_id: 'abcdefgh', attachments: [signed] }, { authorization: `Bearer ${by}` }), of)[0]

  test('is attached as the server described it', () => {
    expect(attach(visitors.signUpload(account, contact, upload))).toMatchObject({ event: { message: { text: '', attachments: [upload] } } })
  })

  test('rule 43: of one visitor cannot be attached by another, nor on another connector, nor changed', () => {
    const signed = visitors.signUpload(account, contact, upload)
    const changed = `${Buffer.from(JSON.stringify({ ...upload, file: 'f2' })).toString('base64url')}.${signed.split('.')[1]}`
    expect(attach(signed, visitors.mintToken())?.kind).toBe('kept_aside')
    expect(attach(signed, token, { ...account, connector: 'other' })?.kind).toBe('kept_aside')
    expect(attach(signed, token, { ...account, secrets: webchat.generate() })?.kind).toBe('kept_aside')
    expect(attach(changed)?.kind).toBe('kept_aside')
    expect(attach(signed)?.kind).toBe('event')
  })

  test('is refused when the connector has no signing key', () => {
    expect(attach(visitors.signUpload({ ...account, secrets: {} }, contact, upload), token, { ...account, secrets: {} })?.kind).toBe('kept_aside')
  })
})

describe('a connection', () => {
  const typed: [string, number][] = []
  const connection = webchat.connect(account, { now: () => 0, page: { typing: (who, ms) => typed.push([who, ms]) } })
  const signal = new AbortController().signal

  test('a delivery is sent when it is committed, under its own id', async () => {
    expect(await connection.send({ id: 'd1', contact, message: { text: 'Hi' }, decided_at: 0 }, signal)).toEqual({ type: 'sent', vendor_id: 'd1' })
  })

  test('typing reaches the open pages', async () => {
    await connection.typing?.(contact, signal)
    expect(typed).toEqual([[contact, webchat.abilities.typing_ms]])
  })

  test('the test says where the chat answers, and what is missing', async () => {
    expect(await connection.test(signal)).toMatchObject([{ ok: true, message: 'The chat answers at /chat/support.' }])
    const broken = webchat.connect({ ...account, secrets: {} }, { now: () => 0 })
    expect(await broken.test(signal)).toMatchObject([{ ok: false, hint: expect.any(String) }])
  })
})
