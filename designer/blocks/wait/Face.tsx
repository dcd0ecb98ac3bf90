import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readString } from '../gist/index.ts'

/** How long, or until when. */
export function Face({ block }: FaceProps): ReactNode {
  const [time, until] = [readString(block.for), readString(block.until)]
  if (time === '' && until === '') return <Line missing>{words.noTime}</Line>
  return <Line>{time === '' ? words.until(until) : words.waits(time)}</Line>
}
