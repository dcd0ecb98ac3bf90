/** Changes of a contact from outside its events, done in its lane like everything else (rule 2). */
import { DomainError, type Event } from '../engine/index.ts'
import type { Store } from '../store/index.ts'
import type { Draft } from './draft.ts'
import type { Lane, Lanes } from './lanes.ts'
import type { Runner } from './runner.ts'

/** Changes lanes. */
export interface LaneChanges {
  /** Applies a change and resolves once it is committed, with the events it caused. */
  change(contact: string, apply: (draft: Draft) => readonly Event[]): Promise<void>
  /** The messenger knows the contact under a new address from now on. */
  move(contact: string, address: string): Promise<void>
}

/** Makes them. */
export function createLaneChanges(store: Store, lanes: Lanes, runner: () => Runner): LaneChanges {
  async function laneOf(contact: string): Promise<Lane> {
    const [lane] = await lanes.byId([contact])
    if (!lane) throw unknownContact(contact)
    return lane
  }

  function changeIn(lane: Lane, apply: (draft: Draft) => readonly Event[]): Promise<void> {
    return new Promise((done, failed) => runner().push(lane, [{ type: 'change', apply, done, failed }]))
  }

  return {
    change: async (contact, apply) => changeIn(await laneOf(contact), apply),
    move: async (contact, address) => {
      const lane = await laneOf(contact)
      const [taken] = await store.contacts.byAddress(lane.connector, [address])
      // Somebody wrote from the new address before: two contacts stay two, the old one keeps its history.
      if (taken) return
      await changeIn(lane, draft => {
        draft.contact.address = address
        draft.writes.push(...store.contacts.move(contact, address))
        draft.after.push(() => lanes.moved(lane, address))
        return []
      })
    },
  }
}

/** Nobody has this id. */
export function unknownContact(contact: string): DomainError {
  return new DomainError('contact.unknown', { message: `There is no contact “${contact}”.`, hint: 'Look the id up in the list of conversations.' })
}
