/** Tells the server what reached the page and what was read, and counts what was not. */
import type { TranscriptEntry } from '../../server/api/webchat-contract.ts'
import type { Server } from './server.ts'
import type { ChatStorage } from './storage.ts'

/** Receipts of the page. */
export interface Receipts {
  /** Looks at the transcript again; `isRead` when the chat is in front of the visitor. Answers how many entries are unread. */
  update(entries: readonly TranscriptEntry[], isRead: boolean): number
}

/** Most deliveries of one receipt; the server takes 200. */
const BATCH = 100

/** Receipts are kept by cursor, so that a reload does not tell everything again. Best effort: a lost one is told with the next. */
export function makeReceipts(server: Server, storage: ChatStorage): Receipts {
  const told = { delivered: storage.get('delivered') ?? '', read: storage.get('read') ?? '' }
  let isTelling = false
  let latest: { readonly entries: readonly TranscriptEntry[]; readonly isRead: boolean } | undefined

  const tell = async (status: 'delivered' | 'read', entries: readonly TranscriptEntry[]): Promise<void> => {
    // Read says delivered too: statuses only move forward.
    const open = after(after(entries, told.read), told[status])
    const cursor = open.at(-1)?.id
    if (cursor === undefined) return
    const deliveries = open.flatMap(entry => entry.delivery ?? [])
    for (let at = 0; at < deliveries.length; at += BATCH) await server.post('receipts', { status, deliveries: deliveries.slice(at, at + BATCH) })
    told[status] = cursor
    storage.set(status, cursor)
  }

  const tellLatest = async (): Promise<void> => {
    if (isTelling) return
    isTelling = true
    // What comes while one receipt is on its way goes with the next.
    for (let next = latest; next !== undefined; next = latest) {
      latest = undefined
      await tell(next.isRead ? 'read' : 'delivered', next.entries).catch(() => undefined)
    }
    isTelling = false
  }

  return {
    update(entries, isRead) {
      latest = { entries, isRead }
      void tellLatest()
      return isRead ? 0 : after(entries, told.read).filter(entry => entry.from === 'flow' || entry.from === 'agent').length
    },
  }
}

function after(entries: readonly TranscriptEntry[], cursor: string): readonly TranscriptEntry[] {
  return entries.filter(entry => entry.id > cursor)
}
