import type { ReactNode } from 'react'
import { blocksWords as words } from '../../words/blocks.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, Line, readNumber, readString, readText, Say } from '../gist/index.ts'

/** The question, the scale, and where the rating is kept. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const variable = readString(block.variable)
  return (
    <>
      <Say text={readText(block.text, languages)} placeholder={words.asksNothing} />
      <Line>
        {words.scale(readNumber(block.from) ?? 1, readNumber(block.to) ?? 5)}
        {variable !== '' && (
          <>
            {` ${words.storedIn} `}
            <span className="gist-token">{inWords(variable)}</span>
          </>
        )}
      </Line>
    </>
  )
}
