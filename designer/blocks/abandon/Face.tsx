import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readString, readText, Say, saysSomething } from '../gist/index.ts'

/** The last message and the reason. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const reason = readString(block.reason)
  return (
    <>
      {saysSomething(block.text) && <Say text={readText(block.text, languages)} placeholder="" />}
      {reason !== '' && <Line>{words.blocks.reason(reason)}</Line>}
    </>
  )
}
