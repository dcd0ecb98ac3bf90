import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, isSettings, Line, readNumber, readString, strings, Tokens } from '../gist/index.ts'

/** Lines that are shown; the rest is counted. */
const MOST_SHOWN = 3

/** What is remembered, one line each. */
export function Face({ block }: FaceProps): ReactNode {
  const values = [...entriesOf(block.variables), ...entriesOf(block.contact)]
  const others = othersOf(block)
  if (values.length + others.length === 0) return <Line missing>{words.blocks.setsNothing}</Line>
  const hidden = values.length - MOST_SHOWN
  return (
    <>
      {values.slice(0, MOST_SHOWN).map(([name, value]) => (
        <Line key={name}>
          <span className="gist-token">{inWords(name)}</span> = <Tokens text={shown(value)} />
        </Line>
      ))}
      {(others.length > 0 || hidden > 0) && <Line>{[...(hidden > 0 ? [words.blocks.more(hidden)] : []), ...others].join(' · ')}</Line>}
    </>
  )
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isSettings(value) ? Object.entries(value) : []
}

function othersOf(block: FaceProps['block']): readonly string[] {
  const [language, priority] = [readString(block.language), readNumber(block.priority)]
  return [
    ...strings(block.add_tags).map(words.blocks.addsTag),
    ...strings(block.remove_tags).map(words.blocks.removesTag),
    ...(language === '' ? [] : [words.blocks.language(language)]),
    ...(priority === undefined ? [] : [words.blocks.priority(priority)]),
  ]
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? words.blocks.yes : words.blocks.no
  if (Array.isArray(value)) return value.map(shown).join(', ')
  return value === '' ? words.blocks.empty : String(value)
}
