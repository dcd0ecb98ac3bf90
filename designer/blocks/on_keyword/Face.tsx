import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readWords } from '../gist/index.ts'

/** The words that begin it. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const listed = readWords(block.words, languages)
  if (listed.length === 0) return <Line missing>{words.noWords}</Line>
  return (
    <Line>
      {listed.map(words.quoted).join(', ')} {block.anywhere === true ? words.inAnyMessage : words.any}
    </Line>
  )
}
