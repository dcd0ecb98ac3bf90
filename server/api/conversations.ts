/** Conversations: the list, one as a whole, and what agents and operators do to it. */
import { type Agent, DomainError, type Event, parseFlow, type Session } from '../engine/index.ts'
import type { LastSaid, Page, StoredContact, StoredConversation } from '../store/index.ts'
import { AgentBody, CloseBody, ConversationDetail, ConversationQuery, ConversationSummary, EmptyBody, HandOverBody, pageOf } from './contract.ts'
import { MoveBody } from './move-contract.ts'
import { pageAnswer, pageRequest } from './paging.ts'
import type { Parts } from './parts.ts'
import { type Answer, type Caller, defineRoute, ok, type Route } from './route.ts'
import { showMessages, showTrace, textOf } from './transcript.ts'

/** What stands for the value of a sensitive variable. */
const HIDDEN = '(hidden)'
/** Contacts that a search finds at most. */
const MOST_FOUND = 200
/** How much of the last message a row shows (characters). */
const LAST_LENGTH = 120

/** The calls about conversations. */
export const conversationRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/conversations',
    scope: 'conversations:read',
    summary: 'Lists conversations, newest first. `contact` is our id or the messenger’s.',
    query: ConversationQuery,
    answers: { 200: pageOf(ConversationSummary) },
    handle: async ({ query }, parts) => {
      const contacts = await wantedContacts(parts, query)
      const filter = { connector: query.connector, owner: query.owner, flow: query.flow, ...(contacts === undefined ? {} : { contact: contacts }) }
      const isNobody = contacts?.length === 0
      const page: Page<StoredConversation> = isNobody ? { rows: [], next: null } : await parts.store.conversations.list(filter, pageRequest(query))
      const known = await parts.store.contacts.byId([...new Set(page.rows.map(row => row.contact))])
      const byId = new Map(known.map(contact => [contact.id, contact]))
      const said = await parts.store.conversations.lastSaid(page.rows.map(row => row.id))
      return ok(
        pageAnswer(page, row => ({ ...showConversation(row), contact: showContact(row, byId.get(row.contact)), last_message: showLast(said.get(row.id)) })),
      )
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/conversations/{id}',
    scope: 'conversations:read',
    summary: 'A conversation with its messages, their statuses, variables and trace.',
    answers: { 200: ConversationDetail },
    handle: async ({ params }, parts) => ok(await showDetail(parts, await conversationOf(parts, params.id))),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/conversations/{id}/agent',
    scope: 'conversations:write',
    summary: 'Plays the agent: joins, says something, ends. Refused with 409 when somebody else owns the conversation.',
    body: AgentBody,
    answers: { 200: ConversationDetail },
    handle: ({ params, body, caller }, parts) =>
      change(parts, params.id, conversation => {
        const agent = body.agent ?? agentOf(caller) ?? conversation.agent ?? { id: caller.key, name: 'Agent' }
        return eventOf(body.action, body.text, agent)
      }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/conversations/{id}/close',
    scope: 'conversations:write',
    summary: 'Closes the conversation.',
    body: CloseBody,
    answers: { 200: ConversationDetail },
    handle: ({ params, body, caller }, parts) =>
      change(parts, params.id, () => ({
        type: 'conversation_closed',
        by: actorOf(caller),
        ...(body.outcome === undefined ? {} : { outcome: body.outcome }),
      })),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/conversations/{id}/restart',
    scope: 'conversations:write',
    summary: 'Starts the flow anew in the same conversation.',
    body: EmptyBody,
    answers: { 200: ConversationDetail },
    handle: ({ params, caller }, parts) => change(parts, params.id, () => ({ type: 'conversation_restarted', by: actorOf(caller) })),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/conversations/{id}/move',
    scope: 'conversations:write',
    summary: 'Moves a waiting conversation to another version of its flow, the live one when none is named. 409 when it has no counterpart there.',
    body: MoveBody,
    answers: { 200: ConversationDetail },
    handle: async ({ params, body, caller }, parts) => moveOne(parts, await conversationOf(parts, params.id), body.version, caller),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/conversations/{id}/hand_over',
    scope: 'conversations:write',
    summary: 'Puts the conversation into a queue, the connector’s when none is named.',
    body: HandOverBody,
    answers: { 200: ConversationDetail },
    handle: async ({ params, body, caller }, parts) => {
      const { queue } = body
      if (queue !== undefined && !(await parts.store.queues.bySlug(queue))) {
        throw new DomainError('conversation.unknown_queue', { message: `There is no queue “${queue}”.`, hint: 'GET /api/queues lists them.', at: '/queue' })
      }
      return change(parts, params.id, () => ({ type: 'conversation_handed_over', by: actorOf(caller), ...(queue === undefined ? {} : { queue }) }))
    },
  }),
]

/** Puts an event into the contact's lane and answers the conversation as it is then; 409 when its owner does not allow it (rule 23). */
async function change(parts: Parts, id: string | undefined, eventFor: (conversation: StoredConversation) => Event): Promise<Answer> {
  const conversation = await conversationOf(parts, id)
  const event = eventFor(conversation)
  const [contact] = await parts.store.contacts.byId([conversation.contact])
  // Events change the conversation the contact has now; an older one is closed for good.
  if (contact?.conversation.number !== conversation.number) throw refused('Not possible: the contact has a newer conversation.')
  const { refused: why } = await parts.runtime.carryOut(conversation.contact, event)
  if (why !== undefined) throw refused(why)
  return ok(await showDetail(parts, await conversationOf(parts, id)))
}

/** Where it waits is read now; whoever answers before the event is handled goes on without it, and the refusal says so. */
async function moveOne(parts: Parts, { id, contact }: StoredConversation, wanted: number | undefined, caller: Caller): Promise<Answer> {
  const { store, now, newId } = parts
  const [known] = await store.contacts.byId([contact])
  const session = known?.conversation.session
  if (!session) throw refused('Not possible: the conversation waits in no flow.')
  const { flow, version: from, at: block } = session
  const version = wanted ?? (await store.flows.byId(flow))?.live_version ?? 0
  const [target] = await store.flows.versionsByNumber([{ flow, version }])
  if (!target) throw new DomainError('flow.unknown_version', { message: `Flow “${flow}” has no version ${version}.`, at: '/version' })
  const answer = await change(parts, id, () => ({ type: 'conversation_moved', by: actorOf(caller), flow, from, block, version, how: 'move' }))
  const details = { from, version, block }
  await store.commit(store.audit.insert([{ id: newId(), at: now(), actor: caller.name, action: 'conversation_moved', target: id, details }]))
  return answer
}

function refused(message: string): DomainError {
  return new DomainError('conversation.refused', { message, hint: 'Read the conversation again: its owner says what is possible.', at: '/owner' })
}

function eventOf(action: 'join' | 'say' | 'end', text: string | undefined, agent: Agent): Event {
  if (action === 'join') return { type: 'agent_joined', agent }
  if (action === 'end') return { type: 'agent_left', agent, cause: 'ended' }
  if (text !== undefined) return { type: 'agent_said', agent, text }
  throw new DomainError('request.wrong_shape', {
    message: 'To say something, “text” is needed.',
    hint: 'Send { "action": "say", "text": "..." }.',
    at: '/text',
  })
}

function actorOf(caller: Caller): string {
  return caller.user ? caller.name : `key ${caller.name}`
}

/** Who is signed in, as an agent. */
function agentOf({ user, name }: Caller): Agent | undefined {
  return user && { id: user.id, name }
}

async function conversationOf({ store }: Parts, id: string | undefined): Promise<StoredConversation> {
  const conversation = id === undefined ? undefined : await store.conversations.byId(id)
  if (conversation) return conversation
  throw new DomainError('conversation.unknown', { message: `There is no conversation “${id}”.`, hint: 'GET /api/conversations lists them.' })
}

/** Contacts that the filters leave; undefined: all. */
async function wantedContacts(
  parts: Parts,
  { contact, connector, search }: { readonly contact?: string; readonly connector?: string; readonly search?: string },
): Promise<readonly string[] | undefined> {
  const named = contact === undefined ? undefined : await findContacts(parts, contact, connector)
  if (search === undefined) return named
  const found = await parts.store.contacts.search(search, MOST_FOUND)
  return named === undefined ? found : found.filter(id => named.includes(id))
}

/** Ids of the contacts that a filter means: our own id, or the messenger's on one connector or on all. */
async function findContacts({ store }: Parts, wanted: string, connector: string | undefined): Promise<readonly string[]> {
  const connectors = connector === undefined ? (await store.connectors.list()).map(known => known.id) : [connector]
  const found = await Promise.all([store.contacts.byId([wanted]), ...connectors.map(id => store.contacts.byAddress(id, [wanted]))])
  return [...new Set(found.flat().map(contact => contact.id))]
}

async function showDetail({ store, runtime }: Parts, conversation: StoredConversation): Promise<ConversationDetail> {
  const [[contact], events, deliveries] = await Promise.all([
    store.contacts.byId([conversation.contact]),
    store.events.ofConversation(conversation.contact, conversation.number),
    store.deliveries.ofConversation(conversation.contact, conversation.number),
  ])
  const isCurrent = contact?.conversation.number === conversation.number
  const session = isCurrent ? contact.conversation.session : null
  const { id: _id, channel = '', name, blocked, fields, tags, greeted_at, ...profile } = contact?.conversation.contact ?? {}
  // What still waits in the inbox belongs to the conversation that will handle it: the present one.
  const ours = isCurrent ? events : events.filter(event => event.handling !== null)
  return {
    ...showConversation(conversation),
    contact: {
      id: conversation.contact,
      address: contact?.address ?? '',
      name: name ?? null,
      channel,
      first_seen_at: contact?.created_at ?? conversation.opened_at,
      ...profile,
      ...(tags ? { tags: [...tags] } : {}),
      ...(fields ? { fields } : {}),
      blocked: blocked ?? false,
    },
    session: session && { flow: session.flow, version: session.version, block: session.at, wait: session.wait, waits_for: session.mode ?? 'message' },
    variables: session ? await showVariables(store, session) : {},
    messages: showMessages(ours, deliveries, runtime.files.urlOf),
    trace: showTrace(ours),
  }
}

/** Variables of the innermost flow; what it declares as sensitive is hidden (rule 36). */
async function showVariables(store: Parts['store'], { flow, version, vars = {} }: Session): Promise<Readonly<Record<string, unknown>>> {
  if (Object.keys(vars).length === 0) return {}
  const [stored] = await store.flows.versionsByNumber([{ flow, version }])
  const parsing = stored ? parseFlow(stored.file) : undefined
  // A version that cannot be read says nothing about what may be shown.
  const declared = parsing?.ok ? (parsing.flow.variables ?? {}) : undefined
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, declared && !declared[name]?.sensitive ? value : HIDDEN]))
}

function showContact(row: StoredConversation, contact: StoredContact | undefined): ConversationSummary['contact'] {
  const { name, channel = '' } = contact?.conversation.contact ?? {}
  return { id: row.contact, address: contact?.address ?? '', name: name ?? null, channel, first_seen_at: contact?.created_at ?? row.opened_at }
}

/** The beginning of what was said last, on one line. */
function showLast(said: LastSaid | undefined): ConversationSummary['last_message'] {
  if (!said) return null
  const { direction } = said
  if (direction === 'out') return { direction, text: beginning(textOf(said.message)) }
  const { event } = said
  return { direction, text: beginning(event.type === 'message_received' ? event.message.text : event.type === 'button_pressed' ? (event.title ?? '') : '') }
}

function beginning(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LAST_LENGTH)
}

function showConversation({ contact, agent, ...conversation }: StoredConversation): Omit<ConversationSummary, 'contact' | 'last_message'> {
  return { ...conversation, agent: agent && { ...agent } }
}
