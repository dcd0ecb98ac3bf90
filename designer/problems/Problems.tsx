import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Problem } from '../../server/engine/index.ts'
import { showMarks } from '../canvas/marks.ts'
import { NOTHING_CHOSEN } from '../commands/index.ts'
import { useDraft, useDraftStore } from '../draft/index.ts'
import { usePanels } from '../editor/panels.ts'
import { chooseLanguage, goToSetting, useFlow } from '../inspector/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { icons } from '../ui/icons.ts'
import { words } from '../words/en.ts'
import { missingLanguage, useMend } from './fixes/index.ts'
import { type Filter, foldExits, type Grouping, groupProblems, keyOf } from './list.ts'
import { ProblemRows } from './ProblemRow.tsx'
import { pathMarks } from './path-marks.ts'
import { STRIP_SIZES, type StripSize, useStripSize } from './use-strip.ts'
import './problems.css'

/** Rows of a group: a large unfinished flow has thousands of problems, and nobody reads them all. */
const MOST_SHOWN = 100
const MOST_IN_STRIP = 12

/** The strip below the canvas: what is wrong, where, and the verb that mends it. */
export function Problems(): ReactNode {
  // Keys and marks on the canvas come first.
  const problems = useDeferredValue(useDraft(draft => draft.shownProblems))
  const isBegun = useDraft(draft => draft.begun.size > 0)
  const isUnlinted = useDraft(draft => draft.isUnlinted)
  const [size, setSize] = useStripSize(problems.length > 0)
  const [severity, setSeverity] = useState<Problem['severity']>()
  const [text, setText] = useState('')
  const [grouping, setGrouping] = useState<Grouping>('none')
  const errors = problems.filter(problem => problem.severity === 'error').length
  const isOpen = size === 'half'
  return (
    <div className="problems" data-size={size}>
      <div className="problems-head">
        <h2>{words.problems.title}</h2>
        <SeverityChip severity="error" count={errors} chosen={severity} onChoose={setSeverity} />
        <SeverityChip severity="warning" count={problems.length - errors} chosen={severity} onChoose={setSeverity} />
        {isOpen && problems.length > 0 && (
          <>
            <input
              dir="auto"
              className="problems-filter"
              type="search"
              aria-label={words.problems.filter}
              placeholder={words.problems.filter}
              value={text}
              onChange={event => setText(event.target.value)}
            />
            <NativeSelect
              size="xs"
              className="problems-group"
              aria-label={words.problems.group}
              value={grouping}
              data={Object.entries(words.problems.groups).map(([value, label]) => ({ value, label }))}
              onChange={event => setGrouping(groupingOf(event.currentTarget.value))}
            />
          </>
        )}
        {isUnlinted ? (
          <Unlinted />
        ) : (
          <span className="problems-blocks">{problems.length > 0 ? words.problems.blocks(errors) : isBegun ? words.problems.notYet : words.problems.none}</span>
        )}
        <SizeButtons size={size} onChoose={setSize} />
      </div>
      {size !== 'line' && <Groups problems={problems} filter={{ severity, text: isOpen ? text : '' }} grouping={isOpen ? grouping : 'none'} isOpen={isOpen} />}
    </div>
  )
}

/** What is shown may be old: it says so, and looks again when somebody asks. */
function Unlinted(): ReactNode {
  const lintAgain = useDraft(draft => draft.lintAgain)
  return (
    <span className="problems-blocks">
      <span className="problems-unlinted" role="alert">
        {words.problems.cannotLook}
      </span>
      <Button size="compact-sm" onClick={lintAgain}>
        {words.problems.lookAgain}
      </Button>
    </span>
  )
}

/** More or less of the strip: each chevron does one step. */
function SizeButtons({ size, onChoose }: { readonly size: StripSize; onChoose(size: StripSize): void }): ReactNode {
  const place = STRIP_SIZES.indexOf(size)
  const step = (to: StripSize | undefined, label: string, path: string) => (
    <ActionIcon
      size={24}
      aria-label={label}
      title={label}
      {...(to === undefined && { 'data-disabled': true })}
      aria-disabled={to === undefined}
      onClick={() => to && onChoose(to)}
    >
      <Icon path={path} />
    </ActionIcon>
  )
  return (
    <>
      {step(STRIP_SIZES[place - 1], words.problems.close, icons.chevronDown)}
      {step(STRIP_SIZES[place + 1], words.problems.open, 'M4 10l4-4 4 4')}
    </>
  )
}

interface GroupsProps {
  readonly problems: readonly Problem[]
  readonly filter: Filter
  readonly grouping: Grouping
  readonly isOpen: boolean
}

function Groups({ problems, filter, grouping, isOpen }: GroupsProps): ReactNode {
  const store = useDraftStore()
  const flow = useDeferredValue(useFlow())
  const readOnly = useDraft(draft => draft.readOnly)
  const chosen = useDraft(draft => draft.selection.blocks)
  const [shownPath, showPath] = useState<readonly string[]>()
  const mend = useMend()
  usePath(shownPath)
  const { severity, text } = filter
  const groups = useMemo(() => groupProblems(flow, problems, { severity, text }, grouping), [flow, problems, severity, text, grouping])
  const most = isOpen ? MOST_SHOWN : MOST_IN_STRIP

  const go = (problem: Problem) => {
    usePanels.getState().setInspecting(true)
    const { block, at } = problem
    if (problem.code === 'missing_translation') {
      const language = missingLanguage(store.getState().flow, at)
      if (language !== undefined) chooseLanguage(language)
    }
    store.getState().choose({ ...NOTHING_CHOSEN, blocks: block === undefined ? [] : [block] })
    goToSetting(block, block === undefined ? at : at.slice(`/blocks/${block}`.length))
  }

  return (
    <div className="problems-list">
      {problems.length > 0 && groups.length === 0 && <p className="problems-none">{words.problems.filtered}</p>}
      {groups.map(group => {
        const entries = foldExits(group.problems)
        return (
          <div key={group.title}>
            {group.title !== '' && <h3>{group.title}</h3>}
            <ul aria-label={group.title === '' ? words.problems.all : group.title}>
              {entries.slice(0, most).map(entry => (
                <ProblemRows
                  key={keyOf(entry.first)}
                  entry={entry}
                  flow={flow}
                  readOnly={readOnly}
                  chosen={chosen}
                  onGo={go}
                  onFix={(fix, problem) => mend(fix, () => go(problem))}
                  onPoint={showPath}
                />
              ))}
            </ul>
            {isOpen && entries.length > most && <p className="problems-none">{words.problems.more(entries.length - most)}</p>}
          </div>
        )
      })}
    </div>
  )
}

/** Shows a path on the canvas as long as it is there. */
function usePath(path: readonly string[] | undefined): void {
  const flow = useFlow()
  useEffect(() => {
    if (!path) return
    showMarks(pathMarks(flow, path))
    return () => showMarks({})
  }, [flow, path])
}

interface SeverityChipProps {
  readonly severity: Problem['severity']
  readonly count: number
  readonly chosen: Problem['severity'] | undefined
  onChoose(severity: Problem['severity'] | undefined): void
}

/** Counts one kind; pressed, it shows only that. */
function SeverityChip({ severity, count, chosen, onChoose }: SeverityChipProps): ReactNode {
  if (count === 0) return null
  const label = severity === 'error' ? words.problems.errors(count) : words.problems.warnings(count)
  return (
    <button
      type="button"
      className="problems-chip"
      data-severity={severity}
      aria-pressed={chosen === severity}
      title={words.problems.show(label)}
      onClick={() => onChoose(chosen === severity ? undefined : severity)}
    >
      {label}
    </button>
  )
}

function groupingOf(value: string): Grouping {
  return value === 'block' || value === 'kind' ? value : 'none'
}
