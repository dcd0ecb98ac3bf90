import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, Line, readString } from '../gist/index.ts'

/** The queue by name, and its longest wait. */
export function Face({ block }: FaceProps): ReactNode {
  const [slug, longest] = [readString(block.queue), readString(block.max_wait)]
  if (slug === '') return <Line missing>{words.blocks.noQueue}</Line>
  const name = inWords(slug.replaceAll('-', ' '))
  return (
    <Line>
      {name.charAt(0).toUpperCase()}
      {name.slice(1)} · {longest === '' ? words.blocks.waitsForever : words.blocks.waitsUpTo(longest)}
    </Line>
  )
}
