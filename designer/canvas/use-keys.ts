/** The canvas by keyboard alone: walk, connect, add, move, write and delete without a pointer. */
import { type RefObject, useEffect } from 'react'
import { type ChosenExit, chooseAll, countChosen, type Direction, deleteChosen, exitsOf, flowOrder, nameOf, nudge, takeOut, walk } from '../commands/index.ts'
import { closeFind, setCanvas, useCanvas } from './canvas-state.ts'
import { connectFrom, editText, insertHere, rename, startConnecting } from './carry-out.ts'
import { finishConnecting, lead } from './connecting.ts'
import { STEPS } from './edits.ts'
import { isForCanvas, thingOf } from './focus.ts'
import { exitOf } from './pointing.ts'
import { type CanvasTools, chooseNothing, runWithToast } from './tools.ts'

const ARROWS: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }
/** Letters that come within this time look for one name, ms. */
const TYPING_MS = 800

/** Listens while the canvas is in the page. */
export function useCanvasKeys(tools: CanvasTools, root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const typed = { text: '', at: 0 }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isForCanvas(event.target, root.current)) return
      if (keepForField(event) || chooseFocused(tools, event)) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      const exit = event.target instanceof Element ? exitOf(event.target) : undefined
      const isHandled =
        event.ctrlKey || event.metaKey ? withControl(tools, event) : exit ? onExit(tools, exit, event) || onCanvas(tools, event) : onCanvas(tools, event)
      if (!isHandled && !(useCanvas.getState().connecting && goByTyping(tools, typed, event))) return
      event.preventDefault()
      event.stopPropagation()
    }
    // Before the shortcuts of the page: a letter of a name that is typed while connecting is no shortcut.
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [tools, root])
}

/** What was just added is about to be written: its field is not there yet, and no letter may be lost or taken for a shortcut. */
function keepForField(event: KeyboardEvent): boolean {
  const { writing } = useCanvas.getState()
  if (!writing || event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false
  setCanvas({ writing: { ...writing, typed: (writing.typed ?? '') + event.key } })
  return true
}

/** What has the focus but is not chosen is chosen by the next key, unless that key would delete it or leave it. True: that was all. */
function chooseFocused(tools: CanvasTools, event: KeyboardEvent): boolean {
  if (/^(Delete|Backspace|Escape|Shift|Control|Alt|Meta)$/.test(event.key)) return false
  const focused = thingOf(document.activeElement)
  if (!focused || countChosen(tools.draft.getState().selection) > 0) return false
  tools.draft.getState().choose(focused)
  return /^(Arrow.*|Enter| )$/.test(event.key)
}

function withControl(tools: CanvasTools, event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() !== 'a' || event.shiftKey) return false
  return tools.draft.getState().run(chooseAll, undefined)
}

/** Keys on a block, a note, or nothing. True: the key did something. */
function onCanvas(tools: CanvasTools, event: KeyboardEvent): boolean {
  const { selection } = tools.draft.getState()
  const focused = thingOf(document.activeElement)?.blocks[0]
  // Among several that are chosen, the one that has the focus.
  const block = selection.blocks.find(id => id === focused) ?? selection.blocks[0]
  const arrow = ARROWS[event.key]
  if (arrow) {
    // With Shift it aligns, which the page listens for.
    if (event.altKey && event.shiftKey) return false
    if (event.altKey) return tools.run(nudge, { by: STEPS[arrow] })
    return tools.run(walk, { to: arrow })
  }
  switch (event.key) {
    case 'Tab':
      return block !== undefined && tab(tools, block, undefined, event.shiftKey)
    case 'Enter':
      return enter(tools)
    case 'Escape':
      return leave(tools)
    case 'Delete':
    case 'Backspace':
      if (event.shiftKey) runWithToast(tools, takeOut)
      else runWithToast(tools, deleteChosen)
      return true
    case 'F2':
      rename(tools)
      return true
    case '/':
      tools.openAddList()
      return true
    case 'i':
    case 'I':
      return insertHere(tools)
    case 'c':
    case 'C':
      return !useCanvas.getState().connecting && connectFrom(tools, block)
    default:
      return false
  }
}

/** Keys on an exit of a block. */
function onExit(tools: CanvasTools, exit: ChosenExit, event: KeyboardEvent): boolean {
  const { flow } = tools.draft.getState()
  const block = flow.blocks[exit.block]
  const to = block?.exits?.[exit.exit]
  const names = block ? exitsOf(block).map(({ name }) => name) : []
  const beside = (step: number) => names[names.indexOf(exit.exit) + step]
  switch (event.key) {
    case 'Tab':
      return tab(tools, exit.block, exit.exit, event.shiftKey)
    case 'ArrowRight':
    case 'ArrowLeft': {
      const next = beside(event.key === 'ArrowRight' ? 1 : -1)
      if (next !== undefined) tools.focusExit({ block: exit.block, exit: next })
      return true
    }
    case 'ArrowDown':
      if (to !== undefined) tools.goTo(to)
      return true
    case 'ArrowUp':
    case 'Escape':
      tools.draft.getState().choose({ blocks: [exit.block] })
      tools.focusChosen()
      return true
    case ' ':
    case 'Enter':
      if (to === undefined) tools.openAddList({ from: exit })
      else tools.goTo(to)
      return true
    case '/':
    case 'i':
    case 'I':
      tools.openAddList({ from: exit })
      return true
    case 'c':
    case 'C':
      startConnecting(tools, exit)
      return true
    case 'Delete':
    case 'Backspace':
      if (to === undefined) return true
      tools.draft.getState().choose({ connections: [exit] })
      runWithToast(tools, deleteChosen)
      tools.focusExit(exit)
      return true
    default:
      return false
  }
}

/** Block, its exits, the next block in flow order. At either end the key goes on to what is beside the canvas. */
function tab(tools: CanvasTools, block: string, exit: string | undefined, isBack: boolean): boolean {
  const { flow } = tools.draft.getState()
  const known = flow.blocks[block]
  if (!known) return false
  const stops = [undefined, ...exitsOf(known).map(({ name }) => name)]
  const next = stops.indexOf(exit) + (isBack ? -1 : 1)
  if (next >= 0 && next < stops.length) {
    const stop = stops[next]
    if (stop === undefined) tools.focusChosen()
    else tools.focusExit({ block, exit: stop })
    return true
  }
  const order = flowOrder(flow)
  const other = order[order.indexOf(block) + (isBack ? -1 : 1)]
  if (other === undefined) return false
  tools.draft.getState().choose({ blocks: [other] })
  const last = exitsOf(flow.blocks[other] ?? known).at(-1)
  tools.focusChosen()
  if (isBack && last) tools.focusExit({ block: other, exit: last.name })
  return true
}

function enter(tools: CanvasTools): boolean {
  const { connecting } = useCanvas.getState()
  const { selection } = tools.draft.getState()
  const [block] = selection.blocks
  if (connecting && block !== undefined) {
    if (lead(tools, connecting, block)) finishConnecting(tools, connecting)
    return true
  }
  editText(tools)
  return true
}

/** Back one step: from connecting, from the search, from what is chosen. */
function leave(tools: CanvasTools): boolean {
  const { connecting, find, menu } = useCanvas.getState()
  if (connecting) finishConnecting(tools, connecting)
  else if (menu) setCanvas({ menu: undefined })
  else if (find.isOpen) closeFind()
  else chooseNothing(tools)
  return true
}

/** Into the chosen connection, or behind the chosen block: its first free exit, else its first one. */
/** While connecting, typing the beginning of a name goes to that block. */
function goByTyping(tools: CanvasTools, typed: { text: string; at: number }, event: KeyboardEvent): boolean {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false
  typed.text = event.timeStamp - typed.at > TYPING_MS ? event.key : typed.text + event.key
  typed.at = event.timeStamp
  const { flow } = tools.draft.getState()
  const wish = typed.text.toLowerCase()
  const found = flowOrder(flow).find(id => nameOf(flow, id).toLowerCase().startsWith(wish))
  if (found === undefined) return true
  tools.draft.getState().choose({ blocks: [found] })
  tools.focusChosen()
  return true
}
