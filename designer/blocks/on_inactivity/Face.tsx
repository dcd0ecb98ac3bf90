import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readString } from '../gist/index.ts'

/** How long the silence is. */
export function Face({ block }: FaceProps): ReactNode {
  return <Line>{words.blocks.after(readString(block.after))}</Line>
}
