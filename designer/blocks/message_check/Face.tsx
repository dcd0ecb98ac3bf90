import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { isSettings, Line, readNumber, strings } from '../gist/index.ts'

/** What a message has to be. */
export function Face({ block }: FaceProps): ReactNode {
  const [most, least, languages] = [readNumber(block.max_length), readNumber(block.min_length), strings(block.languages)]
  const said = [
    most === undefined ? words.upToChannel : words.upTo(figure(most)),
    ...(least === undefined ? [] : [words.atLeast(figure(least))]),
    ...(isSettings(block.attachments) ? [words.checksFiles] : []),
    ...(languages.length > 0 ? [words.onlyLanguages(languages.join(', '))] : []),
  ]
  return <Line>{said.join(', ')}</Line>
}

function figure(value: number): string {
  return new Intl.NumberFormat('en').format(value)
}
