import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Buttons, inWords, Line, readList, readString, readText, Say } from '../gist/index.ts'

/** The question, what counts as an answer, and where it is kept. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const answer = readString(block.answer) || 'text'
  const variable = readString(block.variable)
  return (
    <>
      <Say text={readText(block.text, languages)} placeholder={words.blocks.asksNothing} />
      {answer === 'choice' && <Buttons labels={readList(block.choices).map(choice => readText(choice.label, languages))} />}
      {(answer !== 'text' || variable !== '') && (
        <Line>
          {words.blocks.answers[answer] ?? answer}
          {variable !== '' && (
            <>
              {` ${words.blocks.storedIn} `}
              <span className="gist-token">{inWords(variable)}</span>
            </>
          )}
        </Line>
      )}
    </>
  )
}
