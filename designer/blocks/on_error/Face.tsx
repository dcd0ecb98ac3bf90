import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, strings } from '../gist/index.ts'

/** The causes it is limited to. */
export function Face({ block }: FaceProps): ReactNode {
  const causes = strings(block.causes).map(cause => words.blocks.causes[cause] ?? cause)
  return causes.length > 0 && <Line>{words.blocks.when(causes)}</Line>
}
