/** The only file that calls the server. Every call answers what the contract says, or throws a `Refusal`. */
import type {
  ChannelAnswer,
  ChatsAnswer,
  ConnectorAnswer,
  ConnectorChange,
  ConversationDetail,
  ConversationSummary,
  FlowDetail,
  FlowSummary,
  FlowTestsAnswer,
  KeyAnswer,
  LiveAnswer,
  MadeKey,
  MadeUser,
  MeAnswer,
  MeChange,
  MoveAnswer,
  MoveChoices,
  NewConnector,
  NewUser,
  PreviewAnswer,
  Published,
  QueueAnswer,
  RunningAnswer,
  SavedDraft,
  SavedFlowTests,
  SecretAnswer,
  SecretBody,
  SignInState,
  TemplateAnswer,
  TestAnswer,
  UserAnswer,
  UserChange,
  UserLink,
  VersionSummary,
  WebhookAnswer,
  WelcomeAnswer,
  WelcomeBody,
} from '../server/api/contract.ts'
import type { Problem } from '../server/engine/index.ts'

/** The server said no, in its own words; `status` 0 means that it could not be reached. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly hint: string
  readonly at: string
  readonly problems: readonly Problem[]

  constructor(refusal: { status: number; code: string; message: string; hint?: string; at?: string; problems?: readonly Problem[] }) {
    super(refusal.message)
    this.name = 'Refusal'
    this.status = refusal.status
    this.code = refusal.code
    this.hint = refusal.hint ?? ''
    this.at = refusal.at ?? ''
    this.problems = refusal.problems ?? []
  }

  /** The server was not reached: nothing happened there, and trying again may work. */
  get isOffline(): boolean {
    return this.status === 0
  }
}

const signedOutListeners = new Set<() => void>()

/** Calls `listener` when the server says that nobody is signed in (any more); answers how to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/** One page of a list. */
export interface PageOf<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown
  readonly ifMatch?: string
  readonly signal?: AbortSignal
}

/** Calls that read and change flows. */
export const flowsApi = {
  list: (signal?: AbortSignal) => readAll<FlowSummary>('/api/flows', signal),
  templates: (signal?: AbortSignal) => readAll<TemplateAnswer>('/api/templates', signal),
  /** Makes a flow of a file (an object, or its text); refused with 409 `flow.exists` when its id is taken. */
  make: (file: object | string) => readJson<FlowSummary>('/api/flows', { method: 'POST', body: file }),
  duplicate: (id: string) => readJson<FlowSummary>(`/api/flows/${encodeURIComponent(id)}/duplicate`, { method: 'POST', body: {} }),
  archive: (id: string) => readJson<FlowSummary>(`/api/flows/${encodeURIComponent(id)}/archive`, { method: 'POST' }),
  restore: (id: string) => readJson<FlowSummary>(`/api/flows/${encodeURIComponent(id)}/restore`, { method: 'POST' }),
  /** Sets an older version live again as a new one; `moves` decides about running conversations. */
  rollBack: (id: string, version: number, moves: MoveChoices = {}) =>
    readJson<Published>(`/api/flows/${encodeURIComponent(id)}/versions/${version}/roll_back`, { method: 'POST', body: { moves } }),
  read: (id: string, signal?: AbortSignal) => readJson<FlowDetail>(`/api/flows/${encodeURIComponent(id)}`, { signal }),
  /** Stores the draft. With `etag` a draft that somebody else changed is refused: status 412, code `flow.stale_draft`. */
  save: (id: string, file: string, etag?: string) => readJson<SavedDraft>(`/api/flows/${encodeURIComponent(id)}`, { method: 'PUT', body: file, ifMatch: etag }),
  publish: (id: string, note: string, moves: MoveChoices = {}) =>
    readJson<Published>(`/api/flows/${encodeURIComponent(id)}/publish`, { method: 'POST', body: { note, moves } }),
  /** A dry run of publishing the draft, or of rolling back to a version. */
  preview: (id: string, version: number | undefined, signal?: AbortSignal) =>
    readJson<PreviewAnswer>(`/api/flows/${encodeURIComponent(id)}/publish/preview${version === undefined ? '' : `?version=${version}`}`, { signal }),
  /** The newest decision about running conversations, and how far it is done. */
  lastMove: async (id: string, signal?: AbortSignal) =>
    (await readJson<PageOf<MoveAnswer>>(`/api/flows/${encodeURIComponent(id)}/moves?limit=1`, { signal })).items[0] ?? null,
  /** Open conversations of a flow, by where they stand. */
  running: (id: string, signal?: AbortSignal) => readJson<RunningAnswer>(`/api/flows/${encodeURIComponent(id)}/running`, { signal }),
  versions: (id: string, signal?: AbortSignal) => readAll<VersionSummary>(`/api/flows/${encodeURIComponent(id)}/versions`, signal),
  /** The flow tests beside the draft. */
  tests: (id: string, signal?: AbortSignal) => readJson<FlowTestsAnswer>(`/api/flows/${encodeURIComponent(id)}/tests`, { signal }),
  /** Stores the test file. With `etag` a file that somebody else changed is refused: status 412, code `flow.stale_tests`. */
  saveTests: (id: string, file: unknown, etag?: string) =>
    readJson<SavedFlowTests>(`/api/flows/${encodeURIComponent(id)}/tests`, { method: 'PUT', body: file, ifMatch: etag }),
  /** The canonical file of a version, byte for byte. */
  version: (id: string, version: number, signal?: AbortSignal) => readText(`/api/flows/${encodeURIComponent(id)}/versions/${version}`, { signal }),
}

/** How far back the live counts go. */
export type LiveRange = LiveAnswer['range']

/** What the list of conversations may be narrowed to; empty: everything. */
export interface ConversationFilter {
  readonly connector: string
  readonly owner: string
  readonly flow: string
  /** Part of a name, an address, a phone number or an e-mail. */
  readonly search: string
}

/** Calls that read conversations and step in. */
export const conversationsApi = {
  /** One page, newest first. */
  page: (filter: Partial<ConversationFilter>, limit: number, cursor?: string, signal?: AbortSignal) => {
    const wanted = Object.entries({ ...filter, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) }).filter(([, value]) => value !== '')
    return readJson<PageOf<ConversationSummary>>(`/api/conversations?${new URLSearchParams(wanted)}`, { signal })
  },
  read: (id: string, signal?: AbortSignal) => readJson<ConversationDetail>(conversationPath(id), { signal }),
  /** What conversations did on the live version of a flow. */
  live: (flow: string, range: LiveRange, signal?: AbortSignal) =>
    readJson<LiveAnswer>(`/api/flows/${encodeURIComponent(flow)}/live?range=${range}`, { signal }),
  join: (id: string) => readJson<ConversationDetail>(conversationPath(id, 'agent'), { method: 'POST', body: { action: 'join' } }),
  say: (id: string, text: string) => readJson<ConversationDetail>(conversationPath(id, 'agent'), { method: 'POST', body: { action: 'say', text } }),
  end: (id: string) => readJson<ConversationDetail>(conversationPath(id, 'agent'), { method: 'POST', body: { action: 'end' } }),
  close: (id: string) => readJson<ConversationDetail>(conversationPath(id, 'close'), { method: 'POST', body: {} }),
  restart: (id: string) => readJson<ConversationDetail>(conversationPath(id, 'restart'), { method: 'POST', body: {} }),
  /** On another version of its flow. */
  move: (id: string, version: number) => readJson<ConversationDetail>(conversationPath(id, 'move'), { method: 'POST', body: { version } }),
  handOver: (id: string, queue: string) => readJson<ConversationDetail>(conversationPath(id, 'hand_over'), { method: 'POST', body: { queue } }),
}

function conversationPath(id: string, action?: string): string {
  return `/api/conversations/${encodeURIComponent(id)}${action === undefined ? '' : `/${action}`}`
}

/** Calls about the person at the screen. */
export const meApi = {
  /** Refused with 401 when nobody is signed in. */
  read: (signal?: AbortSignal) => readJson<MeAnswer>('/api/me', { signal }),
  signIn: (email: string, password: string) => readJson<MeAnswer>('/api/sign_in', { method: 'POST', body: { email, password } }),
  state: (signal?: AbortSignal) => readJson<SignInState>('/api/sign_in', { signal }),
  /** Whom a one-time link is for; refused with 404 when it is used or too old. */
  readWelcome: (token: string) => readJson<WelcomeAnswer>(`/api/welcome?${new URLSearchParams({ token })}`),
  /** Uses a one-time link and signs in. */
  welcome: (body: WelcomeBody) => readJson<MeAnswer>('/api/welcome', { method: 'POST', body }),
  /** Changes name or password; a wrong old password is refused with 401 `sign_in.refused`. */
  change: (change: MeChange) => readJson<MeAnswer>('/api/me', { method: 'PATCH', body: change }),
  signOut: () => readText('/api/sign_out', { method: 'POST' }),
}

/** Calls about users; only for administrators. */
export const usersApi = {
  list: (signal?: AbortSignal) => readAll<UserAnswer>('/api/users', signal),
  make: (user: NewUser) => readJson<MadeUser>('/api/users', { method: 'POST', body: user }),
  change: (id: string, change: UserChange) => readJson<UserAnswer>(`/api/users/${encodeURIComponent(id)}`, { method: 'PATCH', body: change }),
  makeLink: (id: string) => readJson<UserLink>(`/api/users/${encodeURIComponent(id)}/link`, { method: 'POST' }),
  remove: (id: string) => readText(`/api/users/${encodeURIComponent(id)}`, { method: 'DELETE' }),
}

/** Calls about API keys; only for administrators. */
export const keysApi = {
  list: (signal?: AbortSignal) => readAll<KeyAnswer>('/api/keys', signal),
  make: (key: { readonly name: string; readonly scopes: readonly string[] }) => readJson<MadeKey>('/api/keys', { method: 'POST', body: key }),
  revoke: (id: string) => readText(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' }),
}

/** Calls about what flows send along by name; changing is for administrators. */
export const secretsApi = {
  list: (signal?: AbortSignal) => readAll<SecretAnswer>('/api/secrets', signal),
  /** Without a value the stored one stays. */
  save: (name: string, secret: SecretBody) => readJson<SecretAnswer>(`/api/secrets/${encodeURIComponent(name)}`, { method: 'PUT', body: secret }),
  remove: (name: string) => readText(`/api/secrets/${encodeURIComponent(name)}`, { method: 'DELETE' }),
}

/** Every channel with its limits. */
export function readChannels(signal?: AbortSignal): Promise<readonly ChannelAnswer[]> {
  return readAll<ChannelAnswer>('/api/channels', signal)
}

/** Every connector, without its secrets. */
export function readConnectors(signal?: AbortSignal): Promise<readonly ConnectorAnswer[]> {
  return readAll<ConnectorAnswer>('/api/connectors', signal)
}

/** Calls that change connectors and ask the vendor; only for administrators. */
export const connectorsApi = {
  make: (connector: NewConnector) => readJson<ConnectorAnswer>('/api/connectors', { method: 'POST', body: connector }),
  /** Changes what is given. In settings and secrets an empty text forgets. */
  change: (id: string, change: ConnectorChange) => readJson<ConnectorAnswer>(`/api/connectors/${encodeURIComponent(id)}`, { method: 'PATCH', body: change }),
  remove: (id: string) => readText(`/api/connectors/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  test: (id: string) => readJson<TestAnswer>(`/api/connectors/${encodeURIComponent(id)}/test`, { method: 'POST' }),
  setWebhook: (id: string) => readJson<WebhookAnswer>(`/api/connectors/${encodeURIComponent(id)}/webhook`, { method: 'POST' }),
}

/** Every queue. */
export function readQueues(signal?: AbortSignal): Promise<readonly QueueAnswer[]> {
  return readAll<QueueAnswer>('/api/queues', signal)
}

/** The web chats that are open to everybody. */
export function readChats(signal?: AbortSignal): Promise<ChatsAnswer> {
  return readJson<ChatsAnswer>('/chats.json', { signal })
}

/** All pages of a list. */
async function readAll<T>(path: string, signal?: AbortSignal): Promise<readonly T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor === null ? {} : { cursor }) })
    const page: PageOf<T> = await readJson<PageOf<T>>(`${path}?${query}`, { signal })
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

/** The contract's tests hold the server to the shape, so the answer is trusted here. */
async function readJson<T>(path: string, request: OpenRequest = {}): Promise<T> {
  return JSON.parse(await readText(path, request)) as T
}

type OpenRequest = { readonly [key in keyof Request]: Request[key] | undefined }

async function readText(path: string, { method = 'GET', body, ifMatch, signal }: OpenRequest = {}): Promise<string> {
  const response = await reach(path, {
    method: method ?? 'GET',
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  const text = await response.text()
  if (response.ok) return text
  const refusal = refusalOf(response.status, text)
  // A wrong password is no sign that somebody left.
  if (refusal.status === 401 && refusal.code !== 'sign_in.refused') for (const listener of signedOutListeners) listener()
  throw refusal
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refusal({ status: 0, code: 'server.unreachable', message: 'The server cannot be reached.', hint: 'Check your connection and try again.' })
  }
}

function refusalOf(status: number, text: string): Refusal {
  try {
    const { error, problems } = JSON.parse(text) as { error: { code: string; message: string; hint: string; at: string }; problems?: readonly Problem[] }
    return new Refusal({ status, ...error, ...(problems === undefined ? {} : { problems }) })
  } catch {
    // Something in front of the server answered, not the server.
    return new Refusal({ status, code: 'server.failed', message: `The server answered ${status}.`, hint: 'Try again in a moment.' })
  }
}
