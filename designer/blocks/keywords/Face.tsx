import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readList, readWords, strings } from '../gist/index.ts'

/** Words of a case that are shown; the others are counted. */
const MOST_SHOWN = 3

/** The words of each case. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const cases = readList(block.cases)
    .map(each => [...readWords(each.words, languages), ...strings(each.patterns)])
    .filter(listed => listed.length > 0)
  if (cases.length === 0) return <Line missing>{words.blocks.noWords}</Line>
  return <Line>{cases.map(shorten).join(' · ')}</Line>
}

function shorten(listed: readonly string[]): string {
  const rest = listed.length - MOST_SHOWN
  return [...listed.slice(0, MOST_SHOWN), ...(rest > 0 ? [words.blocks.more(rest)] : [])].join(', ')
}
