/** The stores that every contract test runs over, each on a fresh folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '../../server/store/index.ts'

/** A store of its own and how to get rid of it. */
export interface TestStore {
  readonly store: Store
  readonly dir: string
  /** Closes and opens again, as after a restart. */
  reopen(): Promise<Store>
  end(): Promise<void>
}

/** Opens the embedded store in a new folder under the system's temporary one. */
export async function openTestStore(): Promise<TestStore> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-store-'))
  let store = await openStore({ dir, secretKeys: ['a key for tests only'] })
  return {
    get store() {
      return store
    },
    dir,
    reopen: async () => {
      await store.close()
      store = await openStore({ dir, secretKeys: ['a key for tests only'] })
      return store
    },
    end: async () => {
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Every kind of store there is. */
export const STORES: readonly { readonly name: string; readonly open: () => Promise<TestStore> }[] = [{ name: 'SQLite', open: openTestStore }]
