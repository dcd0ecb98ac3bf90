/** What happens on the live version: counts on its canvas, beside it where people wait and where they are left. */
import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { LiveAnswer } from '../../server/api/contract.ts'
import type { Flow } from '../../server/engine/index.ts'
import { conversationsApi, type LiveRange } from '../api.ts'
import { showMarks } from '../canvas/index.ts'
import { useDraft } from '../draft/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { useMay } from '../shell/me.ts'
import message from '../shell/message.module.css'
import { ShownFlow, useVersion } from '../shown/index.ts'
import { live as words } from '../words/live.ts'
import classes from './Live.module.css'
import { LiveSide } from './LiveSide.tsx'
import { drawLive, isEmpty } from './live-marks.ts'

/** Counts are asked for this often (ms); the server is a second or two behind the chats. */
const REFRESH_MS: Readonly<Record<LiveRange, number>> = { hour: 5000, day: 10_000, week: 30_000 }

/** The view `live` of the editor. */
export function Live() {
  const id = useDraft(draft => draft.id)
  const mayRead = useMay('conversations:read')
  const [range, setRange] = useState<LiveRange>('day')
  const counts = useQuery({
    queryKey: ['live', id, range],
    queryFn: ({ signal }) => conversationsApi.live(id, range, signal),
    refetchInterval: REFRESH_MS[range],
    placeholderData: keepPreviousData,
    enabled: mayRead,
  })
  const flow = useVersion(id, counts.data?.version ?? null)
  if (!mayRead) return <Instead title={words.notAllowed} hint={words.notAllowedHint} />
  if (counts.isError && !counts.data) return <Instead title={counts.error.message} hint="" />
  if (!counts.data) return <Loading />
  if (counts.data.version === null) return <Instead title={words.notLive} hint={words.notLiveHint} />
  if (flow.isError) return <Instead title={flow.error.message} hint="" />
  if (!flow.data) return <Loading />
  return <Counted flow={flow.data} counts={counts.data} version={counts.data.version} range={range} setRange={setRange} />
}

interface CountedProps {
  readonly flow: Flow
  readonly counts: LiveAnswer
  readonly version: number
  readonly range: LiveRange
  setRange(range: LiveRange): void
}

function Counted({ flow, counts, version, range, setRange }: CountedProps) {
  const isNew = isEmpty(counts)
  const marks = useMemo(() => (isNew ? {} : drawLive(counts, flow)), [isNew, counts, flow])
  useEffect(() => showMarks(marks), [marks])
  useEffect(() => () => showMarks({}), [])
  return (
    <div className={classes.live}>
      <main id="content" className={classes.middle}>
        <div className={classes.bar}>
          <SegmentedControl
            aria-label={words.range}
            value={range}
            onChange={setRange}
            data={(['hour', 'day', 'week'] as const).map(value => ({ value, label: words.ranges[value] }))}
          />
          <span role="status">{words.lead(version, counts.conversations)}</span>
          {counts.waits_on_other_versions > 0 && <span className={classes.older}>{words.older(counts.waits_on_other_versions)}</span>}
        </div>
        <section className={classes.canvas} aria-label={words.canvas}>
          <ShownFlow flow={flow} />
        </section>
      </main>
      <aside className={classes.side} aria-label={words.counts}>
        <LiveSide flow={flow} counts={counts} isEmpty={isNew} range={range} />
      </aside>
    </div>
  )
}

function Instead({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <main id="content" className={message.message}>
      <h2>{title}</h2>
      <p>{hint}</p>
    </main>
  )
}
