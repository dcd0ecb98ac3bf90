import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readWords } from '../gist/index.ts'

/** The words that begin it. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const listed = readWords(block.words, languages)
  if (listed.length === 0) return <Line missing>{words.blocks.noWords}</Line>
  return (
    <Line>
      {listed.map(words.blocks.quoted).join(', ')} {block.anywhere === true ? words.blocks.inAnyMessage : words.blocks.any}
    </Line>
  )
}
