import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, Line, readNumber, readString, readText, Say } from '../gist/index.ts'

/** The question, the scale, and where the rating is kept. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const variable = readString(block.variable)
  return (
    <>
      <Say text={readText(block.text, languages)} placeholder={words.blocks.asksNothing} />
      <Line>
        {words.blocks.scale(readNumber(block.from) ?? 1, readNumber(block.to) ?? 5)}
        {variable !== '' && (
          <>
            {` ${words.blocks.storedIn} `}
            <span className="gist-token">{inWords(variable)}</span>
          </>
        )}
      </Line>
    </>
  )
}
