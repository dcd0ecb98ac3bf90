/** An exit waits for its target: what to do, said where it is seen, and an end to it as soon as somebody does anything else. */
import { useEffect, useRef } from 'react'
import { type ChosenExit, exitLabel, nameOf } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { words } from '../words/en.ts'
import { setCanvas, useCanvas } from './canvas-state.ts'
import { finishConnecting, lead } from './connecting.ts'
import type { CanvasTools } from './tools.ts'

/** Shown while an exit waits for its target. */
export function ConnectBanner({ tools }: { readonly tools: CanvasTools }) {
  const connecting = useCanvas(state => state.connecting)
  return connecting ? <OpenBanner from={connecting} tools={tools} /> : null
}

function OpenBanner({ from, tools }: { readonly from: ChosenExit; readonly tools: CanvasTools }) {
  const banner = useRef<HTMLDivElement>(null)
  const text = useDraft(({ flow }) => words.canvas.connecting(exitLabel(flow, from), nameOf(flow, from.block)))
  useEffect(() => {
    const root = banner.current?.closest('.canvas')
    const end = () => setCanvas({ connecting: undefined })
    const onClick = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.canvas .react-flow__node-block')?.dataset.id : undefined
      if (target === undefined) return end()
      event.preventDefault()
      event.stopPropagation()
      if (lead(tools, from, target)) finishConnecting(tools, from)
    }
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof Node && !root?.contains(target)) end()
    }
    // Before React Flow, for which a click on a block only chooses it.
    document.addEventListener('click', onClick, { capture: true })
    document.addEventListener('focusin', onFocus)
    const leaveDraft = tools.draft.subscribe((state, before) => {
      if (state.flow !== before.flow) end()
    })
    const leaveCanvas = useCanvas.subscribe(({ connecting, adding, writing, find, isOutlineOpen, menu }) => {
      if (connecting && (adding || writing || find.isOpen || isOutlineOpen || menu)) end()
    })
    return () => {
      document.removeEventListener('click', onClick, { capture: true })
      document.removeEventListener('focusin', onFocus)
      leaveDraft()
      leaveCanvas()
    }
  }, [tools, from])
  return (
    <div ref={banner} className="connect-banner">
      {text}
    </div>
  )
}
