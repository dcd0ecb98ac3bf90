/** Telegram as a channel: what an account consists of, and how its parts come together. */
import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { DomainError } from '../../engine/index.ts'
import { type Account, type Connection, defineChannel, type Tools } from '../channel.ts'
import { abilities } from './abilities.ts'
import { removeWebhook, setWebhook, testConnection } from './account.ts'
import { poll } from './polling.ts'
import { parse, verify } from './receive.ts'
import { chatId, send } from './send.ts'
import { openVendor, readRefusal, shareSignal, TIMES, type Times, VENDOR_ROOT, type Vendor } from './vendor.ts'

const settings = Type.Object(
  {
    bot_username: Type.Optional(
      Type.String({
        title: 'Bot username',
        description: 'The name people search for, without the @. Test connection compares it with the name Telegram knows.',
        pattern: '^@?[A-Za-z0-9_]{3,32}$',
      }),
    ),
    receive: Type.Optional(
      Type.Union([Type.Literal('webhook'), Type.Literal('polling')], {
        title: 'Receive by',
        description: 'webhook: Telegram calls this server at its public address. polling: this server asks Telegram, for a machine without a public address.',
        default: 'webhook',
      }),
    ),
    api_root: Type.Optional(
      Type.String({
        title: 'API address',
        description: 'Address of the Bot API, for a local Bot API server. Empty: Telegram’s own.',
        pattern: '^https?://[^\\s?#]+$',
      }),
    ),
  },
  { additionalProperties: false },
)

const secrets = Type.Object(
  {
    token: Type.String({
      title: 'Token',
      description: 'What @BotFather answers to /newbot or /token, such as 110201543:AAHd….',
      pattern: '^[0-9]+:[A-Za-z0-9_-]{3,}$',
    }),
    webhook_secret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description: 'Telegram repeats it in every call, which proves the call to be Telegram’s. Made by Parley unless you choose one.',
        pattern: '^[A-Za-z0-9_-]{1,256}$',
      }),
    ),
  },
  { additionalProperties: false },
)

/** The Telegram channel. */
export const telegram = defineChannel({
  type: 'telegram',
  title: abilities.title,
  abilities,
  settings,
  secrets,
  generate: () => ({ webhook_secret: randomBytes(32).toString('base64url') }),
  // The digits stay the same when the token is renewed.
  accountId: account => /^(\d+):/.exec(account.secrets.token ?? '')?.[1],
  receives: 'webhook_or_polling',
  vendor_root: VENDOR_ROOT,
  verify,
  parse: (request, account) => parse(request, account),
  connect: (account, tools) => connect(account, tools, TIMES),
})

/** Opens a bot. `times` are those of production but in tests. */
export function connect(account: Account, tools: Tools, times: Times): Connection {
  const own = account.settings.api_root
  const root = (typeof own === 'string' && own !== '' ? own : (tools.api_root ?? VENDOR_ROOT)).replace(/\/+$/, '')
  const username = account.settings.bot_username
  const vendor = openVendor(account.secrets.token ?? '', root, times)
  const secret = account.secrets.webhook_secret
  return {
    send: (delivery, signal) => send(vendor, delivery, shareSignal(signal)),
    typing: (contact, signal) => quietly(vendor.api.sendChatAction({ chat_id: chatId(contact), action: 'typing' }, shareSignal(signal))),
    answerPress: (press, text, signal) =>
      quietly(vendor.api.answerCallbackQuery({ callback_query_id: press, ...(text === undefined ? {} : { text: text.slice(0, 200) }) }, shareSignal(signal))),
    test: signal => testConnection(vendor, typeof username === 'string' ? username : undefined, signal),
    setWebhook: (url, signal) => setWebhook(vendor, { url, secret, strict: root === VENDOR_ROOT }, signal),
    removeWebhook: signal => removeWebhook(vendor, signal),
    fetchFile: (ref, maxBytes, signal) => fetchFile(vendor, ref, maxBytes, shareSignal(signal)),
    poll: (accept, signal) => poll(vendor, tools.now, accept, signal),
    close: () => vendor.close(),
  }
}

/** Best effort: a typing mark or the answer to a press that comes too late is nobody's trouble. */
async function quietly(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined)
}

async function fetchFile(vendor: Vendor, ref: string, maxBytes: number, signal: AbortSignal): Promise<{ readonly bytes: Buffer }> {
  const file = await vendor.api.getFile({ file_id: ref }, signal).catch(error => {
    signal.throwIfAborted()
    const { code, words } = readRefusal(error)
    const later = code === 0 || code === 429 || code >= 500
    throw new DomainError(/too big/i.test(words) ? 'file.too_big' : 'file.unreachable', {
      message: `Telegram does not hand out the file: ${words}.`,
      retry: later ? 'later' : 'never',
    })
  })
  if (file.file_size !== undefined && file.file_size > maxBytes) {
    throw new DomainError('file.too_big', { message: `The file is larger than ${maxBytes} bytes.`, details: { max_bytes: maxBytes } })
  }
  if (file.file_path === undefined) throw new DomainError('file.unreachable', { message: 'Telegram names no path for the file.' })
  return { bytes: await vendor.download(file.file_path, maxBytes, signal) }
}
