/** The list twin of the canvas, in flow order, with the same commands: for screen readers, and for whoever prefers to read. */
import { ActionIcon } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { blockTypeOf } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { deleteChosen, exitsOf, flowOrder, nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { spokenName } from './projection.ts'
import { runWithToast } from './tools.ts'

/** A button that only the keyboard meets, or the open list. */
export function Outline() {
  const isOpen = useCanvas(state => state.isOutlineOpen)
  if (isOpen) return <OpenOutline />
  return (
    <button type="button" className="outline-open" onClick={() => setCanvas({ isOutlineOpen: true })}>
      {words.canvas.outlineOf}
    </button>
  )
}

function OpenOutline() {
  const flow = useDraft(draft => draft.flow)
  const problems = useDraft(draft => draft.problems)
  const chosen = useDraft(({ selection }) => selection.blocks[0])
  const list = useRef<HTMLElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('[aria-current="true"], .outline-block')?.focus(), [])
  const tools = useCanvas(state => state.tools)
  const close = () => {
    setCanvas({ isOutlineOpen: false })
    tools?.focusChosen()
  }
  return (
    <nav
      ref={list}
      className="outline"
      data-keys="own"
      aria-label={words.canvas.outlineOf}
      onKeyDown={event => {
        if (event.key === 'Escape') close()
        else if (event.key === 'Delete' && tools) runWithToast(tools, deleteChosen)
      }}
    >
      <div className="outline-head">
        <h2>{words.canvas.outline}</h2>
        <ActionIcon size={26} aria-label={words.canvas.close} onClick={close}>
          <Icon path={icons.close} />
        </ActionIcon>
      </div>
      <ol>
        {flowOrder(flow).map(id => {
          const block = flow.blocks[id]
          if (!block) return null
          const own = problems.filter(problem => problem.block === id)
          return (
            <li key={id}>
              <button
                type="button"
                className="outline-block"
                aria-current={chosen === id}
                aria-label={spokenName(block, own)}
                onFocus={() => tools?.draft.getState().choose({ blocks: [id] })}
                onClick={() => tools?.goTo(id)}
              >
                <BlockTile icon={blockViewOf(block.type)?.icon ?? icons.more} group={blockTypeOf(block.type)?.group ?? 'finish'} size="small" />
                {nameOf(flow, id)}
              </button>
              <ul>
                {exitsOf(block).map(exit => (
                  <li key={exit.name}>
                    <button
                      type="button"
                      className="outline-exit"
                      data-open={exit.to === undefined || undefined}
                      onClick={() => (exit.to === undefined ? tools?.openAddList({ from: { block: id, exit: exit.name } }) : tools?.goTo(exit.to))}
                    >
                      {exit.to === undefined ? words.canvas.leadsNowhere(exit.label) : words.canvas.leadsTo(exit.label, nameOf(flow, exit.to))}
                    </button>
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
