/** What the canvas shows beside the flow: which list is open, what is written in place, what the pointer is over. Gone when it closes. */
import { create } from 'zustand'
import type { ChosenExit, Place } from '../commands/index.ts'
import type { CanvasTools } from './tools.ts'

/** The list of block types under the pointer, and what becomes of the type that is chosen. */
export interface Adding {
  /** In the window, where the list opens. */
  readonly screen: Place
  /** On the canvas, where the block goes; undefined: a good place is found. */
  readonly at: Place | undefined
  /** The exit that leads to the new block. */
  readonly from: ChosenExit | undefined
  /** What was typed before the list was there. */
  readonly typed?: string
}

/** What is written in place. `typed`: letters that came before the field was there. */
export type Writing = { readonly typed?: string } & (
  | { readonly what: 'name' | 'text'; readonly block: string }
  | { readonly what: 'note' | 'frame'; readonly id: string }
)

/** The search in the flow. */
export interface Finding {
  readonly isOpen: boolean
  readonly query: string
  /** Grows each time somebody asks for it: what stands in the field is chosen then, so that typing replaces it. */
  readonly asked: number
  /** Somebody has written in the field since. */
  readonly isTyped: boolean
}

/** State of the open canvas. */
export interface CanvasState {
  readonly adding: Adding | undefined
  readonly writing: Writing | undefined
  /** The connection under the pointer, by its id. */
  readonly hovered: string | undefined
  /** The connection that a dragged block would go into, by its id. */
  readonly dropOn: string | undefined
  /** An exit waits for its target by keyboard. */
  readonly connecting: ChosenExit | undefined
  /** A connection is being dragged from here. */
  readonly dragging: ChosenExit | undefined
  readonly find: Finding
  /** Blocks that a search found; undefined while nothing is searched. */
  readonly found: ReadonlySet<string> | undefined
  readonly isOutlineOpen: boolean
  /** A large flow is seen from so far away that blocks which come into the window are plates. */
  readonly isFar: boolean
  readonly menu: { readonly screen: Place } | undefined
  /** Blocks that were looked at, for going back. */
  readonly trail: readonly string[]
  /** What palette, keys and menus call; undefined while no canvas is in the page. */
  readonly tools: CanvasTools | undefined
}

const CLOSED: CanvasState = {
  adding: undefined,
  writing: undefined,
  hovered: undefined,
  dropOn: undefined,
  connecting: undefined,
  dragging: undefined,
  find: { isOpen: false, query: '', asked: 0, isTyped: false },
  found: undefined,
  isOutlineOpen: false,
  isFar: false,
  menu: undefined,
  trail: [],
  tools: undefined,
}

/** The canvas that is open; there is one at a time. */
export const useCanvas = create<CanvasState>(() => CLOSED)

/** Changes what the canvas shows. */
export function setCanvas(change: Partial<CanvasState>): void {
  useCanvas.setState(change)
}

/** Letters that came between the wish to write something and its field. */
export const typedBefore = () => useCanvas.getState().writing?.typed ?? ''

/** Everything closed, for a canvas that opens or goes. */
export function resetCanvas(): void {
  useCanvas.setState(CLOSED, true)
}

/** Opens the search with something in it. */
export function openFind(query: string): void {
  useCanvas.setState(({ find }) => ({ find: { isOpen: true, query, asked: find.asked + 1, isTyped: false }, menu: undefined }))
}

/** Closes the search; nothing is dimmed any more. */
export function closeFind(): void {
  useCanvas.setState(({ find }) => ({ find: { ...find, isOpen: false, query: '' }, found: undefined }))
}
