import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readString } from '../gist/index.ts'

/** How long, or until when. */
export function Face({ block }: FaceProps): ReactNode {
  const [time, until] = [readString(block.for), readString(block.until)]
  if (time === '' && until === '') return <Line missing>{words.blocks.noTime}</Line>
  return <Line>{time === '' ? words.blocks.until(until) : words.blocks.waits(time)}</Line>
}
