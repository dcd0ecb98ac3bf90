/** The chat page's view of the store and the runtime: connectors, the transcript of a visitor, and news of both. */
import type { AttachmentKind } from '../engine/index.ts'
import type { Delivery, StoredEvent } from '../store/index.ts'
import { accountOf } from './hooks.ts'
import type { Parts } from './parts.ts'
import type { WebchatPort } from './webchat.ts'
import type { ShownAttachment, TranscriptEntry } from './webchat-contract.ts'

/** Older conversations of a visitor are not loaded into the page. */
const SHOWN_CONVERSATIONS = 10

/** What is known of open pages: somebody types, or the transcript changed. */
export interface Pages {
  /** Shows typing on the open pages of a contact. */
  typing(contact: string, ms: number): void
  /** The transcript of this contact (its address) changed. */
  changed(contact: string): void
  subscribe(contact: string, listener: (signal: 'changed' | { readonly typing_ms: number }) => void): () => void
}

/** Makes the list of open pages of this server. */
export function createPages(): Pages {
  const listeners = new Map<string, Set<(signal: 'changed' | { readonly typing_ms: number }) => void>>()
  return {
    typing: (contact, ms) => {
      for (const listener of listeners.get(contact) ?? []) listener({ typing_ms: ms })
    },
    changed: contact => {
      for (const listener of listeners.get(contact) ?? []) listener('changed')
    },
    subscribe: (contact, listener) => {
      const own = listeners.get(contact) ?? new Set()
      listeners.set(contact, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0) listeners.delete(contact)
      }
    },
  }
}

/** Makes the port. `clientIdOf` is the channel's way from an external id to the id the page gave its message. */
export function createWebchatPort(parts: Parts, pages: Pages, clientIdOf: (external_id: string) => string): WebchatPort {
  const { store, runtime } = parts
  return {
    connector: async id => {
      const connector = runtime.connectorOf(id)
      if (connector?.channel !== 'webchat') return undefined
      return { id: connector.id, name: connector.name, account: accountOf(connector), enabled: connector.enabled }
    },
    accept: (connector, accepted) => runtime.accept(connector, accepted),
    history: async (connector, address, after) => {
      const [contact] = await store.contacts.byAddress(connector, [address])
      if (!contact) return []
      const from = readCursor(after)
      const entries: TranscriptEntry[][] = []
      const newest = contact.conversation.number
      // Backwards, so that a page that only wants the latest reads one conversation.
      for (let number = newest; number > Math.max(0, newest - SHOWN_CONVERSATIONS); number--) {
        const [events, deliveries] = await Promise.all([store.events.ofConversation(contact.id, number), store.deliveries.ofConversation(contact.id, number)])
        const all = showEntries(events, deliveries)
        entries.unshift(all.filter(entry => after === undefined || entry.id > after))
        const first = firstStep(events, deliveries)
        if (from !== undefined && first !== undefined && first <= from) break
      }
      return entries.flat()
    },
    subscribe: (_connector, address, listener) => pages.subscribe(address, listener),
    saveFile: async (connector, contact, bytes, name) => {
      const { id, mime, size } = await runtime.files.save(connector, contact, bytes, name)
      return { file: id, kind: kindOf(mime), mime, size, url: runtime.files.sign(id) }
    },
  }

  /** Only what is handled has its place for good; the rest comes with a later read. */
  function showEntries(events: readonly StoredEvent[], deliveries: readonly Delivery[]): TranscriptEntry[] {
    const speakers = new Map<number, string>()
    const entries: TranscriptEntry[] = []
    for (const { event, handling, external_id, received_at } of events) {
      if (!handling) continue
      const line = { id: cursorOf(handling.step, 0), at: received_at, from: 'contact' as const, ...clientId(external_id) }
      if (event.type === 'agent_said') speakers.set(handling.step, event.agent.name)
      else if (event.type === 'message_received') {
        const attachments = event.message.attachments?.map(attachment => showFile(attachment))
        entries.push({ ...line, text: event.message.text, ...(attachments ? { attachments } : {}) })
      } else if (event.type === 'button_pressed') {
        entries.push({ ...line, used_button: event.payload, ...(event.title === undefined ? {} : { text: event.title }) })
      }
    }
    for (const delivery of deliveries) entries.push(showDelivery(delivery, deliveries, speakers.get(delivery.step)))
    return entries.sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  function showDelivery(delivery: Delivery, all: readonly Delivery[], speaker: string | undefined): TranscriptEntry {
    const { message, kind, status, vendor_id, decided_at } = delivery
    const replaced = message.replaces === undefined ? undefined : all.find(other => other.delivery === message.replaces)
    const isAgent = kind === 'agent'
    return {
      id: cursorOf(delivery.step, delivery.n),
      at: decided_at,
      from: isAgent ? 'agent' : 'flow',
      status,
      ...(message.text === undefined ? {} : { text: message.text }),
      ...(message.attachment ? { attachments: [showFile(message.attachment)] } : {}),
      ...(message.location ? { text: placeText(message.location, message.text) } : {}),
      ...(message.buttons ? { buttons: message.buttons } : {}),
      ...(vendor_id === null ? {} : { delivery: vendor_id }),
      ...(replaced ? { replaces: cursorOf(replaced.step, replaced.n) } : {}),
      ...(isAgent && speaker !== undefined ? { name: speaker } : {}),
    }
  }

  function showFile(attachment: ShownAttachment & { readonly file?: string }): ShownAttachment {
    const { file, ...shown } = attachment
    return file === undefined ? shown : { ...shown, url: runtime.files.sign(file) }
  }

  function clientId(external_id: string | null): { readonly client_id?: string } {
    const id = external_id === null ? '' : clientIdOf(external_id)
    return id === '' ? {} : { client_id: id }
  }
}

/** Sorts as text the way steps and deliveries sort as numbers. */
function cursorOf(step: number, n: number): string {
  return `${String(step).padStart(10, '0')}.${String(n).padStart(9, '0')}`
}

function readCursor(cursor: string | undefined): number | undefined {
  return cursor !== undefined && /^\d{10}\.\d{9}$/.test(cursor) ? Number(cursor.slice(0, 10)) : undefined
}

function firstStep(events: readonly StoredEvent[], deliveries: readonly Delivery[]): number | undefined {
  const steps = [...events.flatMap(event => event.handling?.step ?? []), ...deliveries.map(delivery => delivery.step)]
  return steps.length === 0 ? undefined : Math.min(...steps)
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
