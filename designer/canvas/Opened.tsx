/** What opens over the canvas: the search, the list of block types, the menu, the outline. Each comes when it is asked for. */
import { useEffect, useRef } from 'react'
import { PartPlace } from '../shell/PartPlace.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { words } from '../words/en.ts'
import { type Adding, setCanvas, useCanvas } from './canvas-state.ts'
import { OpenFind, OpenList, OpenMenu, OpenOutline } from './late-parts.ts'
import type { CanvasTools } from './tools.ts'

const LIST_WIDTH = 280
const LIST_HEIGHT = 336

/** Find in the flow, and commands. */
export function Find({ tools }: { readonly tools: CanvasTools }) {
  const isOpen = useCanvas(state => state.find.isOpen)
  if (!isOpen) return null
  return (
    <search className="find" data-keys="own" aria-label={words.canvas.find}>
      <PartPlace fallback={<FindWaits />}>
        <OpenFind tools={tools} />
      </PartPlace>
    </search>
  )
}

/** Takes what is typed while the search is on its way. */
function FindWaits() {
  const find = useCanvas(state => state.find)
  const type = (query: string) => setCanvas({ find: { ...find, query, isTyped: true } })
  return <SearchField autoFocus value={find.query} aria-label={words.canvas.find} onChange={event => type(event.target.value)} />
}

/** The list of block types under the pointer: `/`, a drop into the void, `+` on a connection. */
export function AddList({ tools }: { readonly tools: CanvasTools }) {
  const adding = useCanvas(state => state.adding)
  return adding ? <AddListAt key={adding.screen.join()} adding={adding} tools={tools} /> : null
}

function AddListAt({ adding, tools }: { readonly adding: Adding; readonly tools: CanvasTools }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const leave = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setCanvas({ adding: undefined })
    }
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [])
  const [x, y] = adding.screen
  const left = Math.max(8, Math.min(x, window.innerWidth - LIST_WIDTH - 8))
  const top = Math.max(8, Math.min(y, window.innerHeight - LIST_HEIGHT - 8))
  return (
    <div ref={box} className="add-list" data-keys="own" style={{ left, top, width: LIST_WIDTH }} role="dialog" aria-label={words.canvas.addABlock}>
      <PartPlace fallback={<AddListWaits adding={adding} />}>
        <OpenList adding={adding} tools={tools} />
      </PartPlace>
    </div>
  )
}

/** Takes what is typed while the list is on its way. */
function AddListWaits({ adding }: { readonly adding: Adding }) {
  return (
    <input
      className="add-list-field"
      // biome-ignore lint/a11y/noAutofocus: somebody has just asked to write here
      autoFocus
      value={adding.typed ?? ''}
      aria-label={words.canvas.addABlock}
      onChange={event => setCanvas({ adding: { ...adding, typed: event.target.value } })}
    />
  )
}

/** Opens at the pointer. */
export function CanvasMenu({ tools }: { readonly tools: CanvasTools }) {
  const menu = useCanvas(state => state.menu)
  if (!menu) return null
  return (
    <PartPlace>
      <OpenMenu screen={menu.screen} tools={tools} />
    </PartPlace>
  )
}

/** A button that only the keyboard meets, or the open list. */
export function Outline() {
  const isOpen = useCanvas(state => state.isOutlineOpen)
  if (!isOpen) {
    return (
      <button type="button" className="outline-open" onClick={() => setCanvas({ isOutlineOpen: true })}>
        {words.canvas.outlineOf}
      </button>
    )
  }
  return (
    <PartPlace>
      <OpenOutline />
    </PartPlace>
  )
}
