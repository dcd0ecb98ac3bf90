import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, strings } from '../gist/index.ts'

/** The causes it is limited to. */
export function Face({ block }: FaceProps): ReactNode {
  const causes = strings(block.causes).map(cause => words.causes[cause] ?? cause)
  return causes.length > 0 && <Line>{words.when(causes)}</Line>
}
