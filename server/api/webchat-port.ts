/** The chat page's view of the store and the runtime: connectors, the transcript of a visitor, and news of both. */
import { type AttachmentKind, isClosingLine, type TraceLine } from '../engine/index.ts'
import type { Delivery, StoredEvent } from '../store/index.ts'
import type { Pages } from './pages.ts'
import type { Parts } from './parts.ts'
import { readStored, versionOf } from './stored-flows.ts'
import type { WebchatPort } from './webchat.ts'
import type { ShownAttachment, TranscriptEntry } from './webchat-contract.ts'

/** Older conversations of a visitor are not loaded into the page. */
const SHOWN_CONVERSATIONS = 10
/**
 * What was sent is committed a moment after its time, and something later may be committed before it. So a page gets the last moments
 * again, and knows the entries it has by their ids (ms).
 */
const OVERLAP_MS = 10_000

/** Makes the port. `clientIdOf` is the channel's way from an external id to the id the page gave its message. */
export function createWebchatPort(parts: Parts, pages: Pages, clientIdOf: (external_id: string) => string): WebchatPort {
  const { store, runtime } = parts
  /** By flow and version, which never change: the page's settings are asked for with every page of a site. */
  const languagesOf = new Map<string, readonly string[]>()
  return {
    connector: async id => {
      const running = runtime.connectorOf(id)
      if (running?.channel.type !== 'webchat') return undefined
      const { connector, account } = running
      return { id, name: connector.name, account, enabled: connector.enabled }
    },
    languages: async id => {
      const flow = await store.flows.byId(runtime.connectorOf(id)?.connector.flow ?? '')
      if (!flow || flow.live_version === null) return []
      const key = `${flow.id} ${flow.live_version}`
      const known = languagesOf.get(key) ?? readStored((await versionOf({ store }, flow, String(flow.live_version))).file).languages
      languagesOf.set(key, known)
      return known
    },
    accept: async (connector, accepted) => {
      await runtime.accept(connector, accepted)
      for (const address of new Set(accepted.flatMap(part => (part.kind === 'kept_aside' ? [] : [part.contact])))) {
        const [contact] = await store.contacts.byAddress(connector, [address])
        if (contact) pages.bind(contact.id, address)
        pages.changed(address)
      }
    },
    history: async (connector, address, after) => {
      const [contact] = await store.contacts.byAddress(connector, [address])
      if (!contact) return []
      pages.bind(contact.id, address)
      const from = readCursor(after) - OVERLAP_MS
      const entries: TranscriptEntry[] = []
      const newest = contact.conversation.number
      // Backwards, so that a page that only wants the latest reads one conversation.
      for (let number = newest; number > Math.max(0, newest - SHOWN_CONVERSATIONS); number--) {
        const [events, deliveries] = await Promise.all([store.events.ofConversation(contact.id, number), store.deliveries.ofConversation(contact.id, number)])
        entries.push(...showEntries(events, deliveries).filter(entry => readCursor(entry.id) >= from && entry.id !== after))
        if (events.some(event => event.handling?.conversation === number && event.handling.now < from)) break
      }
      return entries.sort((one, other) => (one.id < other.id ? -1 : 1))
    },
    subscribe: (_connector, address, listener) => pages.subscribe(address, listener),
    saveFile: async (connector, address, bytes, name) => {
      const [contact] = await store.contacts.byAddress(connector, [address])
      const { id, mime, size } = await runtime.files.put(bytes, { name, connector, contact: contact?.id ?? null })
      const type = mime ?? 'application/octet-stream'
      return { file: id, kind: kindOf(type), mime: type, size: size ?? bytes.length, url: ownAddress(id) }
    },
  }

  /** Only what is handled or sent has its place for good; the rest comes with a later read. */
  function showEntries(events: readonly StoredEvent[], deliveries: readonly Delivery[]): TranscriptEntry[] {
    const speakers = new Map<number, string>()
    const sent = deliveries.filter(isSent)
    const entries: TranscriptEntry[] = []
    for (const { seq, event, handling, external_id } of events) {
      if (!handling) continue
      const line = { id: cursorOf(handling.now, 'e', seq), at: handling.now, from: 'contact' as const, ...clientId(external_id) }
      if (event.type === 'conversation_started') entries.push({ ...line, from: 'system', mark: 'began' })
      else if (event.type === 'agent_said') speakers.set(handling.step, event.agent.name)
      else if (event.type === 'message_received') {
        const attachments = event.message.attachments?.map(showFile)
        entries.push({ ...line, text: event.message.text, ...(attachments ? { attachments } : {}) })
      } else if (event.type === 'button_pressed') {
        entries.push({ ...line, used_button: event.payload, ...(event.title === undefined ? {} : { text: event.title }) })
      }
      // Below the good-bye, which may have typing time before it.
      const last = deliveries.filter(({ step }) => step === handling.step)
      if (endsChat(handling.trace) && last.every(({ status }) => status !== 'queued')) {
        const at = Math.max(handling.now, ...last.map(({ sent_at }) => sent_at ?? 0))
        entries.push({ id: cursorOf(at, 'x', seq), at, from: 'system', mark: 'ended' })
      }
    }
    for (const delivery of sent) entries.push(showDelivery(delivery, sent, speakers.get(delivery.step)))
    return entries
  }

  function showDelivery(delivery: SentDelivery, all: readonly SentDelivery[], speaker: string | undefined): TranscriptEntry {
    const { message, kind, status, vendor_id, sent_at } = delivery
    const replaced = message.replaces === undefined ? undefined : all.find(other => other.delivery === message.replaces)
    const isAgent = kind === 'agent'
    return {
      id: placeOf(delivery),
      at: sent_at,
      from: isAgent ? 'agent' : 'flow',
      status,
      ...(message.text === undefined ? {} : { text: message.text }),
      ...(message.attachment ? { attachments: [showFile(message.attachment)] } : {}),
      ...(message.location ? { text: placeText(message.location, message.text) } : {}),
      ...(message.buttons ? { buttons: message.buttons } : {}),
      ...(vendor_id === null ? {} : { delivery: vendor_id }),
      ...(replaced ? { replaces: placeOf(replaced) } : {}),
      ...(isAgent && speaker !== undefined ? { name: speaker } : {}),
    }
  }

  function showFile(attachment: ShownAttachment & { readonly file?: string }): ShownAttachment {
    const { file, ...shown } = attachment
    return file === undefined ? shown : { ...shown, url: ownAddress(file) }
  }

  /** Without the host: the page is at the same one, whatever name the visitor knows it by. */
  function ownAddress(file: string): string {
    const { pathname, search } = new URL(runtime.files.urlOf(file))
    return `${pathname}${search}`
  }

  function clientId(external_id: string | null): { readonly client_id?: string } {
    const id = external_id === null ? '' : clientIdOf(external_id)
    return id === '' ? {} : { client_id: id }
  }
}

/** A chat that closes may open again in the same step; then it has not ended. */
function endsChat(trace: readonly TraceLine[]): boolean {
  const closes = trace.findLastIndex(isClosingLine)
  return closes >= 0 && trace.slice(closes + 1).every(({ kind, block }) => kind !== 'owner' && block === undefined)
}

type SentDelivery = Delivery & { readonly sent_at: number }

/** A message that still has typing time before it is not there yet. */
function isSent(delivery: Delivery): delivery is SentDelivery {
  return delivery.sent_at !== null && delivery.status !== 'failed'
}

function placeOf({ sent_at, n }: SentDelivery): string {
  return cursorOf(sent_at, 'm', n)
}

/** Sorts as text the way times and numbers sort; at one time events (`e`) come before what they caused (`m`), and the end of the chat (`x`) last. */
function cursorOf(at: number, kind: 'e' | 'm' | 'x', n: number): string {
  return `${String(at).padStart(15, '0')}.${kind}${String(n).padStart(9, '0')}`
}

/** The time of a cursor; the beginning for none and for anything that is no cursor of ours. */
function readCursor(cursor: string | undefined): number {
  return cursor !== undefined && /^\d{15}\.[emx]\d{9}$/.test(cursor) ? Number(cursor.slice(0, 15)) : 0
}

/** A place as a text with an address that every browser can open. */
function placeText(place: { readonly latitude: number; readonly longitude: number; readonly name?: string }, text: string | undefined): string {
  const { latitude, longitude, name } = place
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  return [text, name, address].filter(Boolean).join('\n')
}

function kindOf(mime: string): AttachmentKind {
  const [type] = mime.split('/')
  return type === 'image' || type === 'audio' || type === 'video' ? type : 'file'
}
