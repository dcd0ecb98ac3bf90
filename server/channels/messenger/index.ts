/** Facebook Messenger: pages of the Messenger Platform. https://developers.facebook.com/docs/messenger-platform */
import { defineChannel } from '../channel.ts'
import { fetchPublic, isLoopbackRoot } from '../fetch-public.ts'
import { answerMetaHandshake } from '../meta.ts'
import { GRAPH_ROOT, openGraph } from '../meta-graph.ts'
import { abilities } from './abilities.ts'
import { removeWebhook, setWebhook, testPage } from './account.ts'
import { generate, graphBase, readPage, secrets, settings } from './fields.ts'
import { parse, verify } from './receive.ts'
import { send, showTyping } from './send.ts'

const DEFAULT_VERSION = 'v25.0'

/** The channel `messenger`. */
export const messenger = defineChannel({
  type: 'messenger',
  title: 'Facebook Messenger',
  abilities,
  settings,
  secrets,
  generate,
  accountId: account => readPage(account).settings.page_id || undefined,
  receives: 'webhook',
  vendor_root: GRAPH_ROOT,
  verify,
  handshake: (request, account) => answerMetaHandshake(request, readPage(account).secrets.verify_token ?? ''),
  parse,
  connect(account, tools) {
    const page = readPage(account)
    const { page_id, api_version } = page.settings
    const base = graphBase(page, tools)
    const graph = openGraph({ base, version: api_version ?? DEFAULT_VERSION, token: page.secrets.token, appSecret: page.secrets.app_secret })
    return {
      send: (delivery, signal) => send(graph, page_id, delivery, signal),
      typing: (contact, signal) => showTyping(graph, page_id, contact, signal),
      test: signal => testPage(graph, page, signal),
      setWebhook: (url, signal) => setWebhook(graph, page, base, url, signal),
      removeWebhook: signal => removeWebhook(graph, page, signal),
      // The token stays here: Meta's file servers want none.
      fetchFile: (ref, maxBytes, signal) => fetchPublic(ref, { max_bytes: maxBytes, signal, loopback: isLoopbackRoot(base) }),
      close: () => graph.close(),
    }
  },
})
