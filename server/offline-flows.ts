/** Flows of a DATA_DIR that no server holds: the command line stores and publishes there with the code of the API (rule 7). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTests, saveTests } from './api/flow-tests.ts'
import { publishFlow } from './api/flow-versions.ts'
import { saveDraft } from './api/flows.ts'
import type { MoveChoices } from './api/move-contract.ts'
import { ABILITIES } from './channels/abilities.ts'
import { DomainError, type Problem } from './engine/index.ts'
import { makeId } from './runtime/index.ts'
import { acquireLock, openStore } from './store/index.ts'

export type { MoveChoices }

/** Where flows are kept, opened for a moment. */
export interface OfflineFlows {
  /** Ids of all flows that are not archived. */
  list(): Promise<readonly string[]>
  /** The canonical file of the draft. Throws `flow.unknown`. */
  draft(id: string): Promise<string>
  /** The canonical file of the live version. Throws `flow.unknown`, `flow.not_live`. */
  live(id: string): Promise<string>
  /** Stores a well-formed file as the draft and answers what is still wrong with it. */
  saveDraft(id: string, text: string): Promise<{ readonly isNew: boolean; readonly problems: readonly Problem[] }>
  /**
   * Throws `flow.not_publishable` with the problems in its details. `moves`: what becomes of running conversations, by the block they
   * wait in; without a server it is done when one starts.
   */
  publish(
    id: string,
    note: string,
    moves: MoveChoices,
  ): Promise<{ readonly version: number; readonly hash: string; readonly move?: { readonly total: number } }>
  /** The canonical test file of the flow; undefined while it has none. Throws `flow.unknown`. */
  tests(id: string): Promise<string | undefined>
  /** Stores a well-formed test file beside the draft. Throws `flow.unknown`. */
  saveTests(id: string, text: string): Promise<void>
  close(): Promise<void>
}

/** Takes the lock of `dataDir` and opens its store. Throws `store.locked` while a server holds it; without `make`, `store.missing` for a folder without one. */
export async function openOfflineFlows(options: {
  readonly dataDir: string
  readonly secretKey: string | undefined
  readonly make: boolean
  readonly now: () => number
}): Promise<OfflineFlows> {
  const { dataDir, secretKey, make, now } = options
  if (!make && !existsSync(join(dataDir, 'parley.db'))) {
    throw new DomainError('store.missing', {
      message: `There is no data of Parley in the folder ${dataDir}.`,
      hint: 'Set DATA_DIR to the folder of the server, or name a running server with --url.',
      at: 'DATA_DIR',
    })
  }
  const lock = acquireLock(dataDir)
  try {
    const store = await openStore({ dir: dataDir, ...(secretKey === undefined ? {} : { secretKeys: [secretKey] }) })
    // Nothing runs here that would have to hear of a new version: a server reads them all when it starts.
    const parts = { store, abilities: ABILITIES, now, newId: () => makeId(now()), runtime: { flowsChanged: async () => {} } }
    const stored = async (id: string) => {
      const flow = await store.flows.byId(id)
      if (flow) return flow
      throw new DomainError('flow.unknown', { message: `There is no flow “${id}”.`, hint: '`parley export --all` writes those there are.' })
    }
    return {
      list: async () => (await store.flows.list()).filter(flow => !flow.archived).map(flow => flow.id),
      draft: async id => (await stored(id)).draft,
      live: async id => {
        const { live_version } = await stored(id)
        const [version] = live_version === null ? [] : await store.flows.versionsByNumber([{ flow: id, version: live_version }])
        if (version) return version.file
        throw new DomainError('flow.not_live', { message: `Flow “${id}” was never published.`, hint: 'Leave --live out to get its draft.' })
      },
      saveDraft: async (id, text) => {
        const { isNew, answer } = await saveDraft(parts, id, text)
        return { isNew, problems: answer.problems }
      },
      publish: (id, note, moves) => publishFlow(parts, id, { note, author: 'Command line', moves }),
      tests: async id => {
        const { text, updated_at } = await readTests(parts, id)
        return updated_at === null ? undefined : text
      },
      saveTests: async (id, text) => {
        await saveTests(parts, id, text)
      },
      close: async () => {
        await store.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
