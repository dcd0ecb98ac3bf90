import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { readText, Say } from '../gist/index.ts'

/** The question; the choices are the exits below it. */
export function Face({ block, languages }: FaceProps): ReactNode {
  return <Say text={readText(block.text, languages)} placeholder={words.asksNothing} />
}
