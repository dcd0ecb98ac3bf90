/** Credentials and webhook of a bot: tested, set and removed in Telegram's own words (messengers.md 3.1 and 3.2). */
import { setTimeout as wait } from 'node:timers/promises'
import { DomainError } from '../../engine/index.ts'
import type { Check, WebhookState } from '../channel.ts'
import { checkWebhookUrl } from './public-url.ts'
import { type Refusal, readRefusal, type Vendor } from './vendor.ts'

/** What we want to hear of: without the list, presses and blocks would stay hidden when a former owner of the bot left them out. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** Telegram's default; its lanes keep each chat in order whatever the number. */
const MAX_CONNECTIONS = 40
/** Longest time we wait when asked to slow down; Telegram wants one second between two settings. */
const LONGEST_PAUSE_S = 5

/** Asks who the bot is and compares the name with the expected one. */
export async function testConnection(vendor: Vendor, expected: string | undefined, signal: AbortSignal): Promise<readonly Check[]> {
  try {
    const me = await vendor.api.getMe(signal)
    const token: Check = { name: 'Token', ok: true, message: `Telegram knows the bot “${me.first_name}” (@${me.username}).` }
    if (expected === undefined || expected === '') return [token]
    const wanted = expected.replace(/^@/, '')
    if (wanted.toLowerCase() === me.username.toLowerCase())
      return [token, { name: 'Bot username', ok: true, message: `The bot is @${me.username}, as expected.` }]
    const message = `The token belongs to @${me.username}, but the connector names @${wanted}.`
    return [token, { name: 'Bot username', ok: false, message, hint: 'Correct the username, or use Update token with the token of the right bot.' }]
  } catch (error) {
    return [failedCheck(readRefusal(error))]
  }
}

function failedCheck({ code, words }: Refusal): Check {
  const check = (message: string, hint: string): Check => ({ name: 'Token', ok: false, message, hint })
  const again = 'This says nothing about the token. Try again in a minute.'
  if (code === 0) return check('Telegram could not be reached.', `${again} If it stays so, look at the network and at the API address of the connector.`)
  if (code === 429) return check(`Telegram asks to slow down: ${words}`, again)
  if (code >= 500) return check(`Telegram has a passing trouble: ${words}`, again)
  if (code === 401) return check(`Telegram refuses the token: ${words}`, 'Copy it again from @BotFather and use Update token.')
  if (code === 404) return check(`The Bot API does not know this token: ${words}`, 'Check the token and the API address of the connector.')
  return check(`Telegram answered: ${words}`, 'A bot that is logged out from the cloud works again ten minutes later, or at its local Bot API server.')
}

/** Where the webhook goes, and what proves a call to be Telegram's. */
interface Webhook {
  readonly url: string
  readonly secret: string | undefined
  /** The Bot API is Telegram's own cloud. */
  readonly strict: boolean
}

/** Registers the webhook. A failing call has already dropped the old registration, so that one is set again. */
export async function setWebhook(vendor: Vendor, webhook: Webhook, signal: AbortSignal): Promise<WebhookState> {
  const { url, secret, strict } = webhook
  checkWebhookUrl(url, strict)
  if (!secret)
    throw new DomainError('connector.no_webhook_secret', {
      message: 'The connector has no webhook secret.',
      hint: 'Use Update token and leave it empty; Parley makes one.',
    })
  const before = await asked(vendor.api.getWebhookInfo(signal))
  const options = { secret_token: secret, max_connections: MAX_CONNECTIONS, allowed_updates: ALLOWED_UPDATES, drop_pending_updates: false }
  try {
    await patiently(vendor, signal, () => vendor.api.setWebhook({ ...options, url }, signal))
  } catch (error) {
    const refusal = readRefusal(error)
    const kept = before.url ? await restore(vendor, before.url, () => vendor.api.setWebhook({ ...options, url: before.url ?? '' })) : true
    throw refused(refusal, kept ? '' : ' The address that was set before is lost as well: set it again once the trouble is over.')
  }
  return readState(await asked(vendor.api.getWebhookInfo(signal)))
}

/** Forgets the webhook; what waits at Telegram is kept. */
export async function removeWebhook(vendor: Vendor, signal: AbortSignal): Promise<void> {
  await asked(patiently(vendor, signal, () => vendor.api.deleteWebhook({ drop_pending_updates: false }, signal)))
}

/** Whether the old address works again. Its own calls carry no signal: an impatient caller must not leave the bot deaf. */
async function restore(vendor: Vendor, url: string, setOld: () => Promise<unknown>): Promise<boolean> {
  try {
    const now = await vendor.api.getWebhookInfo()
    if (now.url !== url) await patiently(vendor, undefined, setOld)
    return true
  } catch {
    return false
  }
}

/** Waits once as long as Telegram asks, if that is short. */
async function patiently<T>(vendor: Vendor, signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { code, retry_after_s } = readRefusal(error)
    if (code !== 429 || retry_after_s === undefined || retry_after_s > LONGEST_PAUSE_S) throw error
    await wait(retry_after_s * vendor.times.second_ms, undefined, signal ? { signal } : {})
    return await call()
  }
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw refused(readRefusal(error), '')
  }
}

function refused({ code, words }: Refusal, more: string): DomainError {
  const later = code === 0 || code === 429 || code >= 500
  const message = code === 0 ? `Telegram could not be reached.${more}` : `Telegram refused: ${words}.${more}`
  const hint = code === 401 || code === 404 ? 'Copy the token again from @BotFather and use Update token.' : later ? 'Try again in a minute.' : hintFor(words)
  return new DomainError(code === 401 || code === 404 ? 'connector.bad_token' : 'connector.webhook_refused', {
    message,
    ...(hint === undefined ? {} : { hint }),
    retry: later ? 'later' : 'never',
    details: { status: code, description: words },
  })
}

function hintFor(words: string): string | undefined {
  if (/resolve host/i.test(words)) return 'The name of PUBLIC_URL is not known on the internet yet; check its DNS entry.'
  if (/certificate|ssl|tls/i.test(words)) return 'Serve the whole certificate chain of a public authority for the name of PUBLIC_URL.'
  return undefined
}

function readState(info: { readonly url?: string; readonly pending_update_count: number; readonly last_error_message?: string }): WebhookState {
  const last_error = info.last_error_message
  return { url: info.url ?? '', pending: info.pending_update_count, ...(last_error === undefined ? {} : { last_error }) }
}
