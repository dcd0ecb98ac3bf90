/** The copy of unsaved edits in this browser: what is in it survives a lost connection, a crash and a closed tab. */
import type { Flow } from '../../server/engine/index.ts'
import { flowJson } from './flow-json.ts'

/** Edits that the server does not have. `etag` and `base` are the state they were made from. */
export interface KeptCopy {
  readonly flow: Flow
  readonly base: Flow
  readonly etag: string
}

/** Where copies are kept: `localStorage`, or a map in tests. */
export type CopyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (id: string) => `parley.draft.${id}`

/** Keeps a copy; false when the browser has no room for it. Synchronous, because a closing page waits for nothing. */
export function keepCopy(storage: CopyStorage, { flow, base, etag }: KeptCopy): boolean {
  try {
    storage.setItem(keyOf(flow.id), `{"flow":${flowJson(flow)},"base":${flowJson(base)},"etag":${JSON.stringify(etag)}}`)
    return true
  } catch {
    // Full or forbidden: the caller then asks before the page is left.
    return false
  }
}

/** Forgets the copy of a flow. */
export function dropCopy(storage: CopyStorage, id: string): void {
  try {
    storage.removeItem(keyOf(id))
  } catch {
    // Forbidden storage has no copy either.
  }
}

/** The copy as it was stored; null without one. */
export function readCopyText(storage: CopyStorage, id: string): string | null {
  try {
    return storage.getItem(keyOf(id))
  } catch {
    // Forbidden storage has no copy either.
    return null
  }
}
