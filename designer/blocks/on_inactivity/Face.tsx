import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readString } from '../gist/index.ts'

/** How long the silence is. */
export function Face({ block }: FaceProps): ReactNode {
  return <Line>{words.after(readString(block.after))}</Line>
}
