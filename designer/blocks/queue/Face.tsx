import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, Line, readString } from '../gist/index.ts'

/** The queue by name, and its longest wait. */
export function Face({ block }: FaceProps): ReactNode {
  const [slug, longest] = [readString(block.queue), readString(block.max_wait)]
  if (slug === '') return <Line missing>{words.noQueue}</Line>
  const name = inWords(slug.replaceAll('-', ' '))
  return (
    <Line>
      {name.charAt(0).toUpperCase()}
      {name.slice(1)} · {longest === '' ? words.waitsForever : words.waitsUpTo(longest)}
    </Line>
  )
}
