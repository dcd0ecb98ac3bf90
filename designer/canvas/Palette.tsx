/** The palette at the left: every block type, to drag onto the canvas or to click. */
import { Tooltip } from '@mantine/core'
import { BLOCK_TYPES, type BlockType } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { useDraft } from '../draft/index.ts'
import { icons } from '../ui/icons.ts'
import { Keys } from '../ui/Keys.tsx'
import { words } from '../words/en.ts'
import { useCanvas } from './canvas-state.ts'
import './palette.css'
import { carryType } from './pointing.ts'
import { GROUPS } from './rank-types.ts'

/** Block types by group. A click adds behind the chosen block, or into the chosen connection. */
export function Palette() {
  const readOnly = useDraft(draft => draft.readOnly)
  return (
    <div className="palette">
      <button type="button" className="palette-find" disabled={readOnly} onClick={() => useCanvas.getState().tools?.openAddList()}>
        <span className="palette-find-label">{words.canvas.addABlock}</span>
        <Keys keys="/" />
      </button>
      {GROUPS.map(group => (
        <section key={group} aria-label={words.canvas.groups[group]}>
          <h2 className="palette-group">{words.canvas.groups[group]}</h2>
          <ul>
            {BLOCK_TYPES.filter(type => type.group === group).map(type => (
              <li key={type.type}>
                <TypeButton type={type} readOnly={readOnly} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TypeButton({ type, readOnly }: { readonly type: BlockType; readonly readOnly: boolean }) {
  return (
    <Tooltip label={type.purpose} position="right" multiline maw={260} openDelay={700}>
      <button
        type="button"
        className="palette-type"
        draggable={!readOnly}
        disabled={readOnly}
        aria-label={words.canvas.addThis(type.title)}
        onClick={() => useCanvas.getState().tools?.add(type.type)}
        onDragStart={event => carryType(event.dataTransfer, type.type)}
      >
        <BlockTile icon={blockViewOf(type.type)?.icon ?? icons.plus} group={type.group} size="small" />
        <span className="palette-name">{type.title}</span>
      </button>
    </Tooltip>
  )
}
