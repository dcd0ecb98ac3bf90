import type { KeyboardEvent, ReactNode } from 'react'
import type { Flow, Problem } from '../../server/engine/index.ts'
import { piecesOf } from '../blocks/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { type Fix, useFix } from './fixes/index.ts'
import { sentenceOf } from './list.ts'

interface ProblemRowProps {
  readonly problem: Problem
  readonly flow: Flow
  readonly readOnly: boolean
  readonly isChosen: boolean
  onGo(): void
  onFix(fix: Fix): void
  /** The row is pointed at or has the focus; its path is shown as long. */
  onPoint(isPointed: boolean): void
}

/** One problem: the row goes there, the verb mends it. Enter goes, Alt+Enter mends, arrows walk. */
export function ProblemRow({ problem, flow, readOnly, isChosen, onGo, onFix, onPoint }: ProblemRowProps): ReactNode {
  const { before, name, rest } = sentenceOf(flow, problem)
  const fix = useFix(problem, flow, readOnly)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter' && event.altKey && fix) onFix(fix)
    else if (step !== undefined) focusRow(event.currentTarget, step)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // The row only watches; what can be pressed are the buttons in it.
    <li
      className="problem"
      data-chosen={isChosen || undefined}
      onKeyDown={onKeyDown}
      onMouseEnter={() => onPoint(true)}
      onMouseLeave={() => onPoint(false)}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
    >
      <button type="button" className="problem-go" title={problem.hint} aria-keyshortcuts={fix ? 'Enter Alt+Enter' : 'Enter'} onClick={onGo}>
        <span
          className="problem-mark"
          data-severity={problem.severity}
          role="img"
          aria-label={problem.severity === 'error' ? words.problems.error : words.problems.warning}
        >
          <Icon path={problem.severity === 'error' ? icons.close : icons.warning} size={12} />
        </span>
        <span className="problem-text">
          {before}
          {name !== '' && <b>{name}</b>}
          <Sentence text={rest} /> {problem.hint !== undefined && <span className="problem-hint">{problem.hint}</span>}
        </span>
      </button>
      {fix && (
        <button type="button" className="problem-fix" aria-keyshortcuts="Alt+Enter" onClick={() => onFix(fix)}>
          {fix.label}
        </button>
      )}
    </li>
  )
}

/** Templates in a sentence are tokens, here as everywhere. */
function Sentence({ text }: { readonly text: string }): ReactNode {
  return piecesOf(text).map((piece, place) =>
    piece.type === 'text' ? (
      piece.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity of their own
      <span key={place} className="gist-token">
        {piece.text}
      </span>
    ),
  )
}

function focusRow(row: HTMLElement, step: number): void {
  const list = row.closest('.problems')
  const rows = list ? [...list.querySelectorAll<HTMLElement>('.problem')] : []
  const next = rows[rows.indexOf(row) + step]
  next?.querySelector<HTMLElement>('.problem-go')?.focus()
}
