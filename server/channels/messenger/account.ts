/** What can be asked and set at Meta for a page: whose token it is, what the page sends us, and where to. */
import { DomainError } from '../../engine/index.ts'
import type { Check, WebhookState } from '../channel.ts'
import { isLoopbackRoot } from '../fetch-public.ts'
import { listOf, recordOf, textOf } from '../json.ts'
import { GRAPH_ROOT, type Graph, type GraphAnswer } from '../meta-graph.ts'
import type { Page } from './fields.ts'

/** Webhook fields and what is lost without each. The first two are needed, the rest is worth having. */
const FIELDS = {
  messages: 'messages people write',
  messaging_postbacks: 'button presses and Get Started',
  message_deliveries: 'delivery receipts',
  message_reads: 'read receipts',
  messaging_referrals: 'links that carry a start payload',
  messaging_optins: 'opt-ins',
  message_edits: 'edits of messages',
  message_echoes: 'what people write from the page’s own inbox',
} as const
const NEEDED: readonly string[] = ['messages', 'messaging_postbacks']
const ALL_FIELDS = Object.keys(FIELDS).join(',')

/** Asks Meta whose token it is and what the page is subscribed to. */
export async function testPage(graph: Graph, page: Page, signal: AbortSignal): Promise<readonly Check[]> {
  const token = await testToken(graph, page, signal)
  return token.ok ? [token, await testSubscription(graph, page, signal)] : [token]
}

async function testToken(graph: Graph, page: Page, signal: AbortSignal): Promise<Check> {
  const name = 'Token'
  const answer = await graph.call({ method: 'GET', path: 'me', query: { fields: 'id,name' }, signal })
  if (!answer.ok) return { name, ok: false, ...explain(answer) }
  const { id } = answer.body
  const title = textOf(answer.body.name) ?? 'without a name'
  if (id === page.settings.page_id) return { name, ok: true, message: `The token belongs to the page “${title}”.` }
  return {
    name,
    ok: false,
    message: `The token belongs to “${title}” (${textOf(id) ?? 'no id'}), not to the page ${page.settings.page_id}.`,
    hint: 'Make a page access token of this page, or correct the page ID.',
  }
}

async function testSubscription(graph: Graph, page: Page, signal: AbortSignal): Promise<Check> {
  const name = 'Subscription'
  const answer = await readSubscribedFields(graph, page, signal)
  if (!answer.ok) return { name, ok: false, ...explain(answer) }
  if (answer.fields.length === 0) {
    return { name, ok: false, message: 'The page sends nothing to the app yet.', hint: 'Press Set webhook.' }
  }
  const missing = Object.keys(FIELDS).filter(field => !answer.fields.includes(field))
  if (missing.length === 0) return { name, ok: true, message: 'The page sends everything to the app.' }
  const ok = !missing.some(field => NEEDED.includes(field))
  const words = missing.map(field => `${FIELDS[field as keyof typeof FIELDS]} (${field})`).join(', ')
  return { name, ok, message: `The page does not send: ${words}.`, hint: 'Press Set webhook to subscribe to them.' }
}

interface Subscribed {
  readonly ok: true
  readonly fields: readonly string[]
}

/** The fields the page sends to our app; without an app id, to any app the token sees. */
async function readSubscribedFields(graph: Graph, page: Page, signal: AbortSignal): Promise<Subscribed | Failure> {
  const answer = await graph.call({ method: 'GET', path: `${page.settings.page_id}/subscribed_apps`, signal })
  if (!answer.ok) return answer
  const apps = listOf(answer.body.data).map(recordOf)
  const ours = page.settings.app_id === undefined ? apps : apps.filter(app => app?.id === page.settings.app_id)
  const fields = ours.flatMap(app => listOf(app?.subscribed_fields)).filter(field => typeof field === 'string')
  return { ok: true, fields: [...new Set(fields)] }
}

/** Subscribes the page to the app and, with an app id, the app to `url`. What stood before stands again when the second step fails. */
export async function setWebhook(graph: Graph, page: Page, base: string, url: string, signal: AbortSignal): Promise<WebhookState> {
  refuseUnreachable(url, base)
  const before = await readSubscribedFields(graph, page, signal)
  if (!before.ok) throw refusal(before)
  const subscribed = await subscribePage(graph, page, ALL_FIELDS, signal)
  if (!subscribed.ok) throw refusal(subscribed)
  const { app_id } = page.settings
  if (app_id === undefined) {
    return {
      url,
      next_step:
        'In the App Dashboard open Webhooks, choose the object Page, and enter this address as Callback URL with the verify token of this connector. ' +
        'With the App ID in the settings, Set webhook does this too.',
    }
  }
  const registered = await graph.call({
    method: 'POST',
    path: `${app_id}/subscriptions`,
    body: { object: 'page', callback_url: url, verify_token: page.secrets.verify_token ?? '', fields: ALL_FIELDS },
    hide: [page.secrets.verify_token ?? ''],
    as: `${app_id}|${page.secrets.app_secret}`,
    signal,
  })
  if (registered.ok) return { url }
  // A refused address leaves the old one registered at Meta; only the page's own subscription has changed.
  if (before.fields.length > 0) await subscribePage(graph, page, before.fields.join(','), signal)
  else await removeWebhook(graph, page, signal).catch(() => undefined)
  throw refusal(registered)
}

/** Ends the page's subscription; other pages of the app keep theirs. */
export async function removeWebhook(graph: Graph, page: Page, signal: AbortSignal): Promise<void> {
  const answer = await graph.call({ method: 'DELETE', path: `${page.settings.page_id}/subscribed_apps`, signal })
  if (!answer.ok) throw refusal(answer)
}

function subscribePage(graph: Graph, page: Page, fields: string, signal: AbortSignal): Promise<GraphAnswer> {
  return graph.call({ method: 'POST', path: `${page.settings.page_id}/subscribed_apps`, query: { subscribed_fields: fields }, signal })
}

/** Meta calls only https on a public certificate; a gateway of one's own may do as it likes. */
function refuseUnreachable(url: string, base: string): void {
  const reachable = URL.canParse(url) && (!isVendor(base) || (new URL(url).protocol === 'https:' && !isLoopbackRoot(url)))
  if (reachable) return
  throw new DomainError('connector.bad_webhook_url', {
    message: 'Meta only calls an https address that it can reach from the internet.',
    hint: 'Set PUBLIC_URL to the public https address of this server.',
  })
}

function isVendor(base: string): boolean {
  return new URL(base).hostname === new URL(GRAPH_ROOT).hostname
}

type Failure = Exclude<GraphAnswer, { readonly ok: true }>

function refusal(answer: Failure): DomainError {
  const { message, hint } = explain(answer)
  const retry = answer.why === 'refused' && answer.status < 500 && answer.status !== 429 ? 'never' : 'later'
  const code = answer.why === 'refused' ? (answer.code === 190 ? 'connector.bad_token' : 'connector.refused') : 'connector.unreachable'
  return new DomainError(code, { message, hint, retry, details: answer.why === 'refused' ? { status: answer.status, code: answer.code } : {} })
}

/** Meta's answer for a person, with the way out. */
function explain(answer: Failure): { readonly message: string; readonly hint: string } {
  if (answer.why !== 'refused') {
    const message = answer.why === 'timeout' ? 'Meta did not answer in time.' : 'Meta could not be reached.'
    return { message, hint: 'Check that this server may open connections to the Graph API, then try again.' }
  }
  const message = `Meta says: ${answer.words}`
  const { code } = answer
  if (code === 190 || (code === undefined && answer.status === 401)) {
    return { message, hint: 'The page access token is wrong or has ended. Make a new one and use Update token.' }
  }
  if (code === 10 || (code !== undefined && code >= 200 && code <= 299)) {
    return { message, hint: 'The token lacks a permission: it needs pages_messaging and pages_manage_metadata.' }
  }
  if (code === 2200) return { message, hint: 'Meta asked the address for the handshake and did not get its answer. Check PUBLIC_URL and the verify token.' }
  return { message, hint: 'Check the page ID, the app ID and the app secret.' }
}
