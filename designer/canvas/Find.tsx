/** Find in the flow: what does not fit is dimmed, Enter goes to the next place, Esc closes. */
import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { blockTypeOf } from '../../server/engine/index.ts'
import { BlockTile, blockViewOf } from '../blocks/index.ts'
import { nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { type Hit, searchFlow } from './search.ts'
import type { CanvasTools } from './tools.ts'

/** Shown while it is open. */
export function Find({ tools }: { readonly tools: CanvasTools }) {
  const isOpen = useCanvas(state => state.find.isOpen)
  return isOpen ? <OpenFind tools={tools} /> : null
}

function OpenFind({ tools }: { readonly tools: CanvasTools }) {
  const query = useCanvas(state => state.find.query)
  const flow = useDraft(draft => draft.flow)
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const hits = useMemo(() => searchFlow(flow, query), [flow, query])

  useEffect(() => field.current?.select(), [])
  useEffect(() => setCanvas({ found: query.trim() === '' ? undefined : new Set(hits.map(hit => hit.block)) }), [hits, query])

  const close = () => {
    setCanvas({ find: { isOpen: false, query: '' }, found: undefined })
    tools.focusChosen()
  }
  const goTo = (index: number) => {
    const place = (index + hits.length) % Math.max(1, hits.length)
    const hit = hits[place]
    if (!hit) return
    setActive(place)
    tools.goTo(hit.block)
    // Typing goes on where it was; the block is chosen and seen.
    requestAnimationFrame(() => requestAnimationFrame(() => field.current?.focus()))
  }
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const isFirst = event.key === 'Enter' && !event.shiftKey && useCanvas.getState().found !== undefined && !isShown(tools, hits[active])
      goTo(isFirst ? active : event.key === 'ArrowUp' || event.shiftKey ? active - 1 : active + 1)
    } else return
    event.preventDefault()
  }
  return (
    <search className="find" data-keys="own" aria-label={words.canvas.find}>
      <div className="find-row">
        <Icon path={icons.search} />
        <input
          ref={field}
          className="find-field"
          value={query}
          placeholder={words.canvas.findPlaceholder}
          aria-label={words.canvas.find}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={listId}
          aria-activedescendant={hits[active] ? `${listId}-${active}` : undefined}
          onChange={event => {
            setActive(0)
            setCanvas({ find: { isOpen: true, query: event.target.value } })
          }}
          onKeyDown={onKey}
        />
        <span className="find-count" role="status">
          {query.trim() === '' ? '' : hits.length === 0 ? words.canvas.findNothing : words.canvas.found(hits.length)}
        </span>
        <ActionIcon size={26} aria-label={words.canvas.previous} disabled={hits.length === 0} onClick={() => goTo(active - 1)}>
          <Icon path={icons.arrowUp} />
        </ActionIcon>
        <ActionIcon size={26} aria-label={words.canvas.next} disabled={hits.length === 0} onClick={() => goTo(active + 1)}>
          <Icon path={icons.chevronDown} />
        </ActionIcon>
        <ActionIcon size={26} aria-label={words.canvas.close} onClick={close}>
          <Icon path={icons.close} />
        </ActionIcon>
      </div>
      {hits.length > 0 && (
        <div className="find-hits" role="listbox" id={listId} aria-label={words.canvas.find} tabIndex={-1}>
          {hits.map((hit, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
            <div
              key={`${hit.block} ${hit.kind} ${hit.excerpt}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className="find-hit"
              onClick={() => goTo(index)}
            >
              <HitTile block={hit.block} />
              <b>{nameOf(flow, hit.block)}</b>
              <span className="find-kind">{words.canvas.hitKinds[hit.kind]}</span>
              {hit.kind !== 'name' && <span className="find-excerpt">{hit.excerpt}</span>}
            </div>
          ))}
        </div>
      )}
    </search>
  )
}

function HitTile({ block }: { readonly block: string }) {
  const type = useDraft(({ flow }) => flow.blocks[block]?.type ?? '')
  return <BlockTile icon={blockViewOf(type)?.icon ?? icons.more} group={blockTypeOf(type)?.group ?? 'finish'} size="small" />
}

/** The first Enter goes to the first place, further ones on. */
function isShown(tools: CanvasTools, hit: Hit | undefined): boolean {
  return hit !== undefined && tools.draft.getState().selection.blocks[0] === hit.block
}
