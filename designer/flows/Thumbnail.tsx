/** The first steps of a flow as a small picture. */
import type { FlowSummary } from '../../server/api/contract.ts'
import classes from './Thumbnail.module.css'

type Shape = FlowSummary['shape']

const WIDTH = 72
const HEIGHT = 48
const BLOCK_HEIGHT = 6
/** Widths of a block in a row of one, two and three. */
const BLOCK_WIDTHS = [20, 18, 17]

/** Decoration: the name beside it says what it is. */
export function Thumbnail({ shape, scale = 1 }: { readonly shape: Shape; readonly scale?: number }) {
  const places = placesOf(shape)
  return (
    <svg className={classes.thumbnail} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH * scale} height={HEIGHT * scale} aria-hidden="true" focusable="false">
      {shape.lines.map(([from, to]) => {
        const [start, end] = [places[from], places[to]]
        if (!start || !end) return null
        const middle = (start.y + BLOCK_HEIGHT + end.y) / 2
        return <path key={`${from} ${to}`} d={`M${start.x} ${start.y + BLOCK_HEIGHT}V${middle}H${end.x}V${end.y}`} />
      })}
      {places.map(({ x, y, width, group }) => (
        <rect
          key={`${x} ${y}`}
          data-group={group}
          x={x - width / 2}
          y={y}
          width={width}
          height={BLOCK_HEIGHT}
          rx={group === 'entries' || group === 'finish' ? 3 : 2}
        />
      ))}
    </svg>
  )
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly group: Shape['rows'][number][number]
}

/** Rows evenly from top to bottom, blocks evenly about the middle. */
function placesOf({ rows }: Shape): readonly Place[] {
  const gap = Math.min(13, (HEIGHT - 8 - BLOCK_HEIGHT) / Math.max(1, rows.length - 1))
  const top = (HEIGHT - BLOCK_HEIGHT - gap * (rows.length - 1)) / 2
  return rows.flatMap((row, depth) => {
    const width = BLOCK_WIDTHS[row.length - 1] ?? 16
    return row.map((group, index) => ({
      x: WIDTH / 2 + (index - (row.length - 1) / 2) * (width + 4),
      y: top + depth * gap,
      width: depth === 0 ? 16 : width,
      group,
    }))
  })
}
