/** A connection: a line in lanes with a head, lit by the run, with `+` to insert while the pointer is on it. */
import { memo } from 'react'
import { BaseEdge, type ConnectionLineComponentProps, type EdgeProps, Position, useStoreApi } from 'reactflow'
import type { Place } from '../commands/index.ts'
import { useRun } from '../simulator/run.ts'
import { words } from '../words/en.ts'
import { useCanvas } from './canvas-state.ts'
import { useMarks } from './marks.ts'
import type { CanvasNode, ConnectionEdge } from './projection.ts'
import { headOf, middleOf, pathOf, type Rect, routeOf } from './route.ts'
import { useRoute } from './use-router.ts'

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
  const points = useRoute(id, source, target, {
    from: [sourceX, sourceY],
    to: [targetX, targetY],
    leaves: sourcePosition === Position.Right ? 'right' : 'bottom',
    source: rectOf(store, source, [sourceX, sourceY]),
    target: rectOf(store, target, [targetX, targetY]),
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
    source: { left: fromX - 104, top: fromY - 96, right: fromX + 104, bottom: fromY },
    target: { left: toX, top: toY, right: toX, bottom: toY },
    lane: 0,
  })
  return (
    <g className="connection-dragged">
      <path d={pathOf(points)} />
      <path className="connection-head" d={headOf([toX, toY])} />
    </g>
  )
}

function rectOf(store: ReturnType<typeof useStoreApi<CanvasNode, ConnectionEdge>>, id: string, [x, y]: Place): Rect {
  const node = store.getState().nodeLookup.get(id)
  const width = node?.measured.width ?? node?.initialWidth ?? 208
  const height = node?.measured.height ?? node?.initialHeight ?? 96
  const { x: left, y: top } = node?.internals.positionAbsolute ?? { x: x - width / 2, y }
  return { left, top, right: left + width, bottom: top + height }
}
