/** Opens a draft for the editor and hands it to every part of the page. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { LintContext } from '../../server/engine/index.ts'
import { lazyCode } from '../shell/part.tsx'
import { type KeptCopy, readCopyText } from './kept-copy.ts'
import { createWorkerLinter } from './linter.ts'
import { type OpenDraft, openDraft } from './open-draft.ts'
import type { DraftServer, ServerDraft } from './server.ts'

const DraftContext = createContext<StoreApi<OpenDraft> | undefined>(undefined)

interface DraftProviderProps {
  /** The draft as the server has it now. Another flow needs another `key`. */
  readonly opened: ServerDraft
  readonly server: DraftServer
  /** Channels of the connectors that use the flow, known flows and queues. May arrive later than the draft. */
  readonly lintContext: LintContext
  readonly readOnly: boolean
  readonly children: ReactNode
}

/** Opens the draft while it is on the page. Closing the page asks first if edits would be lost. */
export function DraftProvider({ opened, server, lintContext, readOnly, children }: DraftProviderProps): ReactNode {
  const [store, setStore] = useState<StoreApi<OpenDraft>>()
  const kept = useKept(readOnly ? undefined : opened.flow.id)
  // Opened once: what the server sends later comes by saving and conflicts, not by properties.
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening again would forget undo
  useEffect(() => {
    if (!kept) return
    const timers = { set: (run: () => void, delayMs: number) => window.setTimeout(run, delayMs), clear: (timer: number) => window.clearTimeout(timer) }
    const draft = openDraft({
      opened,
      server,
      storage: window.localStorage,
      kept: kept.copy,
      timers,
      linter: createWorkerLinter(),
      lintContext,
      readOnly,
      now: () => performance.now(),
    })
    setStore(draft)
    const askBeforeLeaving = (event: BeforeUnloadEvent) => {
      if (draft.getState().wouldLose()) event.preventDefault()
    }
    const goOn = () => {
      void draft.getState().saveNow()
      draft.getState().lintAgain()
    }
    const saveWhenHidden = () => {
      if (document.visibilityState === 'hidden' && draft.getState().saveState === 'unsaved') void draft.getState().saveNow()
    }
    window.addEventListener('beforeunload', askBeforeLeaving)
    window.addEventListener('online', goOn)
    document.addEventListener('visibilitychange', saveWhenHidden)
    return () => {
      window.removeEventListener('beforeunload', askBeforeLeaving)
      window.removeEventListener('online', goOn)
      document.removeEventListener('visibilitychange', saveWhenHidden)
      draft.getState().close()
    }
  }, [kept])
  useEffect(() => {
    if (store && store.getState().lintContext !== lintContext) store.getState().setLintContext(lintContext)
  }, [store, lintContext])
  return store ? <DraftContext value={store}>{children}</DraftContext> : null
}

/** What reads a copy, which is rare. */
const lateReader = lazyCode(() => import('./read-copy.ts'))

interface Kept {
  readonly copy: KeptCopy | undefined
}

/** The copy of an earlier visit; undefined until it is known whether there is one. The same object from then on. */
function useKept(id: string | undefined): Kept | undefined {
  const [kept, setKept] = useState<Kept | undefined>(() =>
    id === undefined || readCopyText(window.localStorage, id) === null ? { copy: undefined } : undefined,
  )
  const [failure, setFailure] = useState<unknown>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, as the draft is opened once
  useEffect(() => {
    if (kept || id === undefined) return
    void lateReader.load().then(({ readCopy }) => setKept({ copy: readCopy(window.localStorage, id) }), setFailure)
  }, [])
  // Opening without the copy would lose it with the next save: the page has to be loaded again.
  if (failure !== undefined) throw failure
  return kept
}

/** The store itself, for parts that read it in handlers without drawing. */
export function useDraftStore(): StoreApi<OpenDraft> {
  const store = useContext(DraftContext)
  if (!store) throw new Error('This part of the editor is drawn outside of DraftProvider.')
  return store
}

/** What `selector` takes of the draft; drawn anew only when that changes. */
export function useDraft<T>(selector: (draft: OpenDraft) => T): T {
  return useStore(useDraftStore(), selector)
}
