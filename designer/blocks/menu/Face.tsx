import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { readText, Say } from '../gist/index.ts'

/** The question; the choices are the exits below it. */
export function Face({ block, languages }: FaceProps): ReactNode {
  return <Say text={readText(block.text, languages)} placeholder={words.blocks.asksNothing} />
}
