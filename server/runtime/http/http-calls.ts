/**
 * Calls of APIs that flows wait for. A row is written with the step that asks and goes with the step that ends its wait: after a
 * crash every call without an answer is made again, with the same Idempotency-Key, so the other side hears it at least once.
 */
import { type Event, type HttpAnswer, hostOfUrl, keepAnswer, showHttpText } from '../../engine/index.ts'
import { conversationId, type Store, type StoredCall } from '../../store/index.ts'
import { checkpoint } from '../checkpoints.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { fillSecrets, secretsIn } from './fill-secrets.ts'
import { createGate } from './gate.ts'
import type { HttpOutcome, HttpRequest, HttpSender } from './send.ts'

export interface HttpCallsOptions {
  readonly store: Pick<Store, 'httpCalls' | 'secrets'>
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly sender: HttpSender
  random(): number
  /** Puts the answer into the contact's lane; rejects when the store is down. */
  tell(contact: string, event: Event): Promise<unknown>
}

/** Makes calls. */
export interface HttpCalls {
  /** Takes up every call that has no answer yet. */
  start(): Promise<void>
  /** A row that was just committed. */
  make(call: StoredCall): void
  /** The wait is over: nobody wants the answer any more. */
  over(contact: string, wait: number): void
  /** Breaks off everything of a contact. */
  forget(contact: string): void
  /** Finishes what is about to be answered; the rest is made again after the next start. */
  stop(): Promise<void>
}

const MOST_PER_HOST = 8
const MOST = 64
/** The first pause before a further try; it doubles. */
const FIRST_PAUSE_MS = 250
/** The timer of the wait comes first; this only ends calls whose timer is held back after a start (rule 18). */
const AFTER_TIMEOUT_MS = 1000
const TELL_AGAIN_MS = 1000
const DRAIN_MS = 5000

interface Underway {
  readonly stored: StoredCall
  readonly controller: AbortController
  done: Promise<void>
}

/** Makes the caller. */
export function createHttpCalls(options: HttpCallsOptions): HttpCalls {
  const { store, clock, log, metrics, sender } = options
  const gate = createGate(MOST_PER_HOST, MOST)
  const underway = new Map<string, Underway>()
  let isStopping = false

  function make(stored: StoredCall): void {
    const key = keyOf(stored.contact, stored.wait)
    if (isStopping || underway.has(key)) return
    const entry: Underway = { stored, controller: new AbortController(), done: Promise.resolve() }
    underway.set(key, entry)
    entry.done = run(entry).finally(() => {
      if (underway.get(key) === entry) underway.delete(key)
    })
  }

  async function run({ stored, controller }: Underway): Promise<void> {
    const { signal } = controller
    const callOff = clock.after(stored.call.timeout_ms + AFTER_TIMEOUT_MS, () => controller.abort(new Error('The time is up.')))
    const started = performance.now()
    const host = hostOfUrl(showHttpText(stored.call.url))
    try {
      const answer = await ask(stored, host, signal)
      metrics.httpCalls.inc({ outcome: 'failure' in answer ? answer.failure : `${Math.floor(answer.status / 100)}xx` })
      metrics.httpSeconds.observe((performance.now() - started) / 1000)
      if ('failure' in answer) log.warn({ contact: stored.contact, host, failure: answer.failure }, 'A call of a flow failed.')
      checkpoint('http.before_answer')
      await tell(stored, answer, signal)
    } catch (error) {
      if (!signal.aborted) log.error({ err: error, contact: stored.contact, host }, 'A call of a flow broke off; it is made again after the next start.')
      else metrics.httpCalls.inc({ outcome: 'broken_off' })
    } finally {
      callOff()
    }
  }

  /** All tries of a call. Rejects when nobody wants the answer any more. */
  async function ask({ contact, conversation, wait, call }: StoredCall, host: string, signal: AbortSignal): Promise<HttpAnswer> {
    const filled = fillSecrets(call, await store.secrets.values(secretsIn(call)), sender.isAllowed)
    if (!filled.ok) return { failure: 'secret', why: filled.why }
    const request = withKey(filled.request, `${conversationId(contact, conversation)}-${wait}`)
    for (let tries = 0; ; tries++) {
      const leave = await gate.enter(host, signal)
      let outcome: HttpOutcome
      try {
        checkpoint('http.before_call')
        outcome = await sender.send(request, signal)
      } finally {
        leave()
      }
      if (outcome.again && tries < call.retries) {
        await pause(outcome.again.after_ms ?? FIRST_PAUSE_MS * 2 ** tries * (0.5 + options.random()), signal)
        continue
      }
      return 'failure' in outcome ? { failure: outcome.failure, why: outcome.why } : keepAnswer(call, outcome)
    }
  }

  /** Tells the conversation, however long the store is down. */
  async function tell({ contact, wait }: StoredCall, answer: HttpAnswer, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await options.tell(contact, { type: 'http_answered', wait, answer })
        return
      } catch (error) {
        if (isStopping) return
        log.warn({ err: error, contact }, 'The answer of an API could not be stored; it is tried again.')
        await pause(TELL_AGAIN_MS, signal)
      }
    }
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        callOff()
        reject(signal.reason)
      }
      const callOff = clock.after(ms, () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      })
      if (signal.aborted) giveUp()
      else signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  const breakOff = (entry: Underway) => entry.controller.abort(new Error('Nobody waits for the answer any more.'))

  return {
    start: async () => {
      for (const stored of await store.httpCalls.all()) make(stored)
    },
    make,
    over: (contact, wait) => {
      const entry = underway.get(keyOf(contact, wait))
      if (!entry) return
      underway.delete(keyOf(contact, wait))
      breakOff(entry)
    },
    forget: contact => {
      for (const entry of underway.values()) if (entry.stored.contact === contact) breakOff(entry)
    },
    stop: async () => {
      isStopping = true
      const all = [...underway.values()]
      const done = Promise.all(all.map(entry => entry.done))
      await Promise.race([done, new Promise<void>(resolve => clock.after(DRAIN_MS, resolve))])
      for (const entry of all) breakOff(entry)
      await done
      await sender.close()
    },
  }
}

function keyOf(contact: string, wait: number): string {
  return `${contact} ${wait}`
}

/** Who hears a call twice can know it by this header. */
function withKey(request: HttpRequest, key: string): HttpRequest {
  const given = new Set(request.headers.map(({ name }) => name.toLowerCase()))
  const added = Object.entries({ 'Idempotency-Key': key, 'User-Agent': 'Parley', 'Accept-Encoding': 'identity' }).filter(
    ([name]) => !given.has(name.toLowerCase()),
  )
  return { ...request, headers: [...request.headers, ...added.map(([name, value]) => ({ name, value, hasSecret: false }))] }
}
