/** Receiving without a public address: one long poll after the other (messengers.md 3.2). */
import { setTimeout as wait } from 'node:timers/promises'
import { DomainError } from '../../engine/index.ts'
import type { Parsed } from '../channel.ts'
import { printJson } from '../json.ts'
import { ALLOWED_UPDATES, removeWebhook } from './account.ts'
import { readUpdate } from './update.ts'
import { type Refusal, readRefusal, type Vendor } from './vendor.ts'

/** Most updates of one answer, and Telegram's own limit. */
const BATCH = 100
const LONGEST_PAUSE_S = 60

/** Polls until the signal aborts. An update is confirmed to Telegram by the next call's offset, so only after `accept` resolved. */
export async function poll(vendor: Vendor, now: () => number, accept: (parts: readonly Parsed[]) => Promise<void>, signal: AbortSignal): Promise<void> {
  let offset = 0
  let failures = 0
  let hasWebhook = true
  while (!signal.aborted) {
    try {
      // Telegram refuses to be polled while a webhook is set; only at the start, since a webhook set later is somebody else's doing.
      if (hasWebhook) await removeWebhook(vendor, signal)
      hasWebhook = false
      const call = { offset, limit: BATCH, timeout: vendor.times.poll_s, allowed_updates: ALLOWED_UPDATES }
      const updates: readonly unknown[] = await vendor.polling.getUpdates(call, signal)
      if (updates.length > 0) await accept(updates.map(update => readUpdate(update, () => printJson(update), now())))
      offset = updates.reduce<number>((next, update) => Math.max(next, after(update)), offset)
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      await pause(vendor, whyGoOn(error), failures, signal)
    }
  }
}

/** Seconds to wait at least; throws when waiting does not help. What `accept` throws counts as a passing trouble: the updates come again. */
function whyGoOn(error: unknown): number {
  if (error instanceof DomainError) {
    if (error.retry === 'later') return 0
    throw error
  }
  const refusal = readRefusal(error)
  if (refusal.code === 409) throw otherReceiver(refusal)
  if (refusal.code === 401 || refusal.code === 404) {
    throw new DomainError('connector.bad_token', {
      message: `Telegram refuses the token: ${refusal.words}.`,
      hint: 'Copy it again from @BotFather and use Update token.',
    })
  }
  return refusal.retry_after_s ?? 0
}

function otherReceiver({ words }: Refusal): DomainError {
  return new DomainError('connector.other_receiver', {
    message: `Somebody else receives the messages of this bot: ${words}.`,
    hint: 'A bot has one receiver. Stop the other program or server that uses this token, then switch the connector on again.',
    details: { status: 409 },
  })
}

async function pause(vendor: Vendor, atLeastS: number, failures: number, signal: AbortSignal): Promise<void> {
  const backoffS = Math.min(2 ** (failures - 1), LONGEST_PAUSE_S)
  const seconds = Math.max(atLeastS, backoffS * (0.5 + Math.random() / 2))
  await wait(seconds * vendor.times.second_ms, undefined, { signal }).catch(() => undefined)
}

function after(update: unknown): number {
  const isNumbered = typeof update === 'object' && update !== null && 'update_id' in update && typeof update.update_id === 'number'
  return isNumbered ? Number(update.update_id) + 1 : 0
}
