import type { ReactNode } from 'react'
import { words } from '../../words/en.ts'
import type { FaceProps } from '../block-view.ts'
import { inWords, Line, readList, readString, Tokens } from '../gist/index.ts'

/** Values that are named; the rest is counted. */
const MOST_SHOWN = 3

/** What is called, and what is kept of the answer. */
export function Face({ block }: FaceProps): ReactNode {
  const url = readString(block.url).trim()
  if (url === '') return <Line missing>{words.blocks.noAddress}</Line>
  const kept = readList(block.save).flatMap(({ variable }) => readString(variable) || [])
  const hidden = kept.length - MOST_SHOWN
  return (
    <>
      <Line>
        <b>{readString(block.method) || 'GET'}</b> <Tokens text={pathOf(url)} />
      </Line>
      {kept.length > 0 && (
        <Line>
          {words.blocks.keeps}{' '}
          {kept.slice(0, MOST_SHOWN).map((name, place) => (
            <span key={name}>
              {place > 0 && ', '}
              <span className="gist-token">{inWords(name)}</span>
            </span>
          ))}
          {hidden > 0 && ` ${words.blocks.more(hidden)}`}
        </Line>
      )}
    </>
  )
}

/** The part of an address that says what is asked for; the host where that is all. */
function pathOf(url: string): string {
  const [, host = url, path = ''] = /^https?:\/\/([^/?#]*)(.*)$/.exec(url) ?? []
  return path === '' || path === '/' ? host : path
}
