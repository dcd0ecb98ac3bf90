/** Versions of a flow: history, the picture of two of them, and what differs in words. */
import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { diffFlows } from '../../server/engine/index.ts'
import { useDraft } from '../draft/index.ts'
import { versions as words } from '../words/versions.ts'
import { Changes } from './Changes.tsx'
import { CodePanel } from './CodePanel.tsx'
import { CompareBar } from './CompareBar.tsx'
import { ComparedCanvas } from './ComparedCanvas.tsx'
import { drawComparison, NO_MARKS, orderChanges } from './compare.ts'
import { Foot } from './Foot.tsx'
import { HistoryList } from './HistoryList.tsx'
import { type Shown, useHistory, useShownFlow } from './use-versions.ts'
import classes from './Versions.module.css'

/** What is compared: `from` undefined only looks. */
export interface Compared {
  readonly from: Shown | undefined
  readonly to: Shown
}

/** Choosing in the history compares with what came before; the bar above chooses any two. */
export function Versions() {
  const id = useDraft(draft => draft.id)
  const history = useHistory(id)
  const live = history?.find(version => version.live)?.version
  const [chosen, setChosen] = useState<Compared>()
  const { from, to } = chosen ?? { from: live, to: 'draft' as const }
  const [side, setSide] = useState<'changes' | 'json'>('changes')
  const [at, setAt] = useState(0)
  const before = useShownFlow(id, from)
  const after = useShownFlow(id, to)
  const diff = useMemo(() => (before && after ? diffFlows(before, after) : undefined), [before, after])
  const picture = useMemo(() => {
    if (!after) return undefined
    return before && diff ? drawComparison(before, after, diff) : { flow: after, marks: NO_MARKS }
  }, [before, after, diff])
  const compare = (next: Compared) => {
    setChosen(next)
    setAt(0)
  }
  const changes = useMemo(() => (diff && picture ? orderChanges(diff, picture.flow) : []), [diff, picture])
  return (
    <div className={classes.versions}>
      <aside className={classes.history} aria-label={words.history}>
        <HistoryList history={history} compared={{ from, to }} compare={compare} />
      </aside>
      <main id="content" className={classes.middle}>
        <CompareBar history={history ?? []} compared={{ from, to }} compare={compare} diff={diff} />
        {picture && <ComparedCanvas picture={picture} pointed={changes[at]?.block} changes={changes.length} at={at} setAt={setAt} />}
      </main>
      <aside className={classes.side} data-side={side} aria-label={words.sides[side]}>
        <div className={classes.sides}>
          <SegmentedControl
            fullWidth
            aria-label={words.side}
            value={side}
            onChange={value => setSide(value === 'json' ? 'json' : 'changes')}
            data={(['changes', 'json'] as const).map(value => ({ value, label: words.sides[value] }))}
          />
        </div>
        {side === 'json' && after ? (
          <CodePanel flow={after} isDraft={to === 'draft'} />
        ) : (
          <Changes diff={diff} changes={changes} before={before} after={after} to={to} at={at} setAt={setAt} />
        )}
        <Foot history={history ?? []} shown={to} flow={after} />
      </aside>
    </div>
  )
}
