import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, isSettings, Line, readString } from '../gist/index.ts'

/** That it takes any message, how a burst is joined, and where the text is kept. */
export function Face({ block }: FaceProps): ReactNode {
  const variable = readString(block.variable)
  return (
    <Line>
      {words.listens}
      {isSettings(block.merge) && `, ${words.joins(readString(block.merge.quiet))}`}
      {variable !== '' && (
        <>
          {` ${words.storedIn} `}
          <span className="gist-token">{inWords(variable)}</span>
        </>
      )}
    </Line>
  )
}
