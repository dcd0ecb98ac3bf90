/** What Meta's refusal of a message means: how far it reaches, and whether trying again helps (messengers.md 4.5, rule 28). */
import type { SendFailure, SendResult } from '../channel.ts'
import type { GraphAnswer, GraphRefusal } from '../meta-graph.ts'

const RATE_CODES: readonly number[] = [4, 32, 613, 80004, 80006]
const TEMPORARY_CODES: readonly number[] = [1, 2]
const WINDOW_SUBCODES: readonly number[] = [2018278, 2534022]
const POLICY_SUBCODE = 1893063

/** The result of a send that Meta did not take. Code and subcode decide, the HTTP status only where they say nothing. */
export function classifyFailure(answer: Exclude<GraphAnswer, { readonly ok: true }>): SendResult {
  if (answer.why === 'timeout') return retry('send.timeout', 'Meta did not answer in time; the message may or may not have arrived.')
  if (answer.why === 'unreachable') return retry('send.network', 'Meta could not be reached.')
  return (answer.code === undefined ? undefined : byCode(answer, answer.code)) ?? byStatus(answer)
}

function byCode(answer: GraphRefusal, code: number): SendResult | undefined {
  const { subcode } = answer
  if (RATE_CODES.includes(code)) return tooFast(answer)
  if (TEMPORARY_CODES.includes(code)) return retry('send.vendor_error', `Meta has a passing trouble: ${answer.words}`)
  if (code === 10 && subcode !== undefined && WINDOW_SUBCODES.includes(subcode)) {
    return failed('message', 'send.window_closed', 'More than 24 hours have passed since the contact wrote; Messenger takes no message until they write again.')
  }
  if (code === 368 || (code === 10 && subcode === POLICY_SUBCODE)) {
    return failed('account', 'send.restricted', `Meta has restricted the page for a breach of its rules: ${answer.words}`)
  }
  if (code === 10 || (code >= 200 && code <= 299)) return failed('account', 'send.no_permission', `The token lacks a permission: ${answer.words}`)
  if (code === 190) return failed('account', 'send.bad_token', `Meta refuses the page access token: ${answer.words}`)
  if (code === 551) return failed('contact', 'send.blocked', 'The contact cannot be reached: they blocked the page or are gone.')
  if (code === 100 && subcode === 2018001) return failed('contact', 'send.no_such_contact', 'Messenger knows no such contact of this page.')
  if (code === 100) return failed('message', 'send.bad_request', `Meta does not take this message: ${answer.words}`)
  return undefined
}

function byStatus(answer: GraphRefusal): SendResult {
  if (answer.status === 429) return tooFast(answer)
  if (answer.status >= 500) return retry('send.vendor_error', `Meta has a passing trouble: ${answer.words}`)
  if (answer.code === undefined && answer.status === 401) return failed('account', 'send.bad_token', 'Meta refuses the page access token.')
  if (answer.code === undefined && answer.status === 403) return failed('account', 'send.no_permission', 'Meta forbids sending for this page.')
  // No error of the Graph API at all: a gateway in between spoke, which says nothing about the message.
  if (answer.code === undefined) return retry('send.strange_answer', `The answer is not Meta's (${answer.words}).`)
  return failed('message', 'send.refused', `Meta does not take this message: ${answer.words}`)
}

function tooFast(answer: GraphRefusal): SendResult {
  return {
    type: 'retry',
    ...(answer.retry_after_ms === undefined ? {} : { after_ms: answer.retry_after_ms }),
    whole_account: true,
    code: 'send.rate_limited',
    message: 'Meta asks to send more slowly.',
  }
}

function retry(code: string, message: string): SendResult {
  return { type: 'retry', whole_account: false, code, message }
}

/** A failure for good. */
export function failed(level: SendFailure['level'], code: string, message: string): SendResult {
  return { type: 'failed', failure: { level, code, message } }
}
