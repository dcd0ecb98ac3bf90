/** The list twin of the canvas, in flow order, with the same commands: for screen readers, and for whoever prefers to read. */
import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { blockTypeOf } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { deleteChosen, exitsOf, flowOrder, nameOf } from '../commands/index.ts'
import { problemsOf, useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { spokenName } from './projection.ts'
import { runWithToast } from './tools.ts'

/** The open list. */
export function OpenOutline() {
  const flow = useDraft(draft => draft.flow)
  const problems = useDraft(draft => draft.shownProblems)
  const chosen = useDraft(({ selection }) => selection.blocks[0])
  const list = useRef<HTMLElement>(null)
  const order = flowOrder(flow)
  // One stop for Tab; arrows go on from there.
  const stop = chosen !== undefined && flow.blocks[chosen] ? chosen : order[0]
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
        else if (goAlong(event)) event.preventDefault()
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
        {order.map(id => {
          const block = flow.blocks[id]
          if (!block) return null
          return (
            <li key={id} className="outline-row">
              <button
                type="button"
                className="outline-block"
                tabIndex={stop === id ? 0 : -1}
                aria-current={chosen === id}
                aria-label={spokenName(block, problemsOf(problems, id), nameOf(flow, id))}
                onFocus={() => tools?.draft.getState().choose({ blocks: [id] })}
                onClick={() => tools?.goTo(id)}
              >
                <BlockTile icon={blockViewOf(block.type)?.icon ?? icons.more} group={blockTypeOf(block.type)?.group ?? 'finish'} size="small" />
                <span dir="auto">{nameOf(flow, id)}</span>
              </button>
              <ul>
                {exitsOf(block).map(exit => (
                  <li key={exit.name}>
                    <button
                      type="button"
                      className="outline-exit"
                      tabIndex={-1}
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

/** Up and down over the blocks, right and left over their exits. True: the focus moved. */
function goAlong({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  const element = target instanceof Element ? target.closest('button') : null
  const row = element?.closest('.outline-row')
  if (!row || !element) return false
  const rows = [...currentTarget.querySelectorAll('.outline-row')]
  const own = [...row.querySelectorAll('button')]
  const at = own.indexOf(element)
  const block = (index: number) => rows[index]?.querySelector('button') ?? undefined
  const next =
    key === 'ArrowDown'
      ? block(rows.indexOf(row) + 1)
      : key === 'ArrowUp'
        ? block(rows.indexOf(row) - (at > 0 ? 0 : 1))
        : key === 'ArrowRight'
          ? own[at + 1]
          : key === 'ArrowLeft'
            ? own[at - 1]
            : key === 'Home'
              ? block(0)
              : key === 'End'
                ? block(rows.length - 1)
                : undefined
  next?.focus()
  return next !== undefined || /^(Arrow|Home|End)/.test(key)
}
