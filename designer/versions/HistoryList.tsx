/** The history: the draft, then every version, newest first. */
import { Badge } from '@mantine/core'
import type { VersionSummary } from '../../server/api/contract.ts'
import { sayWhen } from '../ui/when.ts'
import { versions as words } from '../words/versions.ts'
import classes from './HistoryList.module.css'
import { Letter } from './Letter.tsx'
import type { Shown } from './use-versions.ts'
import type { Compared } from './Versions.tsx'

interface HistoryListProps {
  readonly history: readonly VersionSummary[] | undefined
  readonly compared: Compared
  compare(next: Compared): void
}

/** A row shows what changed since the version before it; the draft since what is live. */
export function HistoryList({ history, compared, compare }: HistoryListProps) {
  const now = Date.now()
  const live = history?.find(version => version.live)?.version
  const markOf = (shown: Shown) => (compared.to === shown ? 'B' : compared.from === shown ? 'A' : undefined)
  return (
    <>
      <h2 className={classes.title}>{words.history}</h2>
      <ol className={classes.list}>
        <li>
          <Row mark={markOf('draft')} title={words.draft} choose={() => compare({ from: live, to: 'draft' })} />
        </li>
        {history?.map(({ version, note, author, published_at, live: isLive }, index) => (
          <li key={version}>
            <Row
              mark={markOf(version)}
              title={words.version(version)}
              isLive={isLive}
              note={note}
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
  /** Left out for the draft, which the header speaks of. */
  readonly note?: string
  readonly author?: string
  choose(): void
}

function Row({ mark, title, isLive = false, note, author, choose }: RowProps) {
  return (
    <button type="button" className={classes.row} aria-current={mark === 'B' || undefined} data-mark={mark} onClick={choose}>
      <Letter mark={mark} />
      <span className={classes.name}>
        {title}
        {isLive && (
          <Badge size="sm" color="green" className={classes.live}>
            {words.live}
          </Badge>
        )}
      </span>
      {note !== undefined && (
        <span className={classes.note} dir="auto" data-empty={note === '' || undefined}>
          {note === '' ? words.noNote : note}
        </span>
      )}
      {author !== undefined && <span className={classes.author}>{author}</span>}
    </button>
  )
}
