/** The event log. Its part that is not handled yet is the inbox. */
import type { Event } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import { readJson, readJsonOrNull } from './json.ts'
import type { Handling, StoredEvent } from './records.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Events } from './store.ts'
import type { EventRow } from './tables.ts'

const COLUMNS = [
  'contact',
  'seq',
  'connector',
  'external_id',
  'type',
  'at',
  'order_key',
  'received_at',
  'body',
  'profile',
  'step',
  'conversation',
  'now',
  'hash',
  'release',
  'trace',
  'error',
] as const

type HandlingColumns = Pick<EventRow, 'step' | 'conversation' | 'now' | 'hash' | 'release' | 'trace' | 'error'>

/** Makes the repository. */
export function createEvents({ db, inList, all }: Queries): Events {
  const insert = compileInsert(db, 'events', COLUMNS)
  const handle = compileStatement<Pick<EventRow, 'contact' | 'seq'> & HandlingColumns>(slot =>
    db
      .updateTable('events')
      .set({
        step: slot('step'),
        conversation: slot('conversation'),
        now: slot('now'),
        hash: slot('hash'),
        release: slot('release'),
        trace: slot('trace'),
        error: slot('error'),
      })
      .where('contact', '=', slot('contact'))
      .where('seq', '=', slot('seq'))
      .where('step', 'is', null),
  )
  const seen = compileStatement<{ connector: string; ids: string }, { external_id: string | null }>(slot =>
    db
      .selectFrom('events')
      .select('external_id')
      .where('connector', '=', slot('connector'))
      .where('external_id', 'is not', null)
      .where(eb => inList(eb.ref('external_id'), slot('ids'))),
  )
  // Most calls bring one event, and a list of one costs three times a comparison.
  const seenOne = compileStatement<{ connector: string; id: string }, { external_id: string | null }>(slot =>
    db.selectFrom('events').select('external_id').where('connector', '=', slot('connector')).where('external_id', '=', slot('id')),
  )
  // From `handled_seq` on: without it the planner would read a contact's whole history for the few that wait.
  const waiting = compileStatement<{ contact: string; handled_seq: number }, EventRow>(slot =>
    db.selectFrom('events').selectAll().where('contact', '=', slot('contact')).where('seq', '>', slot('handled_seq')).where('step', 'is', null).orderBy('seq'),
  )

  return {
    seen: async (connector, externalIds) => {
      const [first] = externalIds
      if (first === undefined) return new Set()
      const rows = externalIds.length === 1 ? await all(seenOne, { connector, id: first }) : await all(seen, { connector, ids: JSON.stringify(externalIds) })
      return new Set(rows.flatMap(row => (row.external_id === null ? [] : [row.external_id])))
    },
    insert: events => events.map(event => writeOf(insert, rowOf(event))),
    handle: handled => handled.map(({ contact, seq, handling }) => writeOf(handle, { contact, seq, ...columnsOf(handling) }, 1)),
    waiting: async contacts => (await Promise.all(contacts.map(({ id, handled_seq }) => all(waiting, { contact: id, handled_seq })))).flat().map(recordOf),
    ofConversation: async (contact, conversation) => {
      const rows = await db
        .selectFrom('events')
        .selectAll()
        .where('contact', '=', contact)
        .where(eb => eb.or([eb('conversation', '=', conversation), eb('step', 'is', null)]))
        .orderBy(eb => eb.fn.coalesce('step', eb.lit(Number.MAX_SAFE_INTEGER)))
        .orderBy('seq')
        .execute()
      return rows.map(recordOf)
    },
    depth: async () => {
      const row = await db
        .selectFrom('events')
        .select(eb => [eb.fn.countAll<number>().as('waiting'), eb.fn.min('received_at').as('oldest_at')])
        .where('step', 'is', null)
        .executeTakeFirst()
      return { waiting: row?.waiting ?? 0, oldest_at: row?.oldest_at ?? null }
    },
  }
}

function columnsOf(handling: Handling): HandlingColumns {
  const { step, conversation, now, hash, release, trace, error } = handling
  return { step, conversation, now, hash, release, trace: JSON.stringify(trace), error }
}

/** Column by column: this runs for every event, and spreading so wide a record costs as much as storing it. */
function rowOf({
  contact,
  seq,
  connector,
  external_id,
  at,
  order_key,
  received_at,
  event,
  profile,
  handling,
}: StoredEvent): EventRow & Record<keyof EventRow, string | number | null> {
  return {
    contact,
    seq,
    connector,
    external_id,
    type: event.type,
    at,
    order_key,
    received_at,
    body: JSON.stringify(event),
    profile: profile ? JSON.stringify(profile) : null,
    step: handling?.step ?? null,
    conversation: handling?.conversation ?? null,
    now: handling?.now ?? null,
    hash: handling?.hash ?? null,
    release: handling?.release ?? null,
    trace: handling ? JSON.stringify(handling.trace) : null,
    error: handling?.error ?? null,
  }
}

function recordOf({ type, body, profile, step, conversation, now, hash, release, trace, error, ...rest }: EventRow): StoredEvent {
  const handling: Handling | null =
    step === null ? null : { step, conversation: conversation ?? 0, now: now ?? 0, hash, release: release ?? '', trace: readJson(trace ?? '[]'), error }
  return { ...rest, event: readJson<Event>(body), profile: readJsonOrNull(profile), handling }
}
