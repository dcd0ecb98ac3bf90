/** The canvas with two versions in one picture. It cannot be edited. */
import { ActionIcon } from '@mantine/core'
import { useEffect } from 'react'
import type { Flow } from '../../server/engine/index.ts'
import { showMarks, useCanvas } from '../canvas/index.ts'
import { ShownFlow } from '../shown/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { versions as words } from '../words/versions.ts'
import classes from './ComparedCanvas.module.css'
import type { Picture } from './compare.ts'

interface ComparedCanvasProps {
  readonly picture: Picture
  /** The block of the change that is looked at. */
  readonly pointed: string | undefined
  readonly changes: number
  readonly at: number
  setAt(at: number): void
}

/** Steps through the changes with the camera. */
export function ComparedCanvas({ picture, pointed, changes, at, setAt }: ComparedCanvasProps) {
  const { marks } = picture
  useEffect(() => {
    showMarks(marks)
    return () => showMarks({})
  }, [marks])
  return (
    <div className={classes.canvas}>
      <ShownFlow flow={picture.flow}>
        <Point flow={picture.flow} block={pointed} />
      </ShownFlow>
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

/** Brings the change into sight; one that was removed with nothing left of it is not on the canvas. */
function Point({ flow, block }: { readonly flow: Flow; readonly block: string | undefined }) {
  const tools = useCanvas(state => state.tools)
  useEffect(() => {
    if (block !== undefined && tools && flow.blocks[block]) tools.show(block)
  }, [tools, block, flow])
  return null
}
