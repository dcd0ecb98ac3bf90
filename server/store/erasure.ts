/** Erasing a contact: texts, files and addresses are blanked in place, structure, order and hashes stay (rule 39). */
import type { Json } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import { compileStatement, writeOnce } from './statement.ts'
import type { Write } from './write.ts'

/** Keys whose texts are words of ours and say nothing about a person. */
const KEPT = new Set(['type', 'timer', 'queue', 'reason', 'cause', 'block', 'kind', 'level', 'outcome', 'failure', 'mime', 'message_id', 'by'])

/** The writes that erase a contact. */
export async function writeErasure({ db, all }: Queries, contact: string, at: number): Promise<Write[]> {
  const events = await all(
    compileStatement<{ contact: string }, { seq: number; body: string; trace: string | null }>(slot =>
      db.selectFrom('events').select(['seq', 'body', 'trace']).where('contact', '=', slot('contact')),
    ),
    { contact },
  )
  const deliveries = await all(
    compileStatement<{ contact: string }, { n: number; message: string }>(slot =>
      db.selectFrom('deliveries').select(['n', 'message']).where('contact', '=', slot('contact')),
    ),
    { contact },
  )
  const person = await db.selectFrom('contacts').select(['profile', 'state']).where('id', '=', contact).executeTakeFirst()
  if (!person) return []
  const { channel } = readJson<{ channel: string }>(person.profile)
  const { session, ...state } = readJson<{ session: Json } & Record<string, Json>>(person.state)
  return [
    ...events.map(({ seq, body, trace }) =>
      writeOnce(
        db
          .updateTable('events')
          .set({ body: blank(body), trace: trace === null ? null : withoutReasons(trace), profile: null, error: null })
          .where('contact', '=', contact)
          .where('seq', '=', seq),
        1,
      ),
    ),
    ...deliveries.map(({ n, message }) =>
      writeOnce(
        db
          .updateTable('deliveries')
          .set({ message: blank(message) })
          .where('contact', '=', contact)
          .where('n', '=', n),
        1,
      ),
    ),
    writeOnce(
      db
        .updateTable('deliveries')
        .set({ status: 'failed', failure_code: 'send.erased', failure_message: 'The contact was erased.', failure_level: 'contact', retry_at: null })
        .where('contact', '=', contact)
        .where('status', '=', 'queued'),
    ),
    writeOnce(db.updateTable('files').set({ name: null, ref: null, hash: null, status: 'erased' }).where('contact', '=', contact)),
    writeOnce(db.deleteFrom('timers').where('contact', '=', contact)),
    writeOnce(db.deleteFrom('queue_places').where('contact', '=', contact)),
    writeOnce(db.deleteFrom('http_calls').where('contact', '=', contact)),
    writeOnce(
      db
        .updateTable('conversations')
        .set(eb => ({ owner: 'nobody', outcome: eb.fn.coalesce('outcome', eb.val('erased')), closed_at: eb.fn.coalesce('closed_at', eb.val(at)), agent: null }))
        .where('contact', '=', contact),
    ),
    writeOnce(
      db
        .updateTable('contacts')
        .set(eb => ({
          address: `erased:${contact}`,
          profile: JSON.stringify({ channel }),
          state: JSON.stringify({ ...withoutPerson(state), session: null, owner: 'nobody', closed_at: at }),
          erased_at: at,
          revision: eb('revision', '+', 1),
        }))
        .where('id', '=', contact),
      1,
    ),
  ]
}

/** What a closed conversation keeps: its counters and times. */
function withoutPerson({ agent, queue, tags, flood, ...state }: Readonly<Record<string, Json>>): Record<string, Json> {
  return state
}

/** Every text emptied except words of ours; lists keep their length. */
function blank(text: string): string {
  const empty = (value: Json, key: string): Json => {
    if (typeof value === 'string') return KEPT.has(key) ? value : ''
    if (typeof value === 'number') return key === 'latitude' || key === 'longitude' ? 0 : value
    if (Array.isArray(value)) return value.map(part => empty(part, key))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === 'fields' ? {} : empty(part, name)]))
    }
    return value
  }
  return JSON.stringify(empty(readJson<Json>(text), ''))
}

/** Reasons quote what was written; where the path went stays. */
function withoutReasons(trace: string): string {
  return JSON.stringify(readJson<readonly Record<string, Json>[]>(trace).map(({ why, ...line }) => line))
}
