/** Conversations, for lists and filters. Their rows change when the owner or the flow does, not with every message. */
import type { Conversation, Owner } from '../engine/index.ts'
import type { Queries } from './dialect.ts'
import { readJson, readJsonOrNull, writeJsonOrNull } from './json.ts'
import { pageOf, readCursor } from './pages.ts'
import type { LastSaid, OpenConversations, StoredConversation } from './records.ts'
import { compileInsert, writeOf } from './statement.ts'
import type { Conversations } from './store.ts'
import type { ConversationRow } from './tables.ts'

const COLUMNS = [
  'id',
  'contact',
  'connector',
  'number',
  'owner',
  'flow',
  'version',
  'block',
  'queue',
  'agent',
  'outcome',
  'opened_at',
  'last_message_at',
  'closed_at',
] as const

/** Types of events in which a contact says something. */
const SAID = ['message_received', 'button_pressed'] as const

/** The id of a contact's conversation. */
export function conversationId(contact: string, number: number): string {
  return `${contact}-${number}`
}

/** Makes the repository. */
export function createConversations({ db }: Queries): Conversations {
  const save = compileInsert(db, 'conversations', COLUMNS, ['id'])
  const withState = db
    .selectFrom('conversations')
    .leftJoin('contacts', 'contacts.id', 'conversations.contact')
    .selectAll('conversations')
    .select('contacts.state')

  return {
    byId: async id => {
      const row = await withState.where('conversations.id', '=', id).executeTakeFirst()
      return row && recordOf(row)
    },
    list: async ({ connector, contact, owner, flow }, { cursor, limit }) => {
      const after = readCursor(cursor)
      let query = withState
        .orderBy('conversations.opened_at', 'desc')
        .orderBy('conversations.id', 'desc')
        .limit(limit + 1)
      if (connector !== undefined) query = query.where('conversations.connector', '=', connector)
      if (contact !== undefined) query = query.where('conversations.contact', 'in', typeof contact === 'string' ? [contact] : [...contact])
      if (flow !== undefined) query = query.where('conversations.flow', '=', flow)
      if (owner !== undefined) query = query.where('conversations.owner', '=', owner)
      if (after) query = query.where(eb => eb(eb.refTuple('conversations.opened_at', 'conversations.id'), '<', eb.tuple(after.at, after.id)))
      return pageOf((await query.execute()).map(recordOf), limit, row => ({ at: row.opened_at, id: row.id }))
    },
    lastSaid: async ids => {
      if (ids.length === 0) return new Map()
      const rows = await db
        .selectFrom('conversations')
        .where('id', 'in', [...ids])
        .select(eb => {
          const came = eb
            .selectFrom('events')
            .whereRef('events.contact', '=', 'conversations.contact')
            .whereRef('events.conversation', '=', 'conversations.number')
          const written = came.where('events.type', 'in', SAID).orderBy('events.seq', 'desc').limit(1)
          const sent = eb
            .selectFrom('deliveries')
            .whereRef('deliveries.contact', '=', 'conversations.contact')
            .whereRef('deliveries.conversation', '=', 'conversations.number')
            .orderBy('deliveries.n', 'desc')
            .limit(1)
          return [
            'conversations.id',
            written.select('events.body').as('body'),
            written.select('events.step').as('came'),
            sent.select('deliveries.message').as('message'),
            sent.select('deliveries.step').as('sent'),
          ]
        })
        .execute()
      return new Map(
        rows.flatMap(({ id, body, came, message, sent }): [string, LastSaid][] => {
          // A step's messages answer its event.
          if (message !== null && (body === null || (sent ?? 0) >= (came ?? 0))) return [[id, { direction: 'out', message: readJson(message) }]]
          return body === null ? [] : [[id, { direction: 'in', event: readJson(body) }]]
        }),
      )
    },
    openBelow: async (flow, version, { cursor, limit }) => {
      const after = readCursor(cursor)
      let query = withState
        .where('conversations.flow', '=', flow)
        .where('conversations.owner', '!=', 'nobody')
        .where('conversations.version', '<', version)
        .orderBy('conversations.opened_at', 'desc')
        .orderBy('conversations.id', 'desc')
        .limit(limit + 1)
      if (after) query = query.where(eb => eb(eb.refTuple('conversations.opened_at', 'conversations.id'), '<', eb.tuple(after.at, after.id)))
      return pageOf((await query.execute()).map(recordOf), limit, row => ({ at: row.opened_at, id: row.id }))
    },
    countOpen: async flow => {
      const open = await withState.where('conversations.flow', '=', flow).where('conversations.owner', '!=', 'nobody').execute()
      const counts = new Map<string, OpenConversations>()
      for (const { version, owner, block } of open.map(recordOf)) {
        const key = `${version} ${owner} ${block}`
        counts.set(key, { version, owner, block, count: (counts.get(key)?.count ?? 0) + 1 })
      }
      return [...counts.values()]
    },
    save: conversations => conversations.map(conversation => writeOf(save, { ...conversation, agent: writeJsonOrNull(conversation.agent) })),
  }
}

function recordOf({ state, ...row }: ConversationRow & { state: string | null }): StoredConversation {
  const stored: StoredConversation = { ...row, owner: row.owner as Owner, agent: readJsonOrNull(row.agent) }
  const current = readJsonOrNull<Omit<Conversation, 'contact'>>(state)
  if (current?.number !== row.number) return stored
  return { ...stored, last_message_at: current.last_message_at, block: current.session?.at ?? stored.block }
}
