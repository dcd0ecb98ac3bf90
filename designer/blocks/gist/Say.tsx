import type { ReactNode } from 'react'
import './gist.css'
import { piecesOf } from './tokens.ts'

/** A text with tokens instead of braces. */
export function Tokens({ text }: { readonly text: string }): ReactNode {
  // Pieces have no identity of their own; their place is one.
  return piecesOf(text).map((piece, place) =>
    piece.type === 'text' ? (
      piece.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew from the text
      <bdi key={place} className="gist-token" title={piece.source}>
        {piece.text}
      </bdi>
    ),
  )
}

/** What the contact will read, as a small bubble; `placeholder` stands there while nothing is written. */
export function Say({ text, placeholder }: { readonly text: string; readonly placeholder: string }): ReactNode {
  return (
    <div className="gist-say" dir="auto" data-empty={text.trim() === '' || undefined}>
      {text.trim() === '' ? placeholder : <Tokens text={text} />}
    </div>
  )
}

/** One line of what a block does, cut where the block ends. */
export function Line({ children, missing = false }: { readonly children: ReactNode; readonly missing?: boolean }): ReactNode {
  return (
    <div className="gist-line" dir="auto" data-missing={missing || undefined}>
      {children}
    </div>
  )
}

/** Buttons under a bubble, as the contact sees them. */
export function Buttons({ labels }: { readonly labels: readonly string[] }): ReactNode {
  if (labels.length === 0) return null
  return (
    <div className="gist-buttons">
      {labels.map((label, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels may be the same while they are written
        <span key={place} className="gist-button" dir="auto">
          <Tokens text={label} />
        </span>
      ))}
    </div>
  )
}
