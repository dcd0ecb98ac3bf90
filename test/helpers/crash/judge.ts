/** Looks for what a crash may have broken: lost, double, out of order, or without an owner. Judges only what is durable and what was sent. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { findOrphans } from './orphans.ts'
import { type Bot, type CrashWorld, sentByChat } from './world.ts'

/** What happened, and everything that must not have. */
export interface Verdict {
  readonly updates: number
  readonly kills: number
  readonly messages: number
  /** Messages that were sent a second time because a crash or a broken connection hid the answer to the first. */
  readonly doubles: number
  /** Events that were in hand at two crashes and went to the safety net (rule 27). */
  readonly netted: number
  readonly violations: readonly string[]
}

interface EventRow {
  readonly seq: number
  readonly external_id: string | null
  readonly step: number | null
  readonly error: string | null
}

interface DeliveryRow {
  readonly n: number
  readonly status: string
  readonly text: string | null
  readonly vendor_id: string | null
  readonly attempts: number
}

interface ContactRow {
  readonly id: string
  readonly last_seq: number
  readonly handled_seq: number
  readonly steps: number
}

/** What the sender of one connector has in flight at most; only those may go twice at a kill. */
const MOST_IN_FLIGHT = 64

/** Judges a world whose server has been stopped. `answersOf` says what a contact of this bot has to read. */
export function judge(world: CrashWorld, answersOf: (bot: Bot, texts: readonly string[]) => readonly string[]): Verdict {
  const db = new Database(join(world.dir, 'parley.db'), { readonly: true })
  const violations: string[] = []
  let [updates, messages, doubles, netted] = [0, 0, 0, 0]
  try {
    const contactOf = db.prepare<[string, string], ContactRow>('select id, last_seq, handled_seq, steps from contacts where connector = ? and address = ?')
    const eventsOf = db.prepare<[string], EventRow>('select seq, external_id, step, error from events where contact = ? order by seq')
    const deliveriesOf = db.prepare<[string], DeliveryRow>(
      "select n, status, message ->> '$.text' as text, vendor_id, attempts from deliveries where contact = ? order by n",
    )
    for (const bot of world.bots) {
      const sent = sentByChat(bot)
      const doubledAt = new Map<unknown, number>()
      messages += bot.fake.sent().length
      for (const [chat, texts] of bot.written) {
        const broken = (what: string) => violations.push(`${bot.flow.id} ${chat}: ${what}`)
        updates += texts.length
        const contact = contactOf.get(bot.connector, String(chat))
        if (!contact) {
          broken('wrote and is not known')
          continue
        }
        const events = eventsOf.all(contact.id)
        const accepted = events.filter(event => event.external_id !== null)
        expectEqual(
          broken,
          'updates in the log',
          accepted.map(event => event.external_id),
          (bot.updates.get(chat) ?? []).map(id => `u${id}`),
        )
        const steps = events.map(event => event.step)
        if (steps.includes(null)) broken(`${steps.filter(step => step === null).length} events were never handled`)
        if (new Set(steps).size !== steps.length || steps.length !== contact.steps) broken(`${steps.length} events were handled in ${contact.steps} steps`)
        if (accepted.some((event, index) => (accepted[index - 1]?.step ?? 0) > (event.step ?? 0))) broken('messages were handled out of order')
        if (contact.last_seq !== events.length || contact.handled_seq !== contact.last_seq) {
          broken(`numbers ${contact.handled_seq}/${contact.last_seq} with ${events.length} events`)
        }
        const deliveries = deliveriesOf.all(contact.id)
        const unsent = deliveries.filter(delivery => delivery.status !== 'sent')
        if (unsent.length > 0) broken(`deliveries are ${unsent.map(delivery => delivery.status).join(', ')}`)
        const errors = events.filter(event => event.error !== null).length
        netted += errors
        const decided = deliveries.map(delivery => delivery.text)
        // Whoever went to the safety net hears its words and waits for an agent.
        if (errors === 0) expectEqual(broken, 'answers decided', decided, answersOf(bot, texts))

        const seen: string[] = []
        for (const message of sent.get(chat) ?? []) {
          if (message.text !== seen.at(-1)) {
            seen.push(message.text)
            continue
          }
          doubles++
          const delivery = deliveries[seen.length - 1]
          const first = (sent.get(chat) ?? []).filter(other => other.text === message.text && other.n < message.n).at(-1)
          const kill = world.kills.find(candidate => (first?.n ?? 0) < (candidate.sent.get(bot) ?? 0) && message.n >= (candidate.sent.get(bot) ?? 0))
          if (kill) doubledAt.set(kill, (doubledAt.get(kill) ?? 0) + 1)
          // A broken connection after the send: the server could not know, and tried again on record.
          else if ((delivery?.attempts ?? 0) < 2) broken(`“${message.text}” was sent twice with no crash between`)
        }
        expectEqual(broken, 'messages sent', seen, decided)
        const ids = new Set((sent.get(chat) ?? []).map(message => `${chat}:${message.message_id}`))
        if (deliveries.some(delivery => delivery.vendor_id === null || !ids.has(delivery.vendor_id))) broken('a delivery names a message that was not sent')
      }
      for (const count of doubledAt.values()) if (count > MOST_IN_FLIGHT) violations.push(`${bot.flow.id}: ${count} messages were sent twice at one crash`)
    }
    violations.push(...findOrphans(db))
  } finally {
    db.close()
  }
  return { updates, kills: world.kills.length, messages, doubles, netted, violations }
}

function expectEqual(broken: (what: string) => void, what: string, actual: readonly unknown[], expected: readonly unknown[]): void {
  const at = Array.from({ length: Math.max(actual.length, expected.length) }, (_, index) => index).find(index => actual[index] !== expected[index])
  if (at !== undefined)
    broken(`${what}: ${actual.length}, expected ${expected.length}; at ${at} ${JSON.stringify(actual[at])} instead of ${JSON.stringify(expected[at])}`)
}

/** The verdict as a line for whoever reads the log of the tests. */
export function describe({ updates, kills, messages, doubles, netted }: Verdict): string {
  return `${updates} updates, ${kills} kills, ${messages} messages sent, ${doubles} of them twice, ${netted} events to the safety net after two crashes`
}
