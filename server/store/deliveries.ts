/** Deliveries: messages of ours, one row a part. Those that are queued are the outbox. */
import { sql } from 'kysely'
import type { DeliveryKind } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import { readJson } from './json.ts'
import { pageOf, readCursor } from './pages.ts'
import type { Delivery, DeliveryFailure, DeliveryStatus } from './records.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Deliveries } from './store.ts'
import type { DeliveryRow } from './tables.ts'

const COLUMNS = [
  'contact',
  'n',
  'connector',
  'conversation',
  'delivery',
  'first',
  'step',
  'kind',
  'block',
  'wait',
  'message',
  'typing_ms',
  'status',
  'vendor_id',
  'attempts',
  'retry_at',
  'expires_at',
  'failure_code',
  'failure_message',
  'failure_level',
  'decided_at',
  'sent_at',
  'resend_of',
] as const

/** The id of a delivery for others: stable over tries, a vendor's idempotency key is made of it. */
export function deliveryId(contact: string, n: number): string {
  return `${contact}.${n}`
}

/** Reads an id that `deliveryId` made; undefined for any other text. */
export function readDeliveryId(id: string): { readonly contact: string; readonly n: number } | undefined {
  const match = /^([a-z0-9]+)\.(\d{1,9})$/.exec(id)
  return match?.[1] === undefined ? undefined : { contact: match[1], n: Number(match[2]) }
}

/** From which statuses a delivery may move to another: only forward (rule 30). */
const EARLIER: Readonly<Record<'delivered' | 'read', string>> = {
  delivered: JSON.stringify(['sent']),
  read: JSON.stringify(['sent', 'delivered']),
}

type FailureColumns = Pick<DeliveryRow, 'failure_code' | 'failure_message' | 'failure_level'>

/** Makes the repository. */
export function createDeliveries({ db, inList, all }: Queries): Deliveries {
  const insert = compileInsert(db, 'deliveries', COLUMNS)
  type Key = Pick<DeliveryRow, 'contact' | 'n'>
  const queued = db.updateTable('deliveries').where('status', '=', 'queued')
  const sent = compileStatement<Key & { vendor_id: string; sent_at: number; attempts: number }>(slot =>
    queued
      .set({ status: 'sent', vendor_id: slot('vendor_id'), sent_at: slot('sent_at'), attempts: slot('attempts'), retry_at: null })
      .where('contact', '=', slot('contact'))
      .where('n', '=', slot('n')),
  )
  // Also a sent one can fail: the vendor says so later.
  const failed = compileStatement<Key & FailureColumns & { attempts: number }>(slot =>
    db
      .updateTable('deliveries')
      .set({
        status: 'failed',
        failure_code: slot('failure_code'),
        failure_message: slot('failure_message'),
        failure_level: slot('failure_level'),
        attempts: slot('attempts'),
        retry_at: null,
      })
      .where('contact', '=', slot('contact'))
      .where('n', '=', slot('n')),
  )
  const postpone = compileStatement<Key & FailureColumns & { attempts: number; retry_at: number }>(slot =>
    queued
      .set({
        failure_code: slot('failure_code'),
        failure_message: slot('failure_message'),
        failure_level: slot('failure_level'),
        attempts: slot('attempts'),
        retry_at: slot('retry_at'),
      })
      .where('contact', '=', slot('contact'))
      .where('n', '=', slot('n')),
  )
  const setStatus = compileStatement<Key & { status: string; earlier: string }>(slot =>
    db
      .updateTable('deliveries')
      .set({ status: slot('status') })
      .where('contact', '=', slot('contact'))
      .where('n', '=', slot('n'))
      .where(eb => inList(eb.ref('status'), slot('earlier'))),
  )
  // Literals, because the partial indexes are only used when the planner can see the value.
  const isQueued = sql.lit('queued')
  const allQueued = compileStatement<Key & { limit: number }, DeliveryRow>(slot =>
    db
      .selectFrom('deliveries')
      .selectAll()
      .where('status', '=', isQueued)
      .where(eb => eb(eb.refTuple('contact', 'n'), '>', eb.tuple(slot('contact'), slot('n'))))
      .orderBy('contact')
      .orderBy('n')
      .limit(slot('limit')),
  )
  const queuedOf = compileStatement<{ contacts: string }, DeliveryRow>(slot =>
    db
      .selectFrom('deliveries')
      .selectAll()
      .where('status', '=', isQueued)
      .where(eb => inList(eb.ref('contact'), slot('contacts')))
      .orderBy('contact')
      .orderBy('n'),
  )
  const latest = compileStatement<{ contact: string; limit: number }, DeliveryRow>(slot =>
    db.selectFrom('deliveries').selectAll().where('contact', '=', slot('contact')).orderBy('n', 'desc').limit(slot('limit')),
  )

  return {
    insert: deliveries => deliveries.map(delivery => writeOf(insert, rowOf(delivery))),
    sent: settled => settled.map(values => writeOf(sent, values, 1)),
    failed: settled => settled.map(({ failure, ...values }) => writeOf(failed, { ...values, ...columnsOf(failure) }, 1)),
    postpone: settled => settled.map(({ failure, ...values }) => writeOf(postpone, { ...values, ...columnsOf(failure) }, 1)),
    setStatus: changes => changes.map(change => writeOf(setStatus, { ...change, earlier: EARLIER[change.status] })),
    queued: async (after, limit) => (await all(allQueued, { ...after, limit })).map(recordOf),
    queuedOf: async contacts => (contacts.length === 0 ? [] : (await all(queuedOf, { contacts: JSON.stringify(contacts) })).map(recordOf)),
    latest: async (contact, limit) => (await all(latest, { contact, limit })).map(recordOf),
    ofConversation: async (contact, conversation) => {
      const rows = db.selectFrom('deliveries').selectAll().where('contact', '=', contact).where('conversation', '=', conversation).orderBy('n')
      return (await rows.execute()).map(recordOf)
    },
    byId: async (contact, n) => {
      const row = await db.selectFrom('deliveries').selectAll().where('contact', '=', contact).where('n', '=', n).executeTakeFirst()
      return row && recordOf(row)
    },
    list: async ({ status, connector }, { cursor, limit }) => {
      const after = readCursor(cursor)
      let query = db
        .selectFrom('deliveries')
        .selectAll()
        .orderBy('decided_at', 'desc')
        .orderBy('contact', 'desc')
        .orderBy('n', 'desc')
        .limit(limit + 1)
      if (status !== undefined) query = query.where('status', '=', sql.lit(status))
      if (connector !== undefined) query = query.where('connector', '=', connector)
      const place = after && readDeliveryId(after.id)
      if (place) query = query.where(eb => eb(eb.refTuple('decided_at', 'contact', 'n'), '<', eb.tuple(after.at, place.contact, place.n)))
      return pageOf((await query.execute()).map(recordOf), limit, row => ({ at: row.decided_at, id: deliveryId(row.contact, row.n) }))
    },
  }
}

function columnsOf(failure: DeliveryFailure | null): FailureColumns {
  return { failure_code: failure?.code ?? null, failure_message: failure?.message ?? null, failure_level: failure?.level ?? null }
}

/** Column by column: this runs for every message we send, and spreading so wide a record costs as much as storing it. */
function rowOf(delivery: Delivery): DeliveryRow & Record<keyof DeliveryRow, string | number | null> {
  const { failure } = delivery
  return {
    contact: delivery.contact,
    n: delivery.n,
    connector: delivery.connector,
    conversation: delivery.conversation,
    delivery: delivery.delivery,
    first: delivery.first,
    step: delivery.step,
    kind: delivery.kind,
    block: delivery.block,
    wait: delivery.wait,
    message: JSON.stringify(delivery.message),
    typing_ms: delivery.typing_ms,
    status: delivery.status,
    vendor_id: delivery.vendor_id,
    attempts: delivery.attempts,
    retry_at: delivery.retry_at,
    expires_at: delivery.expires_at,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    failure_level: failure?.level ?? null,
    decided_at: delivery.decided_at,
    sent_at: delivery.sent_at,
    resend_of: delivery.resend_of,
  }
}

function recordOf({ failure_code, failure_message, failure_level, message, ...row }: DeliveryRow): Delivery {
  const failure =
    failure_code === null ? null : { code: failure_code, message: failure_message ?? '', level: (failure_level ?? 'message') as DeliveryFailure['level'] }
  // Kind and status are words that only `rowOf` and the statements above write.
  return { ...row, kind: row.kind as DeliveryKind, status: row.status as DeliveryStatus, message: readJson(message), failure }
}
