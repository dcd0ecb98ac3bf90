/** Which two are compared, and what differs in figures. */
import { ActionIcon, NativeSelect, Tooltip } from '@mantine/core'
import type { VersionSummary } from '../../server/api/contract.ts'
import type { FlowDiff } from '../../server/engine/index.ts'
import { Icon } from '../ui/Icon.tsx'
import { versions as words } from '../words/versions.ts'
import classes from './CompareBar.module.css'
import { countKinds, KINDS } from './compare.ts'
import { Letter } from './Letter.tsx'
import type { Shown } from './use-versions.ts'
import type { Compared } from './Versions.tsx'

interface CompareBarProps {
  readonly history: readonly VersionSummary[]
  readonly compared: Compared
  compare(next: Compared): void
  readonly diff: FlowDiff | undefined
}

const SWAP = 'M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13'

/** "Nothing" as the first of the two opens a version to read it. */
export function CompareBar({ history, compared, compare, diff }: CompareBarProps) {
  const choices = [{ value: 'draft', label: words.draft }, ...history.map(({ version }) => ({ value: String(version), label: words.version(version) }))]
  const counts = diff ? countKinds(diff) : undefined
  return (
    <div className={classes.bar}>
      <span>{words.from}</span>
      <NativeSelect
        aria-label={words.compareFrom}
        leftSection={<Letter mark="A" />}
        value={compared.from === undefined ? '' : String(compared.from)}
        data={[{ value: '', label: words.nothing }, ...choices]}
        onChange={event => compare({ ...compared, from: event.currentTarget.value === '' ? undefined : shownOf(event.currentTarget.value) })}
      />
      <span>{words.to}</span>
      <NativeSelect
        aria-label={words.compareTo}
        leftSection={<Letter mark="B" />}
        value={String(compared.to)}
        data={choices}
        onChange={event => compare({ ...compared, to: shownOf(event.currentTarget.value) })}
      />
      <Tooltip label={words.swap}>
        <ActionIcon
          aria-label={words.swap}
          disabled={compared.from === undefined}
          onClick={() => compared.from !== undefined && compare({ from: compared.to, to: compared.from })}
        >
          <Icon path={SWAP} />
        </ActionIcon>
      </Tooltip>
      <span className={classes.grow} />
      {counts &&
        KINDS.filter(kind => counts[kind] > 0).map(kind => (
          <span key={kind} className={classes.count} data-kind={kind}>
            {words.counts[kind](counts[kind])}
          </span>
        ))}
    </div>
  )
}

function shownOf(value: string): Shown {
  return value === 'draft' ? 'draft' : Number(value)
}
