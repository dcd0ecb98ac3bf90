/** A connector on a fake Bot API, and updates posted to its webhook as Telegram posts them. */
import type { Update } from '@grammyjs/types'
import type { FakeTelegram } from './fake-telegram.ts'
import type { TestServer } from './server.ts'

/** The webhook secret of bots in tests. */
export const HOOK_SECRET = 'a-webhook-secret-of-ours'

/** A bot that is connected. */
export interface TestBot {
  readonly id: string
  /** Posts a body to the webhook; answers the status. */
  post(body: string | object, secret?: string | null): Promise<Response>
  /** Posts an update and expects that it is taken. */
  take(update: Update): Promise<void>
}

/** Publishes the flow and binds a new connector to it. */
export async function connectBot(server: TestServer, telegram: FakeTelegram, flow: object, more: object = {}): Promise<TestBot> {
  const { id: flowId } = flow as { id: string }
  await server.call('PUT', `/api/flows/${flowId}`, flow)
  const published = await server.call('POST', `/api/flows/${flowId}/publish`)
  if (published.status !== 200) throw new Error(`The flow of the test cannot be published: ${published.text}`)
  const made = await server.call('POST', '/api/connectors', {
    channel: 'telegram',
    name: `Bot of ${flowId}`,
    flow: flowId,
    settings: { api_root: telegram.root },
    secrets: { token: telegram.token, webhook_secret: HOOK_SECRET },
    ...more,
  })
  if (made.status !== 201) throw new Error(`The connector of the test cannot be made: ${made.text}`)
  const { id } = made.body
  const post: TestBot['post'] = (body, secret = HOOK_SECRET) =>
    fetch(`${server.url}/hooks/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    id,
    post,
    take: async update => {
      const response = await post(update)
      if (response.status !== 200) throw new Error(`The webhook answered ${response.status}: ${await response.text()}`)
    },
  }
}
