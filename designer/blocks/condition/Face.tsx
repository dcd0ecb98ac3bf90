import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readList, readString, Tokens, tokenName } from '../gist/index.ts'

type Row = Readonly<Record<string, unknown>>

/** Cases that are shown; the exits tell the names of all. */
const MOST_SHOWN = 2

/** The first rule of each case in words. */
export function Face({ block }: FaceProps): ReactNode {
  const cases = readList(block.cases)
    .map(each => [...readList(each.all), ...readList(each.any)])
    .filter(rows => rows.length > 0)
  if (cases.length === 0) return <Line missing>{words.blocks.noRows}</Line>
  return cases.slice(0, MOST_SHOWN).map((rows, place) => {
    const [first] = rows
    // biome-ignore lint/suspicious/noArrayIndexKey: a case has no identity on a face
    return first && <Rule key={place} row={first} more={rows.length - 1} />
  })
}

function Rule({ row, more }: { readonly row: Row; readonly more: number }): ReactNode {
  const operator = readString(row.operator)
  return (
    <Line>
      <span className="gist-token">{tokenName(readString(row.variable))}</span> {words.blocks.operators[operator] ?? operator}
      {row.value !== undefined && (
        <>
          {' '}
          <Tokens text={shown(row.value)} />
        </>
      )}
      {more > 0 && ` ${words.blocks.more(more)}`}
    </Line>
  )
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? words.blocks.yes : words.blocks.no
  return Array.isArray(value) ? value.map(shown).join(', ') : String(value)
}
