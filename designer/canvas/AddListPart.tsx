/** The list of block types: type, Enter, done. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { exitLabel, nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { type Adding, setCanvas } from './canvas-state.ts'
import { rankTypes } from './rank-types.ts'
import type { CanvasTools } from './tools.ts'

/** The list, in its box. */
export function OpenList({ adding, tools }: { readonly adding: Adding; readonly tools: CanvasTools }) {
  const [query, setQuery] = useState(adding.typed ?? '')
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const listId = useId()
  const { from } = adding
  const hasStart = useDraft(({ flow }) => Object.values(flow.blocks).some(({ type }) => type === 'start'))
  const types = rankTypes(query, { isBehind: from !== undefined, hasStart })
  const behind = useDraft(({ flow }) => (from ? words.canvas.addTo(nameOf(flow, from.block), exitLabel(flow, from)) : ''))

  useEffect(() => {
    field.current?.focus()
    // Behind what was typed while this was on its way.
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active row moves with both
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, query])

  const add = (type: string | undefined) => {
    if (type === undefined) return
    setCanvas({ adding: undefined })
    tools.add(type, { ...(adding.at ? { at: adding.at } : {}), ...(from ? { from } : {}) })
  }
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive(Math.max(0, Math.min(types.length - 1, active + step)))
    else if (event.key === 'Enter') add(types[active]?.type)
    else if (event.key === 'Escape' || event.key === 'Tab') {
      setCanvas({ adding: undefined })
      if (from) tools.focusExit(from)
      else tools.focusChosen()
    } else return
    event.preventDefault()
  }
  return (
    <div ref={box} className="add-list-open">
      <input
        dir="auto"
        ref={field}
        className="add-list-field"
        value={query}
        placeholder={words.canvas.addABlock}
        aria-label={behind === '' ? words.canvas.addABlock : `${words.canvas.addABlock}. ${behind}`}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={types[active] ? `${listId}-${types[active].type}` : undefined}
        onChange={event => {
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKey}
      />
      {behind !== '' && <div className="add-list-behind">{behind}</div>}
      <div className="add-list-types" role="listbox" id={listId} aria-label={words.canvas.addABlock} tabIndex={-1}>
        {types.map((type, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          <div
            key={type.type}
            id={`${listId}-${type.type}`}
            role="option"
            aria-selected={index === active}
            className="add-list-type"
            onPointerMove={() => setActive(index)}
            onClick={() => add(type.type)}
          >
            <BlockTile icon={blockViewOf(type.type)?.icon ?? icons.plus} group={type.group} />
            <span>
              <span className="add-list-title">{type.title}</span>
              <span className="add-list-purpose">{type.purpose}</span>
            </span>
          </div>
        ))}
        {types.length === 0 && (
          <div className="add-list-none">
            <b>{words.canvas.nothingFits}</b>
            <span>{words.canvas.nothingFitsHint}</span>
          </div>
        )}
      </div>
    </div>
  )
}
