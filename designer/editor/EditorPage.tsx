/** The editor of one flow: lays out the parts, knows none of their insides. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { DraftProvider, useDraft } from '../draft/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { useMay } from '../shell/me.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { PartPlace } from '../shell/PartPlace.tsx'
import { PublishDialog } from '../versions/index.ts'
import { words } from '../words/en.ts'
import { CannotOpen } from './CannotOpen.tsx'
import { draftServer } from './draft-server.ts'
import classes from './EditorPage.module.css'
import { Header } from './Header.tsx'
import { useLintContext } from './lint-context.ts'
import { usePanels } from './panels.ts'
import { Canvas, CodePanel, Inspector, Live, Palette, Problems, Simulator, Versions } from './parts.ts'
import { useFirstFocus } from './use-first-focus.ts'
import { warmUpWhenIdle } from './warm-up.ts'

/** The views of a flow, as they stand in the address: `/flows/support`, `/flows/support/versions`. */
const VIEWS = ['draw', 'versions', 'live'] as const
/** A view of a flow. */
export type EditorViewName = (typeof VIEWS)[number]

/** Opens the draft of `id`; `view` is the last part of the address. */
export function EditorPage({ id, view = 'draw' }: { readonly id: string; readonly view?: string | undefined }) {
  const shown = VIEWS.find(known => known === view)
  const mayWrite = useMay('flows:write')
  const lintContext = useLintContext(id)
  const opened = useQuery({ queryKey: ['draft', id], queryFn: () => draftServer.load(id), staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false })
  if (shown === undefined) {
    return (
      <main className={classes.editor}>
        <NotFound />
      </main>
    )
  }
  if (opened.isPending) return <Loading />
  if (opened.isError) return <CannotOpen error={opened.error} />
  return (
    <DraftProvider opened={opened.data} server={draftServer} lintContext={lintContext} readOnly={!mayWrite}>
      <div className={classes.editor}>
        <Header id={id} view={shown} />
        <OfflineStrip />
        <PublishDialog />
        <PartPlace key={shown} fallback={<Loading />}>
          {shown === 'draw' ? <Drawing /> : shown === 'versions' ? <Versions /> : <Live />}
        </PartPlace>
      </div>
    </DraftProvider>
  )
}

function Drawing() {
  const isTrying = usePanels(panels => panels.isTrying)
  const isInspecting = usePanels(panels => panels.isInspecting)
  const { isCoding, setCoding } = usePanels()
  const canvas = useRef<HTMLElement>(null)
  useFirstFocus(canvas)
  useEffect(() => warmUpWhenIdle(), [])
  return (
    <div className={classes.parts} data-trying={isTrying || undefined} data-inspecting={isInspecting || undefined}>
      <aside className={classes.palette} aria-label={words.editor.blocks}>
        <PartPlace>
          <Palette />
        </PartPlace>
      </aside>
      <div className={classes.middle}>
        <main ref={canvas} id="content" className={classes.canvas} aria-label={words.editor.canvas}>
          <PartPlace fallback={<Loading />}>
            <Canvas />
          </PartPlace>
        </main>
        <section className={classes.problems} aria-label={words.editor.problems}>
          <PartPlace>
            <Problems />
          </PartPlace>
        </section>
      </div>
      {isCoding && (
        <aside className={classes.code} aria-label={words.versions.code}>
          <PartPlace fallback={<Loading />}>
            <CodePanel close={() => setCoding(false)} />
          </PartPlace>
        </aside>
      )}
      {isInspecting && !isCoding && (
        <aside className={classes.inspector} aria-label={words.editor.inspector}>
          <PartPlace fallback={<Loading />}>
            <Inspector />
          </PartPlace>
        </aside>
      )}
      {isTrying && (
        <aside className={classes.simulator} aria-label={words.editor.simulator}>
          <PartPlace fallback={<Loading />}>
            <Simulator />
          </PartPlace>
        </aside>
      )}
    </div>
  )
}

function OfflineStrip() {
  const isOffline = useDraft(draft => draft.saveState === 'offline')
  return (
    <div className={classes.strip} hidden={!isOffline}>
      {isOffline ? words.editor.offlineStrip : ''}
    </div>
  )
}
