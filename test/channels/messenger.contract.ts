/** Facebook Messenger in the contract suite. */
import { createHmac } from 'node:crypto'
import type { Account } from '../../server/channels/channel.ts'
import { messenger } from '../../server/channels/messenger/index.ts'
import { type FakeMessenger, type MessengerFailure, startFakeMessenger } from '../helpers/fake-messenger.ts'
import { contractCase, type FailureCase, type Vendor } from './contract.ts'

/** The fake Graph API with its page as an account. */
export interface MessengerVendor extends Vendor {
  readonly fake: FakeMessenger
}

/** Starts the fake with a page that is subscribed to everything. */
export async function startMessengerVendor(): Promise<MessengerVendor> {
  const fake = await startFakeMessenger()
  return {
    fake,
    account: {
      connector: 'shop',
      name: 'Shop',
      settings: { page_id: fake.page_id, api_root: fake.root },
      secrets: { token: fake.token, app_secret: fake.app_secret, verify_token: 'verify-token-of-the-shop' },
    },
    contact: '7788001',
    sent: () => fake.sent.length,
    hangNext: () => fake.failNext({ hang: true }),
    close: () => fake.close(),
  }
}

const withSecret = (account: Account, app_secret: string): Account => ({ ...account, secrets: { ...account.secrets, app_secret } })
const vectorAccount: Account = { connector: 'v', name: 'Vectors', settings: { page_id: '111' }, secrets: { token: 't', app_secret: 'test-app-secret' } }
const vector = (name: string, body: string, hex: string) => ({ name, account: vectorAccount, body, value: `sha256=${hex}` })

function refusal(
  name: string,
  code: number,
  error_subcode: number | undefined,
  expected: FailureCase['expect'],
  more: Partial<MessengerFailure> = {},
): FailureCase<MessengerVendor> {
  const error = { status: 400, code, ...(error_subcode === undefined ? {} : { error_subcode }), message: `(#${code}) refused: a text of the customer` }
  return { name, arrange: ({ fake }) => fake.failNext({ error, ...more }), expect: expected }
}
const answered = (name: string, failure: MessengerFailure, expected: FailureCase['expect']): FailureCase<MessengerVendor> => ({
  name,
  arrange: ({ fake }) => fake.failNext(failure),
  expect: expected,
})

const slowly = { type: 'retry', code: 'send.rate_limited', whole_account: true } as const
const trouble = { type: 'retry', code: 'send.vendor_error', whole_account: false } as const
const failed = (level: 'message' | 'contact' | 'account', code: string) => ({ type: 'failed', level, code }) as const

/** Messenger's case. */
export const messengerContract = contractCase<MessengerVendor>({
  channel: messenger,
  start: startMessengerVendor,
  signature: {
    header: 'x-hub-signature-256',
    prefix: 'sha256=',
    covers_body: true,
    sign: (body, account) =>
      `sha256=${createHmac('sha256', account.secrets.app_secret ?? '')
        .update(body)
        .digest('hex')}`,
    otherSecret: ({ account }) => withSecret(account, 'another-app-secret'),
    vectors: [
      vector(
        'A',
        '{"object":"page","entry":[{"id":"111","time":1700000000000,"messaging":[]}]}',
        '0b50d08ba908d53a391f16204f25126bcc2839d1c1692a8ed5dec9ad53b3bc36',
      ),
      vector('B', '{"text":"Gr\\u00fc\\u00dfe \\ud83d\\udc4b"}', 'a64b9f24afaf3af1d493888e922b90f813f9cc9183b339cc96d3950f11368bf8'),
      vector('C', '{"text":"Grüße 👋"}', 'c031cb78a4278dc3f19d5033279e85fcfffa01b2dd8db1a8483f2f0b2096d968'),
    ],
  },
  batch(bodies) {
    const events = bodies.flatMap(body => JSON.parse(body).entry[0].messaging)
    const poison = [null, 7, { message: { mid: 5 } }, { sender: {}, message: { mid: 'm', text: 'x' } }]
    const half = Math.ceil(events.length / 2)
    const entry = (messaging: readonly unknown[]) => ({ id: '1060001', time: 1, messaging })
    const body = {
      object: 'page',
      entry: [entry([poison[0], ...events.slice(0, half), poison[1]]), null, entry([poison[2], ...events.slice(half), poison[3]])],
    }
    return { body: JSON.stringify(body), poison: poison.length + 1 }
  },
  failures: [
    ...[4, 32, 613, 80004, 80006].map(code => refusal(`code ${code}`, code, undefined, slowly)),
    refusal('code 613 with Retry-After', 613, undefined, { ...slowly, after_ms: 7000 }, { headers: { 'retry-after': '7' } }),
    refusal(
      'code 80006 with a usage header',
      80006,
      undefined,
      { ...slowly, after_ms: 300_000 },
      {
        headers: { 'x-business-use-case-usage': '{"1060001":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":5}]}' },
      },
    ),
    answered('HTTP 429', { status: 429 }, slowly),
    refusal('code 1', 1, undefined, trouble),
    refusal('code 2', 2, undefined, trouble),
    answered('HTTP 500', { status: 500 }, trouble),
    answered('a proxy that answers 503 with a page', { status: 503, body: '<html>' }, trouble),
    answered('a broken connection', { reset: true }, { type: 'retry', code: 'send.network', whole_account: false }),
    answered('a success that is not JSON', { status: 200, body: 'OK' }, { type: 'retry', code: 'send.strange_answer', whole_account: false }),
    refusal('code 10/2018278', 10, 2018278, failed('message', 'send.window_closed')),
    refusal('code 10/2534022', 10, 2534022, failed('message', 'send.window_closed')),
    refusal('code 551/1545041', 551, 1545041, failed('contact', 'send.blocked')),
    refusal('code 100/2018001', 100, 2018001, failed('contact', 'send.no_such_contact')),
    refusal('code 100', 100, undefined, failed('message', 'send.bad_request')),
    refusal('code 190', 190, 460, failed('account', 'send.bad_token')),
    refusal('code 10', 10, undefined, failed('account', 'send.no_permission')),
    refusal('code 200', 200, undefined, failed('account', 'send.no_permission')),
    refusal('code 299', 299, undefined, failed('account', 'send.no_permission')),
    refusal('code 368', 368, undefined, failed('account', 'send.restricted')),
    refusal('code 10/1893063', 10, 1893063, failed('account', 'send.restricted')),
    refusal('an unknown code', 424242, undefined, failed('message', 'send.refused')),
    answered('HTTP 401 without an error', { status: 401, body: '{}' }, failed('account', 'send.bad_token')),
    answered('HTTP 403 without an error', { status: 403, body: '{}' }, failed('account', 'send.no_permission')),
  ],
})
