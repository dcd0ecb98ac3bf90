/** A flow on a canvas of its own, to be looked at. */
import { type ReactNode, useEffect, useMemo } from 'react'
import type { Flow } from '../../server/engine/index.ts'
import { DraftProvider, type DraftServer, useDraftStore } from '../draft/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { PartPlace } from '../shell/PartPlace.tsx'
import { lazyPart } from '../shell/part.tsx'

const Canvas = lazyPart(async () => (await import('../canvas/index.ts')).Canvas)

/** What is shown is nobody's draft: it is never loaded again or saved. */
const nowhere: DraftServer = {
  load: id => Promise.reject(new Error(`What is shown of ${id} is not a draft.`)),
  save: async () => ({ type: 'offline' }),
}
const NO_CONTEXT = { channels: [] }

/** `children` find the shown flow through `useDraft`, beside the canvas. */
export function ShownFlow({ flow, children }: { readonly flow: Flow; readonly children?: ReactNode }) {
  // Opened once; another flow comes by `Keep`, so that the camera stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const opened = useMemo(() => ({ flow, etag: '', updatedAt: 0 }), [])
  return (
    <DraftProvider opened={opened} server={nowhere} lintContext={NO_CONTEXT} readOnly>
      <Keep flow={flow} />
      <PartPlace fallback={<Loading />}>
        <Canvas />
      </PartPlace>
      {children}
    </DraftProvider>
  )
}

/** Problems belong to the draft: what is published cannot be mended here. */
function Keep({ flow }: { readonly flow: Flow }) {
  const store = useDraftStore()
  useEffect(() => {
    store.setState({ flow, problems: [], shownProblems: [] })
    return store.subscribe(({ problems }) => {
      if (problems.length > 0) store.setState({ problems: [], shownProblems: [] })
    })
  }, [store, flow])
  return null
}
