/** The open chat pages of this server, and how they hear that their transcript changed: after the commit that changed it, never before. */
import type { OpenPages } from '../channels/channel.ts'
import type { Store, Write } from '../store/index.ts'

/** What a page hears. */
export type PageSignal = 'changed' | { readonly typing_ms: number }

/** The open pages, by the address of their contact. */
export interface Pages extends OpenPages {
  /** Something of this contact (its id) was committed. */
  touch(contact: string): void
  /** The pages of this address are those of the contact with this id. */
  bind(contact: string, address: string): void
  changed(address: string): void
  /** Something was committed, and nobody knows of whom. */
  anyChanged(): void
  subscribe(address: string, listener: (signal: PageSignal) => void): () => void
  isAnyOpen(): boolean
}

/** Makes the list. */
export function createPages(): Pages {
  const open = new Map<string, { readonly listeners: Set<(signal: PageSignal) => void>; contact?: string }>()
  const addresses = new Map<string, string>()
  const tell = (address: string, signal: PageSignal) => {
    for (const listener of open.get(address)?.listeners ?? []) listener(signal)
  }
  return {
    typing: (address, ms) => tell(address, { typing_ms: ms }),
    changed: address => tell(address, 'changed'),
    anyChanged: () => {
      for (const address of open.keys()) tell(address, 'changed')
    },
    touch: contact => {
      const address = addresses.get(contact)
      if (address !== undefined) tell(address, 'changed')
    },
    bind: (contact, address) => {
      const page = open.get(address)
      // Only while somebody listens, so that the list never outgrows the pages.
      if (!page) return
      page.contact = contact
      addresses.set(contact, address)
    },
    subscribe: (address, listener) => {
      const page = open.get(address) ?? { listeners: new Set() }
      open.set(address, page)
      page.listeners.add(listener)
      return () => {
        page.listeners.delete(listener)
        if (page.listeners.size > 0 || open.get(address) !== page) return
        open.delete(address)
        if (page.contact !== undefined) addresses.delete(page.contact)
      }
    },
    isAnyOpen: () => open.size > 0,
  }
}

/** The store, telling `pages` after each commit with events handled or deliveries settled. Costs nothing while no page is open. */
export function watchTranscripts(store: Store, pages: Pages): Store {
  const contacts = new WeakMap<Write, string>()
  /** Statements that were made while no page was open: one may open before they are committed. */
  const unmarked = new Set<string>()
  const mark = (writes: Write[], rows: readonly { readonly contact: string }[]): Write[] => {
    if (!pages.isAnyOpen()) {
      for (const { sql } of writes) unmarked.add(sql)
      return writes
    }
    // Both lists have one entry a row.
    for (const [index, write] of writes.entries()) {
      const row = rows[index]
      if (row) contacts.set(write, row.contact)
    }
    return writes
  }
  return {
    ...store,
    events: {
      ...store.events,
      insert: events => mark(store.events.insert(events), events),
      handle: handled => mark(store.events.handle(handled), handled),
    },
    deliveries: { ...store.deliveries, sent: settled => mark(store.deliveries.sent(settled), settled) },
    commit: async writes => {
      await store.commit(writes)
      if (!pages.isAnyOpen()) return
      const changed = new Set<string>()
      let isAnybody = false
      for (const write of writes) {
        const contact = contacts.get(write)
        if (contact !== undefined) changed.add(contact)
        else if (unmarked.has(write.sql)) isAnybody = true
      }
      if (isAnybody) pages.anyChanged()
      else for (const contact of changed) pages.touch(contact)
    },
  }
}
