/** Contacts: the lanes of the runner, with the engine's state in them. */

import { sql } from 'kysely'
import type { Contact, Conversation } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import { writeErasure } from './erasure.ts'
import { readJson } from './json.ts'
import type { StoredContact } from './records.ts'
import { compileInsert, compileStatement, writeOf } from './statement.ts'
import type { Contacts } from './store.ts'
import type { ContactRow } from './tables.ts'

const COLUMNS = [
  'id',
  'connector',
  'address',
  'profile',
  'state',
  'revision',
  'last_seq',
  'handled_seq',
  'steps',
  'last_now',
  'last_delivery',
  'crashes',
  'blocked',
  'erased_at',
  'created_at',
] as const

/** A search for a letter finds nearly everybody: more than this are not looked at. */
const MOST_CANDIDATES = 2000

/** Columns that a step changes. */
type Step = Pick<
  ContactRow,
  'id' | 'profile' | 'state' | 'revision' | 'last_seq' | 'handled_seq' | 'steps' | 'last_now' | 'last_delivery' | 'crashes' | 'blocked'
> & {
  expected: number
}

/** Makes the repository. */
export function createContacts(queries: Queries): Contacts {
  const { db, inList, all } = queries
  const insert = compileInsert(db, 'contacts', COLUMNS)
  const update = compileStatement<Step>(slot =>
    db
      .updateTable('contacts')
      .set({
        profile: slot('profile'),
        state: slot('state'),
        revision: slot('revision'),
        last_seq: slot('last_seq'),
        handled_seq: slot('handled_seq'),
        steps: slot('steps'),
        last_now: slot('last_now'),
        last_delivery: slot('last_delivery'),
        crashes: slot('crashes'),
        blocked: slot('blocked'),
      })
      .where('id', '=', slot('id'))
      .where('revision', '=', slot('expected')),
  )
  const inHand = compileStatement<Pick<ContactRow, 'id' | 'crashes'>>(slot =>
    db
      .updateTable('contacts')
      .set({ crashes: slot('crashes') })
      .where('id', '=', slot('id')),
  )
  const move = compileStatement<{ id: string; address: string }>(slot =>
    db
      .updateTable('contacts')
      .set({ address: slot('address') })
      .where('id', '=', slot('id')),
  )
  const byId = compileStatement<{ ids: string }, ContactRow>(slot =>
    db
      .selectFrom('contacts')
      .selectAll()
      .where(eb => inList(eb.ref('id'), slot('ids'))),
  )
  const byAddress = compileStatement<{ connector: string; addresses: string }, ContactRow>(slot =>
    db
      .selectFrom('contacts')
      .selectAll()
      .where('connector', '=', slot('connector'))
      .where(eb => inList(eb.ref('address'), slot('addresses'))),
  )
  const behind = compileStatement<{ after: string; limit: number }, ContactRow>(slot =>
    db.selectFrom('contacts').selectAll().whereRef('last_seq', '>', 'handled_seq').where('id', '>', slot('after')).orderBy('id').limit(slot('limit')),
  )

  return {
    search: async (text, limit) => {
      const wanted = text.toLowerCase()
      const pattern = `%${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`
      const rows = await db
        .selectFrom('contacts')
        .select(['id', 'address', 'profile'])
        .where(sql<boolean>`(lower(profile) like ${pattern} escape '\\' or lower(address) like ${pattern} escape '\\')`)
        .orderBy('id', 'desc')
        .limit(MOST_CANDIDATES)
        .execute()
      return rows.flatMap(({ id, address, profile }) => (namesOf(address, profile).some(name => name.toLowerCase().includes(wanted)) ? id : [])).slice(0, limit)
    },
    byId: async ids => (ids.length === 0 ? [] : (await all(byId, { ids: JSON.stringify(ids) })).map(recordOf)),
    byAddress: async (connector, addresses) =>
      addresses.length === 0 ? [] : (await all(byAddress, { connector, addresses: JSON.stringify(addresses) })).map(recordOf),
    behind: async (limit, after) => (await all(behind, { limit, after })).map(recordOf),
    insert: contacts => contacts.map(contact => writeOf(insert, rowOf(contact))),
    update: contacts => contacts.map(contact => writeOf(update, Object.assign(rowOf(contact), { expected: contact.revision - 1 }), 1)),
    takeInHand: lanes => lanes.map(lane => writeOf(inHand, lane, 1)),
    move: (id, address) => [writeOf(move, { id, address }, 1)],
    erase: (id, at) => writeErasure(queries, id, at),
  }
}

/** Profiles change seldom and the engine never mutates them: the same object is written the same way. */
const profiles = new WeakMap<Contact, string>()

function profileOf(contact: Contact): string {
  const known = profiles.get(contact)
  if (known !== undefined) return known
  const { id, ...profile } = contact
  const text = JSON.stringify(profile)
  profiles.set(contact, text)
  return text
}

/** Column by column: this runs for every step, and spreading so wide a record costs as much as storing it. */
function rowOf(stored: StoredContact): ContactRow & Record<keyof ContactRow, string | number | null> {
  const { contact: profile, ...state } = stored.conversation
  return {
    id: stored.id,
    connector: stored.connector,
    address: stored.address,
    profile: profileOf(profile),
    state: JSON.stringify(state),
    revision: stored.revision,
    last_seq: stored.last_seq,
    handled_seq: stored.handled_seq,
    steps: stored.steps,
    last_now: stored.last_now,
    last_delivery: stored.last_delivery,
    crashes: stored.crashes,
    blocked: profile.blocked ? 1 : 0,
    erased_at: stored.erased_at,
    created_at: stored.created_at,
  }
}

function recordOf({ profile, state, blocked, ...row }: ContactRow): StoredContact {
  const contact: Contact = { id: row.id, ...readJson<Omit<Contact, 'id'>>(profile) }
  return { ...row, conversation: { contact, ...readJson<Omit<Conversation, 'contact'>>(state) } }
}

/** What people call a contact by. */
function namesOf(address: string, profile: string): readonly string[] {
  const { name, first_name, last_name, username, phone, email } = readJson<Omit<Contact, 'id'>>(profile)
  return [address, name, first_name, last_name, username, phone, email].filter(value => value !== undefined)
}
