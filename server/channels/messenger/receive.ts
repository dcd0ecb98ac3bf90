/**
 * Reads Meta's calls for pages. One call holds many entries with many events; each stands alone, so one that cannot be
 * read never takes its neighbours with it.
 * https://developers.facebook.com/docs/messenger-platform/reference/webhook-events
 */
import { createHash } from 'node:crypto'
import type { Event } from '../../engine/index.ts'
import type { Account, ChannelEvent, ChannelReceipt, HookRequest, KeptAside, Parsed, VendorFile, Verified } from '../channel.ts'
import { cleanText, type JsonRecord, listOf, numberOf, printJson, readJson, recordOf, textOf } from '../json.ts'
import { verifyMetaSignature } from '../meta.ts'
import { readPage } from './fields.ts'
import { readMessage } from './message.ts'

/** Checks that Meta made the call, with the app secret. */
export function verify(request: HookRequest, account: Account): Verified {
  return verifyMetaSignature(request, readPage(account).secrets.app_secret)
}

/** The parts of a call; `account` is the page, so that several pages of one app share one address. */
export function parse(request: HookRequest): readonly Parsed[] {
  const raw = request.body.toString('utf8')
  const call = readJson(request.body)
  if (call === undefined) return [keep('not_json', 'The body is not JSON.', raw)]
  const body = recordOf(call)
  if (!body || !Array.isArray(body.entry)) return [keep('wrong_shape', 'The call has no entries.', raw)]
  if (body.object !== 'page') return [keep('unknown_kind', 'The call is not about a page.', raw)]
  return body.entry.flatMap(readEntry)
}

function readEntry(value: unknown): readonly Parsed[] {
  const entry = recordOf(value)
  const page = entry && idOf(entry.id)
  if (!entry || page === undefined) return [keep('wrong_shape', 'An entry has no page id.', printJson(value))]
  const parts = [
    ...listOf(entry.messaging).map(event => readEvent(event, page, entry.time)),
    ...listOf(entry.standby).map(event => keep('standby', 'Another app owns the thread of this event.', printJson(event))),
    ...listOf(entry.changes).map(change => keep('unknown_kind', 'A change of the page is not a message.', printJson(change))),
  ]
  if (parts.length === 0 && !Array.isArray(entry.messaging)) {
    return [{ ...keep('wrong_shape', 'An entry has no events.', printJson(value)), account: page }]
  }
  return parts.map(part => ({ ...part, account: page }))
}

type Part = ChannelEvent | ChannelReceipt | KeptAside

/** What all kinds need: the event itself, who it is about, and when. */
interface Frame {
  readonly event: JsonRecord
  readonly contact: string
  readonly at: number
}

function readEvent(value: unknown, page: string, entryTime: unknown): Part {
  const event = recordOf(value)
  if (!event) return keep('wrong_shape', 'An event is not an object.', printJson(value))
  const sender = idOf(recordOf(event.sender)?.id)
  if (recordOf(event.message)?.is_echo === true || sender === page) {
    return keep('own_echo', 'The page itself wrote this.', printJson(value))
  }
  const at = timeOf(event.timestamp) ?? timeOf(entryTime)
  if (sender === undefined) return keep('wrong_shape', 'An event has no sender.', printJson(value))
  if (at === undefined) return keep('wrong_shape', 'An event has no time.', printJson(value))
  return readKind({ event, contact: sender, at }) ?? keep('unknown_kind', `An event of an unknown kind: ${kindOf(event)}.`, printJson(value))
}

/** Undefined: a kind, or a shape of it, that says nothing to us. */
function readKind(frame: Frame): Part | undefined {
  const { event } = frame
  const message = recordOf(event.message)
  if (message) return readMessageEvent(frame, message)
  const edit = recordOf(event.message_edit)
  if (edit) return readEdit(frame, edit)
  const postback = recordOf(event.postback)
  if (postback) return readPostback(frame, postback)
  const referral = recordOf(event.referral)
  if (referral) return readReferral(frame, referral)
  const delivery = recordOf(event.delivery)
  if (delivery) return readReceipt(frame, 'delivered', delivery)
  const read = recordOf(event.read)
  if (read) return readReceipt(frame, 'read', read)
  return undefined
}

function readMessageEvent(frame: Frame, message: JsonRecord): Part | undefined {
  const mid = idOf(message.mid)
  if (mid === undefined) return undefined
  // Taking back names the message it takes, so it needs a key of its own.
  if (message.is_deleted === true) return said(frame, `d:${mid}`, { type: 'message_deleted', message_id: mid })
  const payload = textOf(recordOf(message.quick_reply)?.payload)
  if (payload !== undefined) return said(frame, `m:${mid}`, pressed(payload, textOf(message.text)))
  const read = readMessage(mid, message)
  if (!read) return undefined
  return said(frame, `m:${mid}`, { type: 'message_received', message: read.message }, read.files)
}

function readEdit(frame: Frame, edit: JsonRecord): Part | undefined {
  const mid = idOf(edit.mid)
  if (mid === undefined || typeof edit.text !== 'string') return undefined
  const count = numberOf(edit.num_edit) ?? frame.at
  return said(frame, `e:${mid}:${count}`, { type: 'message_edited', message_id: mid, text: cleanText(edit.text) })
}

/** The payload that the Get Started button has by custom, and that Meta's documentation uses. */
const GET_STARTED = 'GET_STARTED'

function readPostback(frame: Frame, postback: JsonRecord): Part | undefined {
  const payload = textOf(postback.payload)
  const referral = recordOf(postback.referral)
  const mid = idOf(postback.mid)
  const id = mid === undefined ? `p:${frame.contact}:${frame.at}:${digest(payload ?? '')}` : `p:${mid}`
  if (referral || payload === GET_STARTED) return said(frame, id, started(referral))
  return payload === undefined ? undefined : said(frame, id, pressed(payload, textOf(postback.title)))
}

function readReferral(frame: Frame, referral: JsonRecord): Part {
  return said(frame, `r:${frame.contact}:${frame.at}:${digest(printJson(referral))}`, started(referral))
}

/** Delivery names messages, a watermark, or both; reading has only the watermark. */
function readReceipt(frame: Frame, status: 'delivered' | 'read', receipt: JsonRecord): Part | undefined {
  const watermark = timeOf(receipt.watermark)
  const ids = listOf(receipt.mids)
    .map(idOf)
    .filter(mid => mid !== undefined)
  if (watermark === undefined && ids.length === 0) return undefined
  return {
    kind: 'receipt',
    external_id: `${status}:${frame.contact}:${watermark ?? digest(ids.join(' '))}`,
    contact: frame.contact,
    at: frame.at,
    status,
    ...(ids.length === 0 ? {} : { vendor_ids: ids }),
    ...(watermark === undefined ? {} : { watermark }),
  }
}

function started(referral: JsonRecord | undefined): Event {
  const ref = textOf(referral?.ref)
  return { type: 'conversation_started', ...(ref === undefined ? {} : { payload: cleanText(ref) }) }
}

function pressed(payload: string, title: string | undefined): Event {
  return { type: 'button_pressed', payload: cleanText(payload), ...(title === undefined ? {} : { title: cleanText(title) }) }
}

function said(frame: Frame, externalId: string, event: Event, files: readonly VendorFile[] = []): ChannelEvent {
  return { kind: 'event', external_id: externalId, contact: frame.contact, at: frame.at, event, ...(files.length === 0 ? {} : { files }) }
}

function keep(reason: KeptAside['reason'], message: string, body: string): KeptAside {
  return { kind: 'kept_aside', reason, message, body }
}

/** An id of Meta's: a string of printable ASCII; a number would already have lost digits. */
function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\x21-\x7e]{1,500}$/.test(value) ? value : undefined
}

/** Milliseconds; some senders count in seconds, which no date after 1973 can be mistaken for. */
function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : numberOf(value)
  if (time === undefined || time <= 0 || !Number.isSafeInteger(Math.trunc(time))) return undefined
  return Math.trunc(time < 100_000_000_000 ? time * 1000 : time)
}

const FRAME_KEYS: readonly string[] = ['sender', 'recipient', 'timestamp']

function kindOf(event: JsonRecord): string {
  const kinds = Object.keys(event).filter(key => !FRAME_KEYS.includes(key))
  return kinds.length === 0 ? 'none' : cleanText(kinds.slice(0, 3).join(', ').slice(0, 80))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
