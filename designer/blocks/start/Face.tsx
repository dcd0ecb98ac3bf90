import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Line, readList, strings } from '../gist/index.ts'

/** The links and channels that begin elsewhere. */
export function Face({ block }: FaceProps): ReactNode {
  return readList(block.cases).map((entry, place) => {
    const [links, channels] = [strings(entry.payloads), strings(entry.channels)]
    const said = [...(links.length > 0 ? [words.blocks.links(links)] : []), ...(channels.length > 0 ? [words.blocks.channels(channels)] : [])]
    // biome-ignore lint/suspicious/noArrayIndexKey: a case has no identity on a face
    return said.length > 0 && <Line key={place}>{said.join(' · ')}</Line>
  })
}
