/** What may be said about a connector, checked: channel fields, names of flows and queues, one account each. */
import type { TObject } from 'typebox'
import type { Account, Channel } from '../channels/channel.ts'
import { DomainError, type Json, nameBlock, parseDuration, parseFlow } from '../engine/index.ts'
import type { Connector, Rate, Write } from '../store/index.ts'
import { checkShape } from './check.ts'
import type { ConnectorChange, NewConnector } from './contract.ts'
import type { Parts } from './parts.ts'
import { waitsForMessages } from './session-rules.ts'

/** What a contact reads when a flow breaks and nobody wrote a text for it. */
const FALLBACK = {
  en: 'Sorry, something went wrong here. A colleague will take over.',
  de: 'Entschuldigung, hier ist etwas schiefgegangen. Ein Kollege übernimmt.',
  es: 'Lo sentimos, algo ha fallado. Un compañero se hará cargo.',
  fr: 'Désolé, quelque chose n’a pas fonctionné. Un collègue prend le relais.',
}

/** A checked new connector with an id. Throws a DomainError that names the field. */
export async function newConnector(parts: Parts, wanted: NewConnector): Promise<Connector> {
  const { channels, now, newId } = parts
  if (!channels.some(channel => channel.type === wanted.channel)) {
    throw new DomainError('connector.unknown_channel', {
      message: `“${wanted.channel}” is no channel of this release.`,
      hint: `Possible: ${channels.map(channel => channel.type).join(', ')}.`,
      at: '/channel',
    })
  }
  const { channel, ...change } = wanted
  const at = now()
  const empty: Connector = {
    id: newId(),
    channel,
    name: wanted.name,
    flow: wanted.flow,
    settings: {},
    secrets: {},
    session_hours: 24,
    access: { type: 'open' },
    queue: 'default',
    max_wait_ms: null,
    timeout_action: { type: 'abandon' },
    rate: null,
    fallback: FALLBACK,
    reorder_ms: 0,
    enabled: true,
    account_id: null,
    paused_until: null,
    problem: null,
    created_at: at,
    updated_at: at,
  }
  return applyChange(parts, empty, { settings: {}, secrets: {}, ...change })
}

/** The connector as the change wants it. Throws a DomainError that names the field. */
export async function applyChange(parts: Parts, known: Connector, change: ConnectorChange): Promise<Connector> {
  const channel = parts.channels.find(candidate => candidate.type === known.channel)
  if (!channel) throw new DomainError('connector.unknown_channel', { message: `There is no channel “${known.channel}” in this release.`, at: '/channel' })
  const { settings: newSettings, secrets: newSecrets, max_wait, rate, ...plain } = change
  const settings = newSettings === undefined ? known.settings : readSettings(channel, known.settings, newSettings)
  const secrets = newSecrets === undefined ? known.secrets : readSecrets(channel, known.secrets, newSecrets)
  const account: Account = { connector: known.id, name: plain.name ?? known.name, settings, secrets }
  // An account that works again is tried again: that is what somebody changes it for.
  const repaired = newSecrets !== undefined || newSettings !== undefined || (plain.enabled === true && !known.enabled)
  const changed: Connector = {
    ...known,
    ...plain,
    settings,
    secrets,
    ...(max_wait === undefined ? {} : { max_wait_ms: readDuration(max_wait, '/max_wait') }),
    ...(rate === undefined ? {} : { rate: rate === null ? null : readRate(rate) }),
    ...(repaired ? { problem: null, paused_until: null } : {}),
    account_id: channel.accountId(account) ?? null,
    updated_at: parts.now(),
  }
  await checkNames(parts, changed)
  await checkAccount(parts, channel, changed)
  return changed
}

/** Milliseconds of a duration in the API: seconds as a number, or a text like "10 min". */
export function readDuration(value: number | string | null, at: string): number | null {
  if (value === null) return null
  const ms = typeof value === 'number' ? value * 1000 : parseDuration(value)
  if (ms !== null) return ms
  throw new DomainError('request.wrong_shape', {
    message: `“${value}” is no duration.`,
    hint: 'Write it like “10 min” or “1 h 30 min”, or give seconds as a number.',
    at,
  })
}

/** When each secret was set, by name. */
export async function secretTimes({ store }: Parts, connector: string): Promise<Readonly<Record<string, number>>> {
  const fact = await store.facts.get(`secret_times:${connector}`)
  // Only `writeSecretTimes` writes it.
  return fact === undefined ? {} : (JSON.parse(fact) as Record<string, number>)
}

/** Keeps when each secret was set. */
export function writeSecretTimes({ store }: Parts, connector: string, times: Readonly<Record<string, number>>): Write[] {
  return store.facts.set(`secret_times:${connector}`, JSON.stringify(times))
}

function readSettings(channel: Channel, known: Connector['settings'], given: Readonly<Record<string, unknown>>): Connector['settings'] {
  const merged = merge(known, given)
  checkShape(channel.settings, merged, '/settings')
  // It came as JSON and has the shape of its schema.
  return merged as Record<string, Json>
}

function readSecrets(channel: Channel, known: Connector['secrets'], given: Readonly<Record<string, unknown>>): Connector['secrets'] {
  const wanted = merge(known, given)
  const made = Object.entries(channel.generate?.() ?? {}).filter(([name]) => wanted[name] === undefined)
  const merged = { ...wanted, ...Object.fromEntries(made) }
  checkSecrets(channel.secrets, merged)
  // Every property of a channel's secrets is a string (channel.ts).
  return merged as Record<string, string>
}

/** Like `checkShape`, but never repeats a value. */
function checkSecrets(schema: TObject, secrets: Readonly<Record<string, unknown>>): void {
  try {
    checkShape(schema, secrets, '/secrets')
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const name = error.at?.slice('/secrets/'.length) ?? ''
    const isValue = Object.hasOwn(schema.properties, name)
    throw isValue
      ? new DomainError(error.code, {
          message: `The secret “${name}” does not have the form it should have.`,
          hint: 'Copy it again, whole and without spaces.',
          at: `/secrets/${name}`,
        })
      : error
  }
}

/** null and "" forget a key. */
function merge(known: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...known, ...given }).filter(([, value]) => value !== null && value !== ''))
}

function readRate(rate: NonNullable<ConnectorChange['rate']>): Rate {
  const { per_second, per_contact } = rate
  return { per_second, per_contact, burst: rate.burst ?? Math.max(1, per_second), per_contact_burst: rate.per_contact_burst ?? Math.max(1, per_contact) }
}

async function checkNames({ store }: Parts, connector: Connector): Promise<void> {
  const { flow, queue, timeout_action, session_hours } = connector
  const bound = await store.flows.byId(flow)
  if (!bound) throw unknownName('flow', flow, '/flow')
  if (!(await store.queues.bySlug(queue))) throw unknownName('queue', queue, '/queue')
  if (timeout_action.type === 'flow' && !(await store.flows.byId(timeout_action.flow))) throw unknownName('flow', timeout_action.flow, '/timeout_action/flow')
  if (session_hours !== -1) return
  const [live] = bound.live_version === null ? [] : await store.flows.versionsByNumber([{ flow, version: bound.live_version }])
  const parsing = parseFlow(live?.file ?? bound.draft)
  const waiting = parsing.ok ? waitsForMessages(parsing.flow) : undefined
  if (!parsing.ok || waiting === undefined) return
  throw new DomainError('connector.flow_waits', {
    message: `Without a session (session_hours -1) the flow “${flow}” would wait in vain in its block “${nameBlock(parsing.flow, waiting)}”.`,
    hint: 'Use 0 or more hours, or a flow that does not wait for messages.',
    at: '/session_hours',
  })
}

function unknownName(kind: 'flow' | 'queue', name: string, at: string): DomainError {
  return new DomainError(`connector.unknown_${kind}`, { message: `There is no ${kind} “${name}”.`, hint: `GET /api/${kind}s lists them.`, at })
}

/** Two receivers of one account would take each other's messages (rule 32). */
async function checkAccount({ store }: Parts, channel: Channel, connector: Connector): Promise<void> {
  if (!connector.enabled || connector.account_id === null) return
  const other = (await store.connectors.list()).find(
    known => known.id !== connector.id && known.enabled && known.channel === connector.channel && known.account_id === connector.account_id,
  )
  if (!other) return
  throw new DomainError('connector.account_taken', {
    message: `The connector “${other.name}” already uses this ${channel.title} account (${connector.account_id}).`,
    hint: 'Change that one, or disable it first.',
    at: '/secrets',
    details: { connector: other.id },
  })
}
