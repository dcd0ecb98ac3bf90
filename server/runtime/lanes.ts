/** The lanes in memory: found by contact or by address, at most so many, the least used leave first. */
import type { Contact } from '../engine/index.ts'
import { DomainError } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import type { Job } from './job.ts'
import { type LaneState, newLane, readLanes } from './lane.ts'

/** A lane and what waits to be done in it. `state` null: it has to be read again. */
export interface Lane {
  state: LaneState | null
  readonly id: string
  readonly connector: string
  address: string
  readonly jobs: Job[]
  running: boolean
  /** In hand at so many crashes, as found at the start of this process (rule 27); a failed commit is no crash. */
  crashes: number
  /** When the last event of the contact arrived (rule 31). */
  arrived_at: number
  /** Somebody who has no row yet. */
  readonly newcomer: Contact | null
}

/** The lanes of a runtime. */
export interface Lanes {
  /** In memory, or undefined. */
  peek(connector: string, address: string): Lane | undefined
  /** Found, read, or made for a newcomer. */
  byAddress(connector: string, address: string, newcomer: () => Contact): Promise<Lane>
  byId(ids: readonly string[]): Promise<readonly Lane[]>
  /** Reads the state again after a lost race. */
  reload(lane: Lane): Promise<LaneState>
  /** Forgets a lane that must not be written from memory any more. */
  forget(lane: Lane): void
  /** The contact has a new address. */
  moved(lane: Lane, address: string): void
  /** Contacts with waiting events, after a start. */
  behind(limit: number, after: string): Promise<readonly Lane[]>
}

/** Makes the cache. */
export function createLanes(store: Store, most: number, now: () => number): Lanes {
  const byContact = new Map<string, Lane>()
  const byPlace = new Map<string, Lane>()
  const reading = new Map<string, Promise<Lane>>()
  const placeOf = (connector: string, address: string) => `${connector} ${address}`

  function keep(state: LaneState, newcomer: Contact | null): Lane {
    const { id, connector, address } = state.contact
    const known = byContact.get(id)
    if (known) return known
    const lane: Lane = { state, id, connector, address, jobs: [], running: false, crashes: state.contact.crashes, arrived_at: 0, newcomer }
    byContact.set(id, lane)
    byPlace.set(placeOf(connector, address), lane)
    if (byContact.size > most) evict()
    return lane
  }

  function evict(): void {
    for (const lane of byContact.values()) {
      if (lane.running || lane.jobs.length > 0 || (lane.state?.waiting.length ?? 0) > 0) continue
      forget(lane)
      if (byContact.size <= most * 0.9) return
    }
  }

  function forget(lane: Lane): void {
    byContact.delete(lane.id)
    const place = placeOf(lane.connector, lane.address)
    if (byPlace.get(place) === lane) byPlace.delete(place)
  }

  /** Moves a lane to the young end of the map. */
  function touch(lane: Lane): Lane {
    byContact.delete(lane.id)
    byContact.set(lane.id, lane)
    return lane
  }

  async function readByAddress(connector: string, address: string, newcomer: () => Contact): Promise<Lane> {
    const [state] = await readLanes(store, await store.contacts.byAddress(connector, [address]))
    if (state) return keep(state, null)
    const contact = newcomer()
    return keep(newLane(connector, address, contact, now()), contact)
  }

  return {
    peek: (connector, address) => {
      const lane = byPlace.get(placeOf(connector, address))
      return lane && touch(lane)
    },
    byAddress: (connector, address, newcomer) => {
      const place = placeOf(connector, address)
      const known = byPlace.get(place)
      if (known) return Promise.resolve(touch(known))
      // Two first messages of one person must find one lane.
      const pending = reading.get(place)
      if (pending) return pending
      const read = readByAddress(connector, address, newcomer).finally(() => reading.delete(place))
      reading.set(place, read)
      return read
    },
    byId: async ids => {
      const missing = ids.filter(id => !byContact.has(id))
      if (missing.length > 0) for (const state of await readLanes(store, await store.contacts.byId(missing))) keep(state, null)
      return ids.flatMap(id => {
        const lane = byContact.get(id)
        return lane ? [touch(lane)] : []
      })
    },
    reload: async lane => {
      const [state] = await readLanes(store, await store.contacts.byAddress(lane.connector, [lane.address]))
      if (state?.contact.id === lane.id) lane.state = state
      else if (!state && lane.newcomer) lane.state = newLane(lane.connector, lane.address, lane.newcomer, now())
      else {
        forget(lane)
        throw new DomainError('contact.gone', { message: `Contact ${lane.id} is not there any more.`, retry: 'later' })
      }
      return lane.state
    },
    forget,
    moved: (lane, address) => {
      byPlace.delete(placeOf(lane.connector, lane.address))
      lane.address = address
      byPlace.set(placeOf(lane.connector, address), lane)
    },
    behind: async (limit, after) => (await readLanes(store, await store.contacts.behind(limit, after))).map(state => keep(state, null)),
  }
}
