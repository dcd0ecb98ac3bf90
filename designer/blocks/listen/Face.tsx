import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, isSettings, Line, readString } from '../gist/index.ts'

/** That it takes any message, how a burst is joined, and where the text is kept. */
export function Face({ block }: FaceProps): ReactNode {
  const variable = readString(block.variable)
  return (
    <Line>
      {words.blocks.listens}
      {isSettings(block.merge) && `, ${words.blocks.joins(readString(block.merge.quiet))}`}
      {variable !== '' && (
        <>
          {` ${words.blocks.storedIn} `}
          <span className="gist-token">{inWords(variable)}</span>
        </>
      )}
    </Line>
  )
}
