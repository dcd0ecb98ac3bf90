/** Opens a draft for the editor and hands it to every part of the page. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { LintContext } from '../../server/engine/index.ts'
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
  // Opened once: what the server sends later comes by saving and conflicts, not by properties.
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening again would forget undo
  useEffect(() => {
    const timers = { set: (run: () => void, delayMs: number) => window.setTimeout(run, delayMs), clear: (timer: number) => window.clearTimeout(timer) }
    const draft = openDraft({
      opened,
      server,
      storage: window.localStorage,
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
    const saveAgain = () => void draft.getState().saveNow()
    const saveWhenHidden = () => {
      if (document.visibilityState === 'hidden' && draft.getState().saveState === 'unsaved') void draft.getState().saveNow()
    }
    window.addEventListener('beforeunload', askBeforeLeaving)
    window.addEventListener('online', saveAgain)
    document.addEventListener('visibilitychange', saveWhenHidden)
    return () => {
      window.removeEventListener('beforeunload', askBeforeLeaving)
      window.removeEventListener('online', saveAgain)
      document.removeEventListener('visibilitychange', saveWhenHidden)
      draft.getState().close()
    }
  }, [])
  useEffect(() => {
    if (store && store.getState().lintContext !== lintContext) store.getState().setLintContext(lintContext)
  }, [store, lintContext])
  return store ? <DraftContext value={store}>{children}</DraftContext> : null
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
