/** The canvas with two versions in one picture. It cannot be edited. */
import { ActionIcon } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { showMarks, useCanvas } from '../canvas/index.ts'
import { DraftProvider, type DraftServer, useDraftStore } from '../draft/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { PartPlace } from '../shell/PartPlace.tsx'
import { lazyPart } from '../shell/part.tsx'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { versions as words } from '../words/versions.ts'
import classes from './ComparedCanvas.module.css'
import type { Picture } from './compare.ts'

const Canvas = lazyPart(async () => (await import('../canvas/index.ts')).Canvas)

interface ComparedCanvasProps {
  readonly picture: Picture
  /** The block of the change that is looked at. */
  readonly pointed: string | undefined
  readonly changes: number
  readonly at: number
  setAt(at: number): void
}

/** What is shown is nobody's draft: nothing of it is ever loaded again or saved. */
const nowhere: DraftServer = {
  load: id => Promise.reject(new Error(`The picture of ${id} is not a draft.`)),
  save: async () => ({ type: 'offline' }),
}
const NO_CONTEXT = { channels: [] }

/** Steps through the changes with the camera. */
export function ComparedCanvas({ picture, pointed, changes, at, setAt }: ComparedCanvasProps) {
  const { marks } = picture
  useEffect(() => {
    showMarks(marks)
    return () => showMarks({})
  }, [marks])
  // Opened once; later pictures come by `Keep`, so that the camera stays where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const opened = useMemo(() => ({ flow: picture.flow, etag: '', updatedAt: 0 }), [])
  return (
    <div className={classes.canvas}>
      <DraftProvider opened={opened} server={nowhere} lintContext={NO_CONTEXT} readOnly>
        <Keep picture={picture} pointed={pointed} />
        <PartPlace fallback={<Loading />}>
          <Canvas />
        </PartPlace>
      </DraftProvider>
      {changes > 1 && (
        <div className={classes.walk}>
          <ActionIcon aria-label={words.previous} onClick={() => setAt((at + changes - 1) % changes)}>
            <Icon path={icons.chevronLeft} />
          </ActionIcon>
          <span aria-live="polite">{words.changeOf(at + 1, changes)}</span>
          <ActionIcon aria-label={words.next} onClick={() => setAt((at + 1) % changes)}>
            <Icon path={icons.chevronRight} />
          </ActionIcon>
        </div>
      )}
    </div>
  )
}

function Keep({ picture, pointed }: { readonly picture: Picture; readonly pointed: string | undefined }) {
  const store = useDraftStore()
  const tools = useCanvas(state => state.tools)
  useEffect(() => store.setState({ flow: picture.flow, problems: [] }), [store, picture])
  useEffect(() => {
    if (pointed !== undefined && tools && picture.flow.blocks[pointed]) tools.show(pointed)
  }, [tools, pointed, picture])
  return null
}
