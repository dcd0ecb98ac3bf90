import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readText, Say, saysSomething } from '../gist/index.ts'

/** What it says, and that it has variants. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const byTime = [block.morning, block.afternoon, block.evening].some(saysSomething)
  return (
    <>
      <Say text={readText(block.text, languages)} placeholder={words.blocks.saysNothing} />
      {saysSomething(block.returning) && <Line>{words.blocks.returning}</Line>}
      {byTime && <Line>{words.blocks.byTime}</Line>}
    </>
  )
}
