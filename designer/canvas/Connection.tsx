/** A connection: a line in lanes with a head, lit by the run, with `+` to insert while the pointer is on it. */
import { memo } from 'react'
import { BaseEdge, type ConnectionLineComponentProps, type EdgeProps, Position, useStoreApi } from 'reactflow'
import { useRun } from '../simulator/run.ts'
import { words } from '../words/en.ts'
import { useCanvas } from './canvas-state.ts'
import { useMarks } from './marks.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import { headOf, middleOf, pathOf, routeOf, type Span } from './route.ts'

/** Hit area of a line, px. */
const REACH = 24

/** Draws one connection. */
export const Connection = memo(function Connection(props: EdgeProps<ConnectionEdge>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, sourcePosition, selected, data, sourceHandleId } = props
  const store = useStoreApi<CanvasNode, ConnectionEdge>()
  const isLit = useRun(run => run.litExits.has(id))
  const isHovered = useCanvas(state => state.hovered === id)
  const isDropOn = useCanvas(state => state.dropOn === id)
  const isDimmed = useCanvas(({ found }) => found !== undefined && !(found.has(source) && found.has(target)))
  const mark = useMarks(marks => marks.connections.get(id))
  const width = useMarks(marks => marks.widths.get(id))
  const points = routeOf({
    from: [sourceX, sourceY],
    to: [targetX, targetY],
    leaves: sourcePosition === Position.Right ? 'right' : 'bottom',
    source: spanOf(store, source, sourceX),
    target: spanOf(store, target, targetX),
    lane: data?.lane ?? 0,
  })
  const path = pathOf(points)
  const [x, y] = middleOf(points)
  return (
    <g
      className="connection"
      data-state={isLit ? 'lit' : selected ? 'selected' : isHovered || isDropOn ? 'hovered' : undefined}
      data-mark={mark ?? (isDimmed ? 'dimmed' : undefined)}
    >
      {isLit && <path className="connection-glow" d={path} />}
      <BaseEdge path={path} interactionWidth={REACH} {...(width === undefined ? {} : { style: { strokeWidth: width } })} />
      <path className="connection-head" d={headOf([targetX, targetY])} />
      {(isHovered || isDropOn) && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a button cannot stand in a drawing
        <g
          className="connection-plus"
          data-drop={isDropOn || undefined}
          onClick={event => {
            event.stopPropagation()
            useCanvas.getState().tools?.openAddList({ screen: [event.clientX, event.clientY], from: { block: source, exit: sourceHandleId ?? 'next' } })
          }}
        >
          <title>{words.canvas.insert}</title>
          <circle cx={x} cy={y} r={11} />
          <path d={`M${x - 4} ${y}h8M${x} ${y - 4}v8`} />
        </g>
      )}
    </g>
  )
})

/** The line that is dragged from an exit, dashed until it arrives. */
export function DraggedLine({ fromX, fromY, toX, toY, fromPosition }: ConnectionLineComponentProps) {
  const points = routeOf({
    from: [fromX, fromY],
    to: [toX, toY],
    leaves: fromPosition === Position.Right ? 'right' : 'bottom',
    source: { left: fromX - 104, right: fromX + 104 },
    target: { left: toX, right: toX },
    lane: 0,
  })
  return (
    <g className="connection-dragged">
      <path d={pathOf(points)} />
      <path className="connection-head" d={headOf([toX, toY])} />
    </g>
  )
}

function spanOf(store: ReturnType<typeof useStoreApi<CanvasNode, ConnectionEdge>>, id: string, middle: number): Span {
  const node = store.getState().nodeLookup.get(id)
  const width = node?.measured.width ?? node?.initialWidth ?? 208
  const left = node?.internals.positionAbsolute.x ?? middle - width / 2
  return { left, right: left + width }
}
