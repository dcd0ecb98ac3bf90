/**
 * What the API takes and answers, described once: these schemas check requests, make `schemas/openapi.json` and give the types.
 * Times are milliseconds since 1970. A schema whose title is one word in PascalCase becomes a component of that name.
 */
import Type, { type Static, type TSchema } from 'typebox'
import { MoveAnswer, MoveChoices } from './move-contract.ts'

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = () => Type.Integer({ description: 'Milliseconds since 1970.' })
const strict = { additionalProperties: false }

/** An id or exit name as flow files have it (rule 35). */
export const NAME_PATTERN = '^[a-z][a-z0-9_]{0,39}$'

/** The one shape of every refusal. `hint` says what to do, `at` what is wrong: a JSON Pointer into the body, a parameter, or the path. */
export const ErrorAnswer = Type.Object(
  {
    error: Type.Object({ code: Type.String(), message: Type.String(), hint: Type.String(), at: Type.String() }, strict),
    problems: Type.Optional(Type.Array(Type.Unsafe<unknown>({ $ref: '#/components/schemas/Problem' }))),
  },
  { title: 'ErrorAnswer', description: 'Every refusal. `problems` is there when a flow file is refused.', ...strict },
)

/** What is wrong in a flow file. */
export const ProblemAnswer = Type.Object(
  {
    code: Type.String(),
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
    at: Type.String({ description: 'JSON Pointer into the flow file.' }),
    block: Type.Optional(Type.String()),
    message: Type.String(),
    hint: Type.Optional(Type.String()),
    path: Type.Optional(Type.Array(Type.String())),
  },
  { title: 'Problem', ...strict },
)

/** Paging of every list. */
export const PageQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ description: '`next` of the previous page.', maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  strict,
)

/** A page of a list. */
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: nullable(Type.String({ description: 'Cursor of the next page; null on the last.' })) }, strict)

const LiveVersion = Type.Object({ version: Type.Integer(), hash: Type.String() }, strict)

const Group = Type.Union([
  Type.Literal('entries'),
  Type.Literal('talk'),
  Type.Literal('understand'),
  Type.Literal('act'),
  Type.Literal('people'),
  Type.Literal('finish'),
])

const Line = Type.Unsafe<[number, number]>({ type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 })

/** The first steps of a flow as a picture: groups of blocks in rows, and which leads to which, by their number over all rows. */
const Shape = Type.Object({ rows: Type.Array(Type.Array(Group)), lines: Type.Array(Line) }, { title: 'Shape', ...strict })

const glance = {
  note: Type.String({ description: 'What the flow is for, from its file.' }),
  tags: Type.Array(Type.String()),
  blocks: Type.Integer({ description: 'How many blocks it has.' }),
  shape: Shape,
}

/** A flow in the list. */
export const FlowSummary = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    archived: Type.Boolean(),
    ...glance,
    errors: Type.Integer({ description: 'Problems of the draft that keep it from being published.' }),
    warnings: Type.Integer(),
    changed: Type.Boolean({ description: 'Whether the draft differs from what is live.' }),
    draft: Type.Object({ etag: Type.String(), updated_at: Time() }, strict),
    live: nullable(LiveVersion),
  },
  { title: 'FlowSummary', ...strict },
)

/** Filters of the list of flows. */
export const FlowQuery = Type.Object(
  {
    ...PageQuery.properties,
    archived: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')], { description: 'Left out: archived ones too.' })),
  },
  strict,
)

/** A flow to begin with; `POST /api/flows` makes one of its file. */
export const TemplateAnswer = Type.Object(
  { id: Type.String(), name: Type.String(), ...glance, file: Type.Unsafe<unknown>({ type: 'object' }) },
  { title: 'Template', ...strict },
)

/** What a copy is called; both are made up when they are left out. */
export const DuplicateBody = Type.Object(
  { id: Type.Optional(Type.String({ pattern: NAME_PATTERN })), name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
  { title: 'DuplicateBody', ...strict },
)

/** A flow with its draft. */
export const FlowDetail = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    archived: Type.Boolean(),
    draft: Type.Object(
      { file: Type.Unsafe<unknown>({ type: 'object' }), etag: Type.String(), updated_at: Time(), problems: Type.Array(ProblemAnswer) },
      strict,
    ),
    live: nullable(Type.Object({ version: Type.Integer(), hash: Type.String(), note: Type.String(), author: Type.String(), published_at: Time() }, strict)),
  },
  { title: 'FlowDetail', ...strict },
)

/** The answer of storing a draft. */
export const SavedDraft = Type.Object(
  {
    id: Type.String(),
    draft: Type.Object({ revision: Type.Integer(), etag: Type.String(), updated_at: Time() }, strict),
    problems: Type.Array(ProblemAnswer),
  },
  { title: 'SavedDraft', ...strict },
)

/** The test file of a flow. */
export const FlowTestsAnswer = Type.Object(
  {
    file: Type.Unsafe<unknown>({ type: 'object', description: 'As schemas/flow-test.schema.json describes it.' }),
    etag: Type.String(),
    updated_at: nullable(Time()),
  },
  { title: 'FlowTests', ...strict },
)

/** A test file to be stored. */
export const FlowTestsBody = Type.Unsafe<unknown>({ type: 'object', description: 'As schemas/flow-test.schema.json describes it.' })

/** The answer of storing a test file. */
export const SavedFlowTests = Type.Object({ etag: Type.String(), updated_at: Time() }, { title: 'SavedFlowTests', ...strict })

/** What publishing takes. */
export const PublishBody = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 2000 })), moves: Type.Optional(MoveChoices) },
  { title: 'PublishBody', ...strict },
)

/** What publishing made live. */
export const Published = Type.Object(
  { version: Type.Integer(), hash: Type.String(), move: Type.Optional(MoveAnswer) },
  { title: 'Published', description: '`move`: what was decided about running conversations; it is carried out afterwards.', ...strict },
)

/** Open conversations of a flow, by where they stand. */
export const RunningAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          version: nullable(Type.Integer()),
          owner: Type.String(),
          block: nullable(Type.String({ description: 'The block that waits.' })),
          count: Type.Integer(),
        },
        strict,
      ),
    ),
  },
  { title: 'Running', ...strict },
)

/** A version in the history. */
export const VersionSummary = Type.Object(
  { version: Type.Integer(), hash: Type.String(), note: Type.String(), author: Type.String(), published_at: Time(), live: Type.Boolean() },
  { title: 'VersionSummary', ...strict },
)

const Field = Type.Object(
  {
    name: Type.String(),
    title: Type.String(),
    description: Type.String(),
    required: Type.Boolean(),
    generated: Type.Boolean({ description: 'Made by Parley when it is left out.' }),
    schema: Type.Unsafe<unknown>({ type: 'object', description: 'JSON Schema of the value.' }),
  },
  { title: 'Field', ...strict },
)

/** A channel with what its accounts need and what it can do. */
export const ChannelAnswer = Type.Object(
  {
    channel: Type.String(),
    title: Type.String(),
    available: Type.Boolean({ description: 'False: known by name and limits, not yet to be connected in this release.' }),
    receives: nullable(Type.Union([Type.Literal('webhook'), Type.Literal('webhook_or_polling'), Type.Literal('page')])),
    fields: Type.Array(Field),
    secrets: Type.Array(Field),
    limits: Type.Object({ text: Type.Integer(), caption: Type.Integer(), buttons: Type.Unknown(), attachments: Type.Unknown() }, strict),
    abilities: Type.Unsafe<unknown>({ type: 'object' }),
  },
  { title: 'Channel', ...strict },
)

const TimeoutAction = Type.Union([
  Type.Object({ type: Type.Literal('abandon') }, strict),
  Type.Object({ type: Type.Literal('flow'), flow: Type.String() }, strict),
])
const Access = Type.Object({ type: Type.Literal('open') }, strict)
const Fallback = Type.Union([
  Type.String({ minLength: 1, maxLength: 1000 }),
  Type.Record(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }), Type.String({ minLength: 1, maxLength: 1000 }), { minProperties: 1 }),
])
const Duration = Type.Union([
  Type.Integer({ minimum: 0, maximum: 31_536_000 }),
  Type.String({ maxLength: 60, description: 'Like “10 min” or “1 h 30 min”.' }),
  Type.Null(),
])

const connectorSettings = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  flow: Type.String({ minLength: 1, maxLength: 100, description: 'The flow that new sessions start with.' }),
  settings: Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', description: 'As GET /api/channels names the fields of the channel.' }),
  secrets: Type.Unsafe<Readonly<Record<string, unknown>>>({
    type: 'object',
    description: 'As GET /api/channels names them. null or "" forgets one; one that Parley can make is then made anew.',
  }),
  session_hours: Type.Integer({ minimum: -1, maximum: 8760, description: '-1: no session, 0: endless, n: hours from the last message.' }),
  access: Access,
  queue: Type.String({ minLength: 1, maxLength: 100 }),
  max_wait: Duration,
  timeout_action: TimeoutAction,
  rate: nullable(
    Type.Object(
      {
        per_second: Type.Number({ minimum: 0, maximum: 10_000 }),
        burst: Type.Optional(Type.Number({ minimum: 1, maximum: 10_000 })),
        per_contact: Type.Number({ minimum: 0, maximum: 10_000 }),
        per_contact_burst: Type.Optional(Type.Number({ minimum: 1, maximum: 10_000 })),
      },
      strict,
    ),
  ),
  fallback: Fallback,
  reorder_ms: Type.Integer({ minimum: 0, maximum: 10_000 }),
  enabled: Type.Boolean(),
}
const { name, flow, ...optionalSettings } = connectorSettings

/** What makes a connector. */
export const NewConnector = Type.Object(
  { channel: Type.String(), name, flow, ...Type.Partial(Type.Object(optionalSettings)).properties },
  { title: 'NewConnector', ...strict },
)

/** What changes one. */
export const ConnectorChange = Type.Object(Type.Partial(Type.Object(connectorSettings)).properties, { title: 'ConnectorChange', ...strict })

/** A connector; never a secret. */
export const ConnectorAnswer = Type.Object(
  {
    id: Type.String(),
    channel: Type.String(),
    name: Type.String(),
    flow: Type.String(),
    settings: Type.Unsafe<unknown>({ type: 'object' }),
    secrets: Type.Record(Type.String(), Type.Object({ set: Type.Boolean(), since: nullable(Time()) }, strict)),
    session_hours: Type.Integer(),
    access: Access,
    queue: Type.String(),
    max_wait: nullable(Type.Number({ description: 'Seconds.' })),
    timeout_action: TimeoutAction,
    rate: nullable(Type.Object({ per_second: Type.Number(), burst: Type.Number(), per_contact: Type.Number(), per_contact_burst: Type.Number() }, strict)),
    fallback: Fallback,
    reorder_ms: Type.Integer(),
    enabled: Type.Boolean(),
    account_id: nullable(Type.String({ description: 'The vendor’s id of the account.' })),
    webhook_url: Type.String(),
    chat_url: nullable(Type.String({ description: 'The page of a web chat.' })),
    paused_until: nullable(Time()),
    problem: nullable(Type.Object({ code: Type.String(), message: Type.String(), at: Time() }, strict)),
    created_at: Time(),
    updated_at: Time(),
  },
  { title: 'Connector', ...strict },
)

/** The result of a connection test. */
export const TestAnswer = Type.Object(
  {
    ok: Type.Boolean(),
    checks: Type.Array(Type.Object({ name: Type.String(), ok: Type.Boolean(), message: Type.String(), hint: Type.Optional(Type.String()) }, strict)),
  },
  { title: 'TestAnswer', ...strict },
)

/** What the vendor says about the webhook. */
export const WebhookAnswer = Type.Object(
  { url: Type.String(), pending: Type.Optional(Type.Integer()), last_error: Type.Optional(Type.String()), next_step: Type.Optional(Type.String()) },
  { title: 'WebhookAnswer', ...strict },
)

const Agent = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }), name: Type.String({ minLength: 1, maxLength: 100 }) }, strict)
const Owner = Type.Union([Type.Literal('flow'), Type.Literal('queue'), Type.Literal('agent'), Type.Literal('nobody')])

const conversationKeys = {
  id: Type.String(),
  connector: Type.String(),
  number: Type.Integer(),
  owner: Owner,
  flow: nullable(Type.String()),
  version: nullable(Type.Integer()),
  block: nullable(Type.String({ description: 'The block that waits, or waited last.' })),
  queue: nullable(Type.String()),
  agent: nullable(Agent),
  outcome: nullable(Type.String()),
  opened_at: Time(),
  last_message_at: Time(),
  closed_at: nullable(Time()),
}

/** A conversation in the list. */
export const ConversationSummary = Type.Object(
  {
    ...conversationKeys,
    contact: Type.Object(
      {
        id: Type.String(),
        address: Type.String({ description: 'The messenger’s id of the contact.' }),
        name: nullable(Type.String()),
        channel: Type.String(),
        first_seen_at: Time(),
      },
      strict,
    ),
    last_message: nullable(
      Type.Object(
        { direction: Type.Union([Type.Literal('in'), Type.Literal('out')]), text: Type.String({ description: 'Its beginning; empty for one without words.' }) },
        strict,
      ),
    ),
  },
  { title: 'ConversationSummary', ...strict },
)

const Attachment = Type.Object(
  {
    kind: Type.String(),
    url: Type.Optional(Type.String()),
    mime: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer()),
  },
  strict,
)
const Place = Type.Object(
  { latitude: Type.Number(), longitude: Type.Number(), name: Type.Optional(Type.String()), address: Type.Optional(Type.String()) },
  strict,
)
const DeliveryStatusAnswer = Type.Union([Type.Literal('queued'), Type.Literal('sent'), Type.Literal('delivered'), Type.Literal('read'), Type.Literal('failed')])
const Failure = Type.Object({ code: Type.String(), message: Type.String(), level: Type.String() }, strict)

/** One line of a transcript, in the order of the conversation. */
export const MessageAnswer = Type.Object(
  {
    id: Type.String(),
    direction: Type.Union([Type.Literal('in'), Type.Literal('out'), Type.Literal('note')]),
    at: Time(),
    kind: Type.String({ description: 'in: message, press, started. out: message, announcement, agent, fallback. note: agent.' }),
    text: Type.String(),
    original_text: Type.Optional(Type.String({ description: 'Before the contact edited it.' })),
    edited_at: Type.Optional(Time()),
    deleted_at: Type.Optional(Time()),
    payload: Type.Optional(Type.String()),
    attachments: Type.Optional(Type.Array(Attachment)),
    location: Type.Optional(Place),
    shared_contact: Type.Optional(Type.Object({ name: Type.String(), phone: Type.String() }, strict)),
    buttons: Type.Optional(Type.Array(Type.Object({ label: Type.String(), payload: Type.Optional(Type.String()), url: Type.Optional(Type.String()) }, strict))),
    status: Type.Optional(DeliveryStatusAnswer),
    failure: Type.Optional(Failure),
    sent_at: Type.Optional(Time()),
    block: Type.Optional(Type.String()),
    agent: Type.Optional(Agent),
  },
  { title: 'Message', ...strict },
)

/** Why a conversation went the way it went: the lines of each handled event. */
export const TraceAnswer = Type.Object(
  {
    seq: Type.Integer(),
    at: Time(),
    event: Type.String(),
    error: nullable(Type.String()),
    lines: Type.Array(
      Type.Object(
        {
          kind: Type.String(),
          flow: Type.Optional(Type.String()),
          block: Type.Optional(Type.String()),
          exit: Type.Optional(Type.String()),
          why: Type.Optional(Type.String()),
          code: Type.Optional(Type.String()),
        },
        strict,
      ),
    ),
  },
  { title: 'Trace', ...strict },
)

/** A whole conversation. */
export const ConversationDetail = Type.Object(
  {
    ...conversationKeys,
    contact: Type.Object(
      {
        id: Type.String(),
        address: Type.String(),
        name: nullable(Type.String()),
        channel: Type.String(),
        first_seen_at: Time(),
        first_name: Type.Optional(Type.String()),
        last_name: Type.Optional(Type.String()),
        username: Type.Optional(Type.String()),
        phone: Type.Optional(Type.String()),
        email: Type.Optional(Type.String()),
        language: Type.Optional(Type.String()),
        tags: Type.Optional(Type.Array(Type.String())),
        fields: Type.Optional(Type.Unsafe<unknown>({ type: 'object' })),
        blocked: Type.Boolean(),
      },
      strict,
    ),
    session: nullable(
      Type.Object({ flow: Type.String(), version: Type.Integer(), block: Type.String(), wait: Type.Integer(), waits_for: Type.String() }, strict),
    ),
    variables: Type.Unsafe<unknown>({ type: 'object', description: 'Sensitive ones are hidden.' }),
    messages: Type.Array(MessageAnswer),
    trace: Type.Array(TraceAnswer),
  },
  { title: 'Conversation', ...strict },
)

/** Filters of the list of conversations. */
export const ConversationQuery = Type.Object(
  {
    ...PageQuery.properties,
    connector: Type.Optional(Type.String({ maxLength: 200 })),
    contact: Type.Optional(Type.String({ maxLength: 200, description: 'Our id of the contact, or the messenger’s.' })),
    owner: Type.Optional(Owner),
    flow: Type.Optional(Type.String({ maxLength: 200 })),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Part of the contact’s name, address, user name, phone or e-mail.' })),
  },
  strict,
)

/** Plays the agent. */
export const AgentBody = Type.Object(
  {
    action: Type.Union([Type.Literal('join'), Type.Literal('say'), Type.Literal('end')]),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 16_000, description: 'What to say; needed by say.' })),
    agent: Type.Optional(Agent),
  },
  { title: 'AgentBody', ...strict },
)

/** An operator's close. */
export const CloseBody = Type.Object({ outcome: Type.Optional(Type.String({ pattern: NAME_PATTERN })) }, { title: 'CloseBody', ...strict })
/** An operator's restart has no settings. */
export const EmptyBody = Type.Object({}, { title: 'EmptyBody', ...strict })
/** An operator's hand-over; without a queue it is the connector's. */
export const HandOverBody = Type.Object({ queue: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) }, { title: 'HandOverBody', ...strict })

const Span = Type.Unsafe<[string, string]>({
  type: 'array',
  prefixItems: [Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }), Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' })],
  items: false,
  minItems: 2,
  examples: [['09:00', '17:30']],
})
const Spans = Type.Optional(Type.Array(Span, { maxItems: 10 }))
const Hours = Type.Object(
  {
    time_zone: Type.String({ description: 'IANA name, like Europe/Berlin.' }),
    week: Type.Object({ mon: Spans, tue: Spans, wed: Spans, thu: Spans, fri: Spans, sat: Spans, sun: Spans }, strict),
    closed: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), { maxItems: 500 })),
  },
  strict,
)
const Staffing = Type.Union([Type.Literal('ignore'), Type.Literal('required')])

/** What sets a queue; what is left out stays as it is. */
export const QueueBody = Type.Object(
  {
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    hours: Type.Optional(nullable(Hours)),
    max_size: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 }))),
    max_wait: Type.Optional(Duration),
    staffing: Type.Optional(Staffing),
  },
  { title: 'QueueBody', ...strict },
)

/** A queue. `hours` null: always open. */
export const QueueAnswer = Type.Object(
  {
    slug: Type.String(),
    title: Type.String(),
    hours: nullable(Hours),
    max_size: nullable(Type.Integer()),
    max_wait: nullable(Type.Number({ description: 'Seconds.' })),
    staffing: Staffing,
    waiting: Type.Integer({ description: 'Conversations that wait in it now.' }),
    created_at: Time(),
    updated_at: Time(),
  },
  { title: 'Queue', ...strict },
)

/** Filters of the list of deliveries. */
export const DeliveryQuery = Type.Object(
  { ...PageQuery.properties, status: Type.Optional(DeliveryStatusAnswer), connector: Type.Optional(Type.String({ maxLength: 200 })) },
  strict,
)

/** One part of a message of ours. */
export const DeliveryAnswer = Type.Object(
  {
    id: Type.String(),
    conversation: Type.String(),
    contact: Type.String(),
    connector: Type.String(),
    kind: Type.String(),
    block: nullable(Type.String()),
    text: Type.String(),
    status: DeliveryStatusAnswer,
    failure: nullable(Failure),
    attempts: Type.Integer(),
    retry_at: nullable(Time()),
    decided_at: Time(),
    sent_at: nullable(Time()),
    resend_of: nullable(Type.String()),
  },
  { title: 'Delivery', ...strict },
)

/** Something authentic that could not be used. */
export const KeptAsideAnswer = Type.Object(
  {
    id: Type.String(),
    connector: nullable(Type.String()),
    channel: Type.String(),
    account: nullable(Type.String()),
    reason: Type.String(),
    message: Type.String(),
    body: Type.String(),
    received_at: Time(),
  },
  { title: 'KeptAside', ...strict },
)

/** What makes an API key. */
export const NewKey = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100 }), scopes: Type.Array(Type.String(), { minItems: 1, maxItems: 50 }) },
  { title: 'NewKey', ...strict },
)

const keyKeys = { id: Type.String(), name: Type.String(), scopes: Type.Array(Type.String()), created_at: Time(), revoked_at: nullable(Time()) }

/** An API key without the key. */
export const KeyAnswer = Type.Object(keyKeys, { title: 'Key', ...strict })

/** A new key, shown this once. */
export const MadeKey = Type.Object({ ...keyKeys, key: Type.String() }, { title: 'MadeKey', ...strict })

/** Health and readiness. */
export const HealthAnswer = Type.Object({ status: Type.String() }, { title: 'Health', ...strict })

/** The web chats a visitor of the home page may try. */
export const ChatsAnswer = Type.Object(
  { chats: Type.Array(Type.Object({ title: Type.String(), subtitle: Type.String(), url: Type.String() }, strict)) },
  { title: 'Chats', ...strict },
)

export type FlowSummary = Static<typeof FlowSummary>
export type TemplateAnswer = Static<typeof TemplateAnswer>
export type FlowDetail = Static<typeof FlowDetail>
export type SavedDraft = Static<typeof SavedDraft>
export type FlowTestsAnswer = Static<typeof FlowTestsAnswer>
export type SavedFlowTests = Static<typeof SavedFlowTests>
export type RunningAnswer = Static<typeof RunningAnswer>
export type Published = Static<typeof Published>
export type VersionSummary = Static<typeof VersionSummary>
export type ChannelAnswer = Static<typeof ChannelAnswer>
export type NewConnector = Static<typeof NewConnector>
export type ConnectorChange = Static<typeof ConnectorChange>
export type ConnectorAnswer = Static<typeof ConnectorAnswer>
export type TestAnswer = Static<typeof TestAnswer>
export type WebhookAnswer = Static<typeof WebhookAnswer>
export type ConversationSummary = Static<typeof ConversationSummary>
export type ConversationDetail = Static<typeof ConversationDetail>
export type MessageAnswer = Static<typeof MessageAnswer>
export type TraceAnswer = Static<typeof TraceAnswer>
export type QueueAnswer = Static<typeof QueueAnswer>
export type QueueBody = Static<typeof QueueBody>
export type DeliveryAnswer = Static<typeof DeliveryAnswer>
export type KeptAsideAnswer = Static<typeof KeptAsideAnswer>
export type ChatsAnswer = Static<typeof ChatsAnswer>
export type KeyAnswer = Static<typeof KeyAnswer>
export type MadeKey = Static<typeof MadeKey>
export type { LiveAnswer } from './live-contract.ts'
export type { MoveAnswer, MoveChoice, MoveChoices, PreviewAnswer, WaitingBlock } from './move-contract.ts'
export type { Role } from './roles.ts'
export type { Scope } from './route.ts'
export type { SecretAnswer, SecretBody } from './secret-contract.ts'
export type { MadeUser, MeAnswer, MeChange, NewUser, SignInState, UserAnswer, UserChange, UserLink, WelcomeAnswer, WelcomeBody } from './sign-in/contract.ts'
