import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readText, Say, saysSomething } from '../gist/index.ts'

/** What it says, and that it has variants. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const byTime = [block.morning, block.afternoon, block.evening].some(saysSomething)
  return (
    <>
      <Say text={readText(block.text, languages)} placeholder={words.saysNothing} />
      {saysSomething(block.returning) && <Line>{words.returning}</Line>}
      {byTime && <Line>{words.byTime}</Line>}
    </>
  )
}
