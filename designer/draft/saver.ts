/** Saves a draft by itself: a moment after the last edit, one call at a time, again after a lost connection. */
import type { Flow } from '../../server/engine/index.ts'
import type { SaveState } from './draft.ts'
import { flowJson } from './flow-json.ts'
import { type CopyStorage, dropCopy, keepCopy } from './kept-copy.ts'
import type { DraftServer, SaveAnswer } from './server.ts'

/** Timers, handed in so that tests need not wait. */
export interface Timers {
  set(run: () => void, delayMs: number): number
  clear(timer: number): void
}

/** What the saver needs and whom it tells. */
export interface SaverParts {
  readonly server: DraftServer
  readonly storage: CopyStorage
  readonly timers: Timers
  /** The flow as it is now. */
  flow(): Flow
  tell(state: SaveState, why?: string): void
}

/** The life of a draft's saves. */
export interface Saver {
  /** An edit happened. */
  changed(): void
  /** Saves now, if there is something to save: the connection is back, or somebody asks to try again. */
  saveNow(): Promise<void>
  /** Starts from another state of the server, after a conflict was settled. */
  startFrom(flow: Flow, etag: string): void
  /** The state of the server that the draft was made from. */
  base(): { readonly flow: Flow; readonly etag: string }
  /** Edits that neither the server nor this browser's storage has. */
  wouldLose(): boolean
  close(): void
}

/** After the last edit, ms. */
export const SAVE_AFTER_MS = 700
const KEEP_AFTER_MS = 250
/** Waits between tries without a connection, ms; the last one repeats. */
export const TRY_AGAIN_MS: readonly number[] = [2000, 5000, 15_000, 30_000]

/** Makes the saver of one open draft. */
export function createSaver(parts: SaverParts, base: { readonly flow: Flow; readonly etag: string }): Saver {
  const { server, storage, timers } = parts
  let from = base
  let saveTimer: number | undefined
  let keepTimer: number | undefined
  let tries = 0
  let isKept = true
  let isStopped = false
  let running: Promise<void> | undefined

  const hasEdits = () => parts.flow() !== from.flow
  const clear = () => {
    if (saveTimer !== undefined) timers.clear(saveTimer)
    if (keepTimer !== undefined) timers.clear(keepTimer)
    saveTimer = undefined
    keepTimer = undefined
  }
  const keep = () => {
    keepTimer = undefined
    if (hasEdits()) isKept = keepCopy(storage, { flow: parts.flow(), base: from.flow, etag: from.etag })
  }
  const later = (delayMs: number) => {
    if (saveTimer !== undefined) timers.clear(saveTimer)
    saveTimer = timers.set(() => {
      saveTimer = undefined
      void saveNow()
    }, delayMs)
  }

  function saveNow(): Promise<void> {
    running ??= save().finally(() => {
      running = undefined
    })
    return running
  }

  async function save(): Promise<void> {
    if (isStopped) return
    clear()
    if (!hasEdits()) {
      // Undone back to what the server has.
      dropCopy(storage, from.flow.id)
      isKept = true
      parts.tell('saved')
      return
    }
    keep()
    const flow = parts.flow()
    parts.tell('saving')
    const answer = await server.save(flow.id, flowJson(flow), from.etag).catch((): SaveAnswer => ({ type: 'offline' }))
    if (isStopped) return
    if (answer.type === 'saved') {
      tries = 0
      from = { flow, etag: answer.etag }
      if (hasEdits()) {
        parts.tell('unsaved')
        keep()
        later(SAVE_AFTER_MS)
        return
      }
      dropCopy(storage, flow.id)
      isKept = true
      parts.tell('saved')
      return
    }
    if (answer.type === 'offline') {
      parts.tell('offline')
      later(TRY_AGAIN_MS[Math.min(tries++, TRY_AGAIN_MS.length - 1)] ?? 0)
      return
    }
    if (answer.type === 'conflict') isStopped = true
    parts.tell(answer.type, answer.type === 'refused' ? answer.message : undefined)
  }

  return {
    changed() {
      if (keepTimer === undefined) keepTimer = timers.set(keep, KEEP_AFTER_MS)
      isKept = false
      if (isStopped) return
      if (!running && tries === 0) parts.tell('unsaved')
      if (tries === 0) later(SAVE_AFTER_MS)
    },
    saveNow() {
      tries = 0
      return saveNow()
    },
    startFrom(flow, etag) {
      clear()
      from = { flow, etag }
      tries = 0
      isStopped = false
      if (hasEdits()) {
        parts.tell('unsaved')
        keep()
        later(0)
      } else {
        dropCopy(storage, flow.id)
        isKept = true
        parts.tell('saved')
      }
    },
    base: () => from,
    wouldLose: () => hasEdits() && !isKept,
    close() {
      if (hasEdits()) keep()
      isStopped = true
      clear()
    },
  }
}
