import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readNumber, strings } from '../gist/index.ts'

const DEFAULT_THRESHOLD = 0.6

/** How many intents it tells apart, and how sure it has to be. */
export function Face({ block }: FaceProps): ReactNode {
  const count = strings(block.intents).length
  if (count === 0) return <Line missing>{words.blocks.noIntents}</Line>
  return <Line>{words.blocks.intents(count, Math.round((readNumber(block.threshold) ?? DEFAULT_THRESHOLD) * 100))}</Line>
}
