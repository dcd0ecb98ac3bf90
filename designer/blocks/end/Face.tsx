import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, Line, readString, readText, Say, saysSomething } from '../gist/index.ts'

/** The last message and the outcome. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const outcome = readString(block.outcome)
  return (
    <>
      {saysSomething(block.text) && <Say text={readText(block.text, languages)} placeholder="" />}
      {outcome !== '' && <Line>{words.blocks.outcome(inWords(outcome))}</Line>}
    </>
  )
}
