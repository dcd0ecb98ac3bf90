/** What a refusal of the Bot API means: how far it reaches, and whether trying again helps (messengers.md 3.5, rule 28). */
import type { SendFailure, SendResult } from '../channel.ts'
import type { Refusal } from './vendor.ts'

/** Everything that did not work, by `error_code`; texts only refine what the code leaves open. */
export function classifyRefusal(refusal: Refusal): SendResult {
  const { code, words } = refusal
  if (code === 0) return retry('send.network', 'Telegram could not be reached or did not answer in time; the message may have arrived.')
  if (code === 429) return tooFast(refusal)
  if (code >= 500) return retry('send.vendor_error', `Telegram has a passing trouble: ${words}`)
  if (code === 401) return failed('account', 'send.bad_token', `Telegram refuses the token: ${words}`)
  if (code === 403) return failed('contact', 'send.blocked', `The chat is closed to the bot: ${words}`)
  if (code === 404) {
    if (/method/i.test(words)) return failed('message', 'send.bad_request', `This Bot API does not know the method: ${words}`)
    return failed('account', 'send.bad_token', `The Bot API does not know this token: ${words}`)
  }
  if (/logged out/i.test(words)) return failed('account', 'send.logged_out', `The bot is logged out from this Bot API: ${words}`)
  if (/chat not found/i.test(words)) return failed('contact', 'send.no_such_contact', `Telegram knows no such chat of this bot: ${words}`)
  return failed('message', 'send.bad_request', `Telegram does not take this message: ${words}`)
}

/** A failure for good. */
export function failed(level: SendFailure['level'], code: string, message: string): SendResult {
  return { type: 'failed', failure: { level, code, message } }
}

/** A failure that time may heal. */
export function retry(code: string, message: string): SendResult {
  return { type: 'retry', whole_account: false, code, message }
}

/** The limit that was hit may be the chat's or the bot's; Telegram does not say which, so everybody waits. */
function tooFast({ retry_after_s }: Refusal): SendResult {
  const after = retry_after_s === undefined ? {} : { after_ms: retry_after_s * 1000 }
  return { type: 'retry', ...after, whole_account: true, code: 'send.rate_limited', message: 'Telegram asks to send more slowly.' }
}
