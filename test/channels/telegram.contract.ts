/** Telegram in the contract suite. */
import type { Account } from '../../server/channels/channel.ts'
import { telegram } from '../../server/channels/telegram/index.ts'
import { type Failure, type FakeTelegram, failures, startFakeTelegram } from '../helpers/fake-telegram.ts'
import { contractCase, type FailureCase, type Vendor } from './contract.ts'

/** The fake Bot API with its bot as an account. */
interface TelegramVendor extends Vendor {
  readonly fake: FakeTelegram
}

async function start(): Promise<TelegramVendor> {
  const fake = await startFakeTelegram()
  const account: Account = {
    connector: 'shop',
    name: 'Shop',
    settings: { bot_username: fake.bot.username, api_root: fake.root },
    secrets: { token: fake.token, webhook_secret: 'the-secret-of-the-webhook' },
  }
  return {
    fake,
    account,
    contact: '5012345678',
    sent: () => fake.sent().length,
    hangNext: () => fake.failNext({ fail: failures.hang }),
    close: () => fake.close(),
  }
}

const refusal = (name: string, fail: Failure, expected: FailureCase['expect']): FailureCase<TelegramVendor> => ({
  name,
  arrange: ({ fake }) => fake.failNext({ fail }),
  expect: expected,
})
const failed = (level: 'message' | 'contact' | 'account', code: string) => ({ type: 'failed', level, code }) as const

/** Telegram's case. */
export const telegramContract = contractCase<TelegramVendor>({
  channel: telegram,
  start,
  signature: {
    header: 'x-telegram-bot-api-secret-token',
    prefix: '',
    covers_body: false,
    sign: (_body, account) => account.secrets.webhook_secret ?? '',
    otherSecret: ({ account }) => ({ ...account, secrets: { ...account.secrets, webhook_secret: 'another-secret-of-the-hook' } }),
    vectors: [],
  },
  failures: [
    refusal('429', failures.tooMany(3), { type: 'retry', code: 'send.rate_limited', whole_account: true, after_ms: 3000 }),
    refusal('500', failures.internal, { type: 'retry', code: 'send.vendor_error', whole_account: false }),
    refusal('a proxy that answers 502 with a page', failures.badGateway, { type: 'retry', code: 'send.vendor_error', whole_account: false }),
    refusal('a broken connection', failures.resetBefore, { type: 'retry', code: 'send.network', whole_account: false }),
    refusal('403, blocked', failures.blocked, failed('contact', 'send.blocked')),
    refusal('400, chat not found', failures.badRequest('chat not found'), failed('contact', 'send.no_such_contact')),
    refusal('400', failures.badRequest('message text is empty'), failed('message', 'send.bad_request')),
    refusal('401', failures.unauthorized, failed('account', 'send.bad_token')),
  ],
})
