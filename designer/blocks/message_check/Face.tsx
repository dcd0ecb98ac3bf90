import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { isSettings, Line, readNumber, strings } from '../gist/index.ts'

/** What a message has to be. */
export function Face({ block }: FaceProps): ReactNode {
  const [most, least, languages] = [readNumber(block.max_length), readNumber(block.min_length), strings(block.languages)]
  const said = [
    most === undefined ? words.blocks.upToChannel : words.blocks.upTo(figure(most)),
    ...(least === undefined ? [] : [words.blocks.atLeast(figure(least))]),
    ...(isSettings(block.attachments) ? [words.blocks.checksFiles] : []),
    ...(languages.length > 0 ? [words.blocks.onlyLanguages(languages.join(', '))] : []),
  ]
  return <Line>{said.join(', ')}</Line>
}

function figure(value: number): string {
  return new Intl.NumberFormat('en').format(value)
}
