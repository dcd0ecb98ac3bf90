import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { Buttons, isSettings, Line, readList, readString, readText, Say, saysSomething, Tokens } from '../gist/index.ts'

/** What the contact sees: text, file, place, buttons. */
export function Face({ block, languages }: FaceProps): ReactNode {
  const { attachment, location } = block
  const hasText = saysSomething(block.text)
  const isBare = !isSettings(attachment) && !isSettings(location)
  return (
    <>
      {(hasText || isBare) && <Say text={readText(block.text, languages)} placeholder={words.blocks.saysNothing} />}
      {isSettings(attachment) && (
        <Line missing={readString(attachment.url) === ''}>
          {words.blocks.attachments[readString(attachment.kind)] ?? ''} <Tokens text={readString(attachment.name) || readString(attachment.url)} />
        </Line>
      )}
      {isSettings(location) && <Line>{words.blocks.place(readString(location.name) || readString(location.address))}</Line>}
      <Buttons labels={readList(block.buttons).map(button => readText(button.label, languages))} />
    </>
  )
}
