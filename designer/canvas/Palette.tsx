/** The palette at the left: every block type, to drag onto the canvas or to click. */
import { Tooltip } from '@mantine/core'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { BLOCK_TYPES, type BlockType } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { useDraft } from '../draft/index.ts'
import { ActionKeys } from '../shell/ActionButton.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { useCanvas } from './canvas-state.ts'
import './palette.css'
import { carryType } from './pointing.ts'
import { GROUPS } from './rank-types.ts'

/** Block types by group. A click adds behind the chosen block, or into the chosen connection. One stop for Tab; arrows go on from there. */
export function Palette() {
  const readOnly = useDraft(draft => draft.readOnly)
  const [stop, setStop] = useState('')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it have the focus
    <div
      className="palette"
      onKeyDown={event => goAlong(event) && event.preventDefault()}
      onFocus={({ target }) => setStop((target instanceof HTMLElement && target.dataset.type) || '')}
    >
      <Hint name={words.canvas.addABlock} text={words.canvas.addHint}>
        <button
          type="button"
          className="palette-find"
          disabled={readOnly}
          tabIndex={stop === '' ? 0 : -1}
          aria-label={words.canvas.addABlock}
          onClick={() => useCanvas.getState().tools?.openAddList()}
        >
          <span className="palette-find-label">{words.canvas.addABlock}</span>
          <ActionKeys name="add_block" />
        </button>
      </Hint>
      {GROUPS.map(group => (
        <section key={group} aria-label={words.canvas.groups[group]}>
          <h2 className="palette-group">{words.canvas.groups[group]}</h2>
          <ul>
            {BLOCK_TYPES.filter(type => type.group === group).map(type => (
              <li key={type.type}>
                <TypeButton type={type} readOnly={readOnly} isStop={stop === type.type} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TypeButton({ type, readOnly, isStop }: { readonly type: BlockType; readonly readOnly: boolean; readonly isStop: boolean }) {
  return (
    <Hint name={type.title} text={type.purpose}>
      <button
        type="button"
        className="palette-type"
        data-type={type.type}
        draggable={!readOnly}
        disabled={readOnly}
        tabIndex={isStop ? 0 : -1}
        aria-label={words.canvas.addThis(type.title)}
        onClick={() => useCanvas.getState().tools?.add(type.type)}
        onDragStart={event => carryType(event.dataTransfer, type.type)}
      >
        <BlockTile icon={blockViewOf(type.type)?.icon ?? icons.plus} group={type.group} size="small" />
        <span className="palette-name">{type.title}</span>
      </button>
    </Hint>
  )
}

/** The name and what it is for, on hover and on the focus of keys; gone after a click, so that it covers nothing that was just added. */
function Hint({ name, text, children }: { readonly name: string; readonly text: string; readonly children: ReactElement }) {
  const [isHushed, setHushed] = useState(false)
  return (
    <Tooltip
      label={
        <>
          <b className="palette-hint">{name}</b>
          {text}
        </>
      }
      position="right"
      multiline
      maw={260}
      openDelay={500}
      disabled={isHushed}
      events={HINT_EVENTS}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only watches what happens to the button in it */}
      <span className="palette-item" onPointerDown={() => setHushed(true)} onPointerLeave={() => setHushed(false)} onKeyDown={() => setHushed(false)}>
        {children}
      </span>
    </Tooltip>
  )
}

const HINT_EVENTS = { hover: true, focus: true, touch: false }

/** Arrows over everything that can be added. True: the focus moved. */
function goAlong({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  const stops = [...currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const at = stops.findIndex(stop => stop === target)
  const isDown = key === 'ArrowDown' || key === 'ArrowRight'
  const next = isDown ? at + 1 : key === 'ArrowUp' || key === 'ArrowLeft' ? at - 1 : key === 'Home' ? 0 : key === 'End' ? stops.length - 1 : undefined
  if (next === undefined) return false
  stops[next]?.focus()
  return true
}
