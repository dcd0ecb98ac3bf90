/**
 * Updates that wait for the bot: posted to its webhook in lanes, or handed out by long polling. Lanes, retries and 409s are those of
 * the published server (messengers.md 3.2 and 3.3), with a shortened second.
 */
import type { Update, WebhookInfo } from '@grammyjs/types'
import { Agent, request } from 'undici'

/** The kinds a bot gets when it never said which. */
const unlessAsked = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

/** How an update reached the bot. */
export interface Arrival {
  readonly update_id: number
  readonly by: 'webhook' | 'polling'
  readonly attempts: number
}

/** A webhook in force. */
export interface Webhook {
  readonly url: string
  readonly secret_token: string | undefined
  readonly max_connections: number
}

interface Waiting {
  readonly update: Update
  attempts: number
  readonly arrived: (arrival: Arrival) => void
}

interface Poll {
  readonly offset: number
  readonly limit: number
  readonly answer: (updates: Update[] | 'replaced' | 'webhook_set') => void
  readonly timer: NodeJS.Timeout
}

/** Everything between "somebody wrote" and "the bot has it". */
export class UpdatesQueue {
  webhook: Webhook | undefined
  allowed: readonly string[] = []
  private readonly secondMs: number
  private readonly waiting = new Map<number, Waiting>()
  private lanes = new Map<string, Waiting[]>()
  private ready: string[] = []
  private retries = new Set<NodeJS.Timeout>()
  private active = 0
  private epoch = 0
  private agent: Agent | undefined
  private poll: Poll | undefined
  private lastError: { date: number; message: string } | undefined
  private idleWaiters: (() => void)[] = []

  constructor(secondMs: number) {
    this.secondMs = secondMs
  }

  get pending(): number {
    return this.waiting.size
  }

  /** Resolves once the bot acknowledged the update; at once and with 0 attempts for a kind it did not ask for. */
  push(update: Update): Promise<Arrival> {
    const kind = kindOf(update)
    const wanted = this.allowed.length > 0 ? this.allowed.includes(kind) : !unlessAsked.has(kind)
    if (!wanted) return Promise.resolve({ update_id: update.update_id, by: 'webhook', attempts: 0 })
    return new Promise(resolve => {
      const entry: Waiting = { update, attempts: 0, arrived: resolve }
      this.waiting.set(update.update_id, entry)
      if (this.webhook) this.enqueue(entry)
      else this.answerPoll()
    })
  }

  /** Resolves when nothing waits. */
  idle(): Promise<void> {
    if (this.waiting.size === 0) return Promise.resolve()
    return new Promise(resolve => this.idleWaiters.push(resolve))
  }

  setWebhook(webhook: Webhook | undefined): void {
    this.epoch += 1
    this.webhook = webhook
    this.lastError = undefined
    for (const timer of this.retries) clearTimeout(timer)
    this.retries.clear()
    this.lanes = new Map()
    this.ready = []
    this.active = 0
    void this.agent?.close()
    this.agent = undefined
    if (!webhook) return
    this.endPoll('webhook_set')
    this.agent = new Agent({ connections: webhook.max_connections, pipelining: 1, headersTimeout: 60_000 })
    for (const entry of this.waiting.values()) this.enqueue(entry)
  }

  dropPending(): void {
    for (const entry of [...this.waiting.values()]) this.settle(entry, 'polling')
    this.lanes = new Map()
    this.ready = []
  }

  webhookInfo(): WebhookInfo {
    return {
      url: this.webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.waiting.size,
      ...(this.webhook ? { max_connections: this.webhook.max_connections, ip_address: '127.0.0.1' } : {}),
      ...(this.lastError ? { last_error_date: this.lastError.date, last_error_message: this.lastError.message } : {}),
      ...(this.allowed.length > 0 ? { allowed_updates: this.allowed as NonNullable<WebhookInfo['allowed_updates']> } : {}),
    }
  }

  /** A long poll; a newer one ends an older one, and a higher offset confirms what came before. */
  getUpdates(offset: number, limit: number, timeoutS: number): Promise<Update[] | 'replaced' | 'webhook_set'> {
    this.endPoll('replaced')
    if (offset < 0) {
      const keep = [...this.waiting.keys()].slice(offset)
      for (const entry of [...this.waiting.values()]) if (!keep.includes(entry.update.update_id)) this.settle(entry, 'polling')
    } else {
      for (const entry of [...this.waiting.values()]) if (entry.update.update_id < offset) this.settle(entry, 'polling')
    }
    const first = Math.max(offset, 0)
    return new Promise(resolve => {
      const timer = setTimeout(() => this.finishPoll([]), timeoutS * 1000)
      this.poll = { offset: first, limit, answer: resolve, timer }
      this.answerPoll()
      if (this.poll && timeoutS === 0) this.finishPoll([])
    })
  }

  /** The caller of the open poll went away. */
  dropPoll(): void {
    this.finishPoll([])
  }

  async close(): Promise<void> {
    this.endPoll('replaced')
    for (const timer of this.retries) clearTimeout(timer)
    this.epoch += 1
    await this.agent?.destroy()
  }

  private answerPoll(): void {
    const { poll } = this
    if (!poll) return
    const due = [...this.waiting.values()].filter(entry => entry.update.update_id >= poll.offset).slice(0, poll.limit)
    if (due.length === 0) return
    for (const entry of due) entry.attempts += 1
    this.finishPoll(due.map(entry => entry.update))
  }

  private endPoll(reason: 'replaced' | 'webhook_set'): void {
    if (this.poll) this.finishPoll(reason)
  }

  private finishPoll(answer: Update[] | 'replaced' | 'webhook_set'): void {
    const { poll } = this
    if (!poll) return
    this.poll = undefined
    clearTimeout(poll.timer)
    poll.answer(answer)
  }

  private settle(entry: Waiting, by: Arrival['by']): void {
    if (!this.waiting.delete(entry.update.update_id)) return
    entry.arrived({ update_id: entry.update.update_id, by, attempts: entry.attempts })
    if (this.waiting.size === 0) for (const wake of this.idleWaiters.splice(0)) wake()
  }

  private enqueue(entry: Waiting): void {
    const lane = laneOf(entry.update)
    const queued = this.lanes.get(lane)
    if (queued) queued.push(entry)
    else {
      this.lanes.set(lane, [entry])
      this.ready.push(lane)
      this.pump()
    }
  }

  private pump(): void {
    while (this.webhook && this.active < this.webhook.max_connections) {
      const lane = this.ready.shift()
      if (lane === undefined) return
      void this.deliver(lane, this.webhook, this.epoch)
    }
  }

  private async deliver(lane: string, webhook: Webhook, epoch: number): Promise<void> {
    const queued = this.lanes.get(lane)
    const entry = queued?.[0]
    if (!queued || !entry || !this.agent) return
    this.active += 1
    entry.attempts += 1
    const outcome = await post(this.agent, webhook, entry.update)
    if (outcome.ok) this.settle(entry, 'webhook')
    if (epoch !== this.epoch) return
    this.active -= 1
    if (outcome.ok) {
      queued.shift()
      if (queued.length > 0) this.ready.push(lane)
      else this.lanes.delete(lane)
    } else {
      this.lastError = { date: Math.floor(Date.now() / 1000), message: outcome.error }
      this.retryLater(lane, outcome.retryAfterS ?? backoffS(entry.attempts))
    }
    this.pump()
  }

  private retryLater(lane: string, seconds: number): void {
    const timer = setTimeout(() => {
      this.retries.delete(timer)
      this.ready.push(lane)
      this.pump()
    }, seconds * this.secondMs)
    this.retries.add(timer)
  }
}

/** Once at once, then 2, 4, 8 … up to 60 seconds. */
function backoffS(attempts: number): number {
  return attempts <= 1 ? 0 : Math.min(2 ** (attempts - 1), 60)
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: string; readonly retryAfterS?: number }

async function post(agent: Agent, webhook: Webhook, update: Update): Promise<Outcome> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'accept-encoding': 'gzip, deflate' }
  if (webhook.secret_token !== undefined) headers['x-telegram-bot-api-secret-token'] = webhook.secret_token
  try {
    const answer = await request(webhook.url, { method: 'POST', headers, body: JSON.stringify(update), dispatcher: agent })
    await answer.body.dump()
    if (answer.statusCode >= 200 && answer.statusCode < 300) return { ok: true }
    const retryAfter = Number(answer.headers['retry-after'])
    const error = `Wrong response from the webhook: ${answer.statusCode}`
    return Number.isFinite(retryAfter) ? { ok: false, error, retryAfterS: Math.min(retryAfter, 3600) } : { ok: false, error }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : 'Connection closed' }
  }
}

function kindOf(update: Update): string {
  return Object.keys(update).find(key => key !== 'update_id') ?? ''
}

/** Messages and edits of a chat share a lane; presses and memberships have their own and can overtake. */
function laneOf(update: Update): string {
  if (update.callback_query) return `press:${update.callback_query.from.id}`
  if (update.my_chat_member) return `member:${update.my_chat_member.chat.id}`
  const chat = (update.message ?? update.edited_message ?? update.channel_post)?.chat.id
  return chat === undefined ? `other:${update.update_id}` : `chat:${chat}`
}
