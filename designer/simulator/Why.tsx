/** Why the flow left a block: pointing lights the block on the canvas, pressing chooses it. */

import { blockTypeOf } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { simulator as words } from '../words/simulator.ts'
import { showRun } from './run.ts'
import type { Line } from './transcript.ts'
import classes from './Why.module.css'

/** A reason is not said aloud twice: the button is named after what it does. */
export function Why({ line }: { readonly line: Extract<Line, { type: 'why' }> }) {
  const block = useDraft(draft => draft.flow.blocks[line.block])
  const choose = useDraft(draft => draft.choose)
  const type = block ? blockTypeOf(block.type) : undefined
  const view = block ? blockViewOf(block.type) : undefined
  const name = useDraft(draft => nameOf(draft.flow, line.block))
  const point = (pointed: string | undefined) => showRun({ pointed })
  return (
    <button
      type="button"
      className={classes.why}
      data-failure={line.isFailure || undefined}
      aria-description={words.goToBlock(name)}
      onClick={() => choose({ blocks: [line.block] })}
      onMouseEnter={() => point(line.block)}
      onMouseLeave={() => point(undefined)}
      onFocus={() => point(line.block)}
      onBlur={() => point(undefined)}
    >
      {type && view && <BlockTile icon={view.icon} group={type.group} size="small" />}
      <span>
        <b dir="auto">{name}</b> {line.why}
      </span>
    </button>
  )
}
