/** The history: the draft, then every version, newest first. */
import { Badge } from '@mantine/core'
import type { VersionSummary } from '../../server/api/contract.ts'
import { useDraft } from '../draft/index.ts'
import { words as all } from '../words/en.ts'
import { versions as words } from '../words/versions.ts'
import classes from './HistoryList.module.css'
import { sayWhen } from './times.ts'
import type { Shown } from './use-versions.ts'
import type { Compared } from './Versions.tsx'

interface HistoryListProps {
  readonly history: readonly VersionSummary[] | undefined
  readonly compared: Compared
  compare(next: Compared): void
}

/** A row shows what changed since the version before it; the draft since what is live. */
export function HistoryList({ history, compared, compare }: HistoryListProps) {
  const saveState = useDraft(draft => draft.saveState)
  const now = Date.now()
  const live = history?.find(version => version.live)?.version
  const markOf = (shown: Shown) => (compared.to === shown ? 'B' : compared.from === shown ? 'A' : undefined)
  return (
    <>
      <h2 className={classes.title}>{words.history}</h2>
      <ol className={classes.list}>
        <li>
          <Row mark={markOf('draft')} title={words.draft} note={all.editor.saveStates[saveState]} choose={() => compare({ from: live, to: 'draft' })} />
        </li>
        {history?.map(({ version, note, author, published_at, live: isLive }, index) => (
          <li key={version}>
            <Row
              mark={markOf(version)}
              title={words.version(version)}
              isLive={isLive}
              note={note === '' ? words.noNote : note}
              author={`${author}, ${sayWhen(published_at, now)}`}
              choose={() => compare({ from: history[index + 1]?.version, to: version })}
            />
          </li>
        ))}
      </ol>
      {history?.length === 0 && <p className={classes.empty}>{words.neverPublished}</p>}
    </>
  )
}

interface RowProps {
  readonly mark: 'A' | 'B' | undefined
  readonly title: string
  readonly isLive?: boolean
  readonly note: string
  readonly author?: string
  choose(): void
}

function Row({ mark, title, isLive = false, note, author, choose }: RowProps) {
  return (
    <button type="button" className={classes.row} aria-current={mark === 'B' || undefined} data-mark={mark} onClick={choose}>
      <span className={classes.mark} aria-hidden="true">
        {mark}
      </span>
      <span className={classes.name}>
        {title}
        {isLive && (
          <Badge size="sm" color="green" className={classes.live}>
            {words.live}
          </Badge>
        )}
      </span>
      <span className={classes.note}>{note}</span>
      {author !== undefined && <span className={classes.author}>{author}</span>}
    </button>
  )
}
