/** Erasing a contact, in its lane: nothing that is on its way in or out brings the texts back (rule 39). */
import type { Store } from '../store/index.ts'
import type { Files } from './files.ts'
import type { HttpCalls } from './http/http-calls.ts'
import type { LaneChanges } from './lane-changes.ts'
import type { Lanes } from './lanes.ts'
import type { Outbox } from './outbox.ts'

export interface EraseTools {
  readonly store: Store
  readonly lanes: Lanes
  readonly changes: LaneChanges
  readonly outbox: Outbox
  readonly files: Files
  readonly calls: HttpCalls
  now(): number
}

/** Resolves when everything is blank and the bytes are gone. */
export async function eraseContact({ store, lanes, changes, outbox, files, calls, now }: EraseTools, contact: string): Promise<void> {
  const hashes = (await store.files.ofContact(contact)).flatMap(file => (file.hash === null ? [] : [file.hash]))
  for (let isDone = false; !isDone; ) {
    const [before] = await store.contacts.byId([contact])
    if (before && before.erased_at !== null) break
    const writes = await store.contacts.erase(contact, now())
    await changes.change(contact, draft => {
      // Something came in since the read: read again, or its text would stay.
      if (draft.contact.last_seq !== before?.last_seq || draft.contact.last_delivery !== before.last_delivery) return []
      isDone = true
      const { connector } = draft.contact
      const queued = draft.unsettled
      draft.writes.push(...writes)
      draft.after.push(() => {
        outbox.drop(connector, contact, queued)
        calls.forget(contact)
        void lanes.byId([contact]).then(found => {
          for (const lane of found) {
            lane.state = null
            lanes.forget(lane)
          }
        })
      })
      return []
    })
  }
  await files.sweep(hashes)
}
