/** The exits of a block: each says by its dot whether it leads somewhere. */
import { type MouseEvent, memo } from 'react'
import { Handle, Position } from 'reactflow'
import { nameOf, type ShownExit } from '../commands/index.ts'
import { useDraft } from '../draft/index.ts'
import { useRun } from '../simulator/run.ts'
import { words } from '../words/en.ts'
import { useCanvas } from './canvas-state.ts'
import { areInRows, growOf } from './exit-rows.ts'

/** Cells side by side; from six exits, or when a label would be cut, rows. */
export const Exits = memo(function Exits({
  block,
  exits,
  shares,
}: {
  readonly block: string
  readonly exits: readonly ShownExit[]
  readonly shares: Readonly<Record<string, string>> | undefined
}) {
  if (exits.length === 0) return null
  const inRows = areInRows(exits)
  return (
    <div className="exits" data-rows={inRows || undefined} data-live={shares ? true : undefined}>
      {exits.map(exit => (
        <ExitCell key={exit.name} block={block} exit={exit} inRows={inRows} share={shares?.[exit.name]} />
      ))}
    </div>
  )
})

/** The one exit `next`: only a dot at the bottom. */
export function ExitDot({ block, exit }: { readonly block: string; readonly exit: ShownExit }) {
  const { state, label, lit } = useExit(block, exit)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button inside cannot be the start of a drag in Firefox
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas has the keys
    <div
      className="exit-alone"
      onClick={event => onExitClick(event, block, exit)}
      data-exit={exit.name}
      data-state={state}
      data-lit={lit || undefined}
      role="button"
      tabIndex={-1}
      aria-label={label}
    >
      <Handle type="source" id={exit.name} position={Position.Bottom} className="dot" data-state={state} data-lit={lit || undefined} />
    </div>
  )
}

function ExitCell(props: { readonly block: string; readonly exit: ShownExit; readonly inRows: boolean; readonly share: string | undefined }) {
  const { block, exit, inRows, share } = props
  const { state, label, lit } = useExit(block, exit)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button inside cannot be the start of a drag in Firefox
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas has the keys
    <div
      className="exit"
      data-exit={exit.name}
      data-state={state}
      data-lit={lit || undefined}
      role="button"
      tabIndex={-1}
      aria-label={label}
      onClick={event => onExitClick(event, block, exit)}
      style={growOf(exit.label, inRows)}
    >
      <span className="exit-label" dir="auto">
        {exit.label}
      </span>
      {share !== undefined && <small>{share}</small>}
      <Handle
        type="source"
        id={exit.name}
        position={inRows ? Position.Right : Position.Bottom}
        className="dot"
        data-state={state}
        data-lit={lit || undefined}
      />
    </div>
  )
}

/** A click on the dot: adds behind an exit that leads nowhere, chooses the connection of one that does. A screen reader clicks the exit itself. */
function onExitClick(event: MouseEvent, block: string, exit: ShownExit): void {
  const isSpoken = event.detail === 0
  if (!isSpoken && !(event.target instanceof Element && event.target.closest('.dot'))) return
  const { tools } = useCanvas.getState()
  if (!tools) return
  event.stopPropagation()
  const from = { block, exit: exit.name }
  if (exit.to === undefined) tools.openAddList({ from, ...(isSpoken ? {} : { screen: [event.clientX, event.clientY] }) })
  else if (isSpoken) tools.goTo(exit.to)
  else tools.draft.getState().choose({ connections: [from] })
}

function useExit(block: string, exit: ShownExit) {
  const target = useDraft(({ flow }) => (exit.to !== undefined && flow.blocks[exit.to] ? nameOf(flow, exit.to) : undefined))
  const lit = useRun(run => run.litExits.has(`${block}.${exit.name}`))
  const isConnecting = useCanvas(({ connecting }) => connecting?.block === block && connecting.exit === exit.name)
  const isBroken = exit.stray || (exit.to !== undefined && target === undefined)
  const state = isConnecting ? 'connecting' : isBroken ? 'error' : target !== undefined ? 'connected' : exit.needed ? 'needed' : 'open'
  return { state, label: labelOf(exit, target, isBroken), lit }
}

function labelOf(exit: ShownExit, target: string | undefined, isBroken: boolean): string {
  if (isBroken) return words.canvas.notAnExit(exit.label)
  if (target !== undefined) return words.canvas.leadsTo(exit.label, target)
  return exit.needed ? words.canvas.leadsNowhereNeeded(exit.label) : words.canvas.leadsNowhere(exit.label)
}
