import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { Flow, Problem } from '../../server/engine/index.ts'
import { piecesOf } from '../blocks/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { FixButton } from './FixButton.tsx'
import { connectAll, type Fix, useFix } from './fixes/index.ts'
import { blockName, exitsOfProblems, keyOf, type ProblemEntry, sentenceOf } from './list.ts'

/** What rows need to know of the strip. */
export interface RowSurroundings {
  readonly flow: Flow
  readonly readOnly: boolean
  readonly chosen: readonly string[]
  onGo(problem: Problem): void
  onFix(fix: Fix, problem: Problem): void
  /** The row is pointed at or has the focus; its path is shown as long. */
  onPoint(path: readonly string[] | undefined): void
}

/** A row of the strip: one problem, or the open exits of a block, which open to single rows. */
export function ProblemRows({ entry, ...surroundings }: RowSurroundings & { readonly entry: ProblemEntry }): ReactNode {
  const { first, problems } = entry
  return problems.length === 1 ? <ProblemRow problem={first} {...surroundings} /> : <ExitsRow entry={entry} {...surroundings} />
}

function ProblemRow({ problem, ...surroundings }: RowSurroundings & { readonly problem: Problem }): ReactNode {
  const { flow, readOnly, onGo } = surroundings
  const fix = useFix(problem, flow, readOnly)
  return (
    <Row problem={problem} fix={fix} hint={problem.hint} onPress={() => onGo(problem)} {...surroundings}>
      <ProblemSentence flow={flow} problem={problem} /> {problem.hint !== undefined && <span className="problem-hint">{problem.hint}</span>}
    </Row>
  )
}

function ExitsRow({ entry: { first, problems }, ...surroundings }: RowSurroundings & { readonly entry: ProblemEntry }): ReactNode {
  const { flow, readOnly, onGo } = surroundings
  const [isOpen, setOpen] = useState(false)
  const { block } = first
  const fix = block === undefined || readOnly ? undefined : connectAll(flow, block, exitsOfProblems(problems))
  const press = () => {
    setOpen(!isOpen)
    if (!isOpen) onGo(first)
  }
  return (
    <>
      <Row problem={first} fix={fix} hint={undefined} isOpen={isOpen} onPress={press} {...surroundings}>
        <b dir="auto">{blockName(flow, first)}</b>: {words.problems.exits(problems.length)}
      </Row>
      {isOpen && problems.map(problem => <ProblemRow key={keyOf(problem)} problem={problem} {...surroundings} />)}
    </>
  )
}

interface RowProps extends RowSurroundings {
  readonly problem: Problem
  readonly fix: Fix | undefined
  readonly hint: string | undefined
  /** For a row that opens to others. */
  readonly isOpen?: boolean
  onPress(): void
  readonly children: ReactNode
}

/** One stop of Tab: Enter goes, Alt+Enter mends, arrows walk. */
function Row({ problem, fix, hint, isOpen, chosen, onPress, onFix, onPoint, children }: RowProps): ReactNode {
  const { block, severity, path } = problem
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // A menu of the row is drawn elsewhere and has keys of its own.
    if (!event.currentTarget.contains(event.target as Node)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter' && event.altKey) event.currentTarget.querySelector<HTMLElement>('.problem-fix')?.click()
    else if (step !== undefined) focusRow(event.currentTarget, step)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // The row only watches; what can be pressed are the buttons in it.
    <li
      className="problem"
      data-chosen={(block !== undefined && chosen.includes(block)) || undefined}
      onKeyDown={onKeyDown}
      onMouseEnter={() => onPoint(path)}
      onMouseLeave={() => onPoint(undefined)}
      onFocus={() => onPoint(path)}
      onBlur={() => onPoint(undefined)}
    >
      <button
        type="button"
        className="problem-go"
        title={fix ? words.problems.hint(hint ?? '', fix.label) : hint}
        aria-keyshortcuts={fix ? 'Enter Alt+Enter' : 'Enter'}
        aria-expanded={isOpen}
        onClick={onPress}
      >
        <span className="problem-mark" data-severity={severity} role="img" aria-label={severity === 'error' ? words.problems.error : words.problems.warning}>
          <Icon path={severity === 'error' ? icons.close : icons.warning} size={12} />
        </span>
        <span className="problem-text">{children}</span>
        {isOpen !== undefined && <Icon path={isOpen ? icons.chevronDown : icons.chevronRight} size={13} />}
      </button>
      {fix && <FixButton className="problem-fix" fix={fix} isAside onFix={chosenFix => onFix(chosenFix, problem)} />}
    </li>
  )
}

/** The sentence of a problem with the name of its block in front. Templates in it are tokens, here as everywhere. */
function ProblemSentence({ flow, problem }: { readonly flow: Flow; readonly problem: Problem }): ReactNode {
  const { before, name, rest } = sentenceOf(flow, problem)
  return (
    <>
      {before}
      {name !== '' && <b dir="auto">{name}</b>}
      {piecesOf(rest).map((piece, place) =>
        piece.type === 'text' ? (
          piece.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity of their own
          <bdi key={place} className="gist-token">
            {piece.text}
          </bdi>
        ),
      )}
    </>
  )
}

function focusRow(row: HTMLElement, step: number): void {
  const list = row.closest('.problems')
  const rows = list ? [...list.querySelectorAll<HTMLElement>('.problem')] : []
  const next = rows[rows.indexOf(row) + step]
  next?.querySelector<HTMLElement>('.problem-go')?.focus()
}
