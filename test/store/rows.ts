/** Rows for tests: whole and plain, each test changes what it is about. */
import { newConversation } from '../../server/engine/index.ts'
import type { Connector, Delivery, Handling, StoredContact, StoredEvent, StoredFlow, StoredVersion } from '../../server/store/index.ts'

export function connectorRow(changes: Partial<Connector> = {}): Connector {
  return {
    id: 'c1',
    channel: 'telegram',
    name: 'Support bot',
    flow: 'support',
    settings: { bot_username: 'support_bot' },
    secrets: { token: '1:secret' },
    session_hours: 24,
    access: { type: 'open' },
    queue: 'default',
    max_wait_ms: null,
    timeout_action: { type: 'abandon' },
    rate: null,
    fallback: 'Sorry.',
    reorder_ms: 0,
    enabled: true,
    account_id: '1',
    paused_until: null,
    problem: null,
    created_at: 1,
    updated_at: 1,
    ...changes,
  }
}

export function flowRow(changes: Partial<StoredFlow> = {}): StoredFlow {
  return { id: 'support', name: 'Support', draft: '{}', draft_revision: 1, live_version: null, archived: false, created_at: 1, updated_at: 1, ...changes }
}

export function versionRow(changes: Partial<StoredVersion> = {}): StoredVersion {
  return { flow: 'support', version: 1, hash: 'h1', file: '{}', intents: null, note: '', author: 'test', created_at: 1, ...changes }
}

export function contactRow(id: string, changes: Partial<StoredContact> = {}): StoredContact {
  return {
    id,
    connector: 'c1',
    address: `address-${id}`,
    conversation: newConversation({ id, channel: 'telegram', name: 'Ada' }),
    revision: 1,
    last_seq: 0,
    handled_seq: 0,
    steps: 0,
    last_now: 0,
    last_delivery: 0,
    crashes: 0,
    erased_at: null,
    created_at: 1,
    ...changes,
  }
}

export function eventRow(contact: string, seq: number, changes: Partial<StoredEvent> = {}): StoredEvent {
  return {
    contact,
    seq,
    connector: 'c1',
    external_id: `${contact}:${seq}`,
    at: seq,
    order_key: null,
    received_at: seq,
    event: { type: 'message_received', message: { id: `m${seq}`, text: `text ${seq}` } },
    profile: null,
    handling: null,
    ...changes,
  }
}

export function handlingOf(changes: Partial<Handling> = {}): Handling {
  return {
    step: 1,
    conversation: 1,
    now: 10,
    hash: 'h1',
    release: 'test',
    trace: [{ kind: 'left', block: 'hello', exit: 'next', why: 'said "Ada"' }],
    error: null,
    ...changes,
  }
}

export function deliveryRow(contact: string, n: number, changes: Partial<Delivery> = {}): Delivery {
  return {
    contact,
    n,
    connector: 'c1',
    conversation: 1,
    delivery: n,
    first: n,
    step: 1,
    kind: 'message',
    block: 'hello',
    wait: 1,
    message: { text: `Hello ${n}` },
    typing_ms: 0,
    status: 'queued',
    vendor_id: null,
    attempts: 0,
    retry_at: null,
    expires_at: 1_000_000,
    failure: null,
    decided_at: n,
    sent_at: null,
    resend_of: null,
    ...changes,
  }
}
